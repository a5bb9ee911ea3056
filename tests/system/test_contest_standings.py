"""Two counts of the standings of a contest at once, and people who sell and enrol meanwhile."""

import json

from small_company import SETUP

COUNT = """
import datetime, json
from odoo.service.model import retrying
manager = env["res.users"].search([("login", "=", "manager")])
contest = env["mlm.contest"].create({"name": "Race", "date_start": "2026-08-17",
    "date_end": "2099-12-31", "prize_ids": [(0, 0, {"place": 1, "name": "Trip", "amount": 9})]})
contest.with_user(manager).sudo(False).action_start()
env.cr.commit()

def kept(env):
    env.cr.execute("SELECT distributor_id, place, points_e4 FROM mlm_contest_standing"
        " JOIN mlm_contest_rung USING (contest_id, points_e4) WHERE contest_id = %s"
        " ORDER BY points_e4 DESC, distributor_id", [contest.id])
    return env.cr.fetchall()

def sell(env, code):
    one = env["mlm.distributor"].search([("code", "=", code)])
    period = env["mlm.period"].search([("number", "=", 925)])
    env["mlm.volume.entry"]._insert_rows([{
        "company_id": env.company.id, "period_id": period.id, "distributor_id": one.id,
        "buyer_id": one.id, "position_id": one.position_ids.id, "kind": "sale",
        "moment": datetime.datetime(2026, 8, 25, 17), "pv_e4": 10000, "cv_e4": 10000}])

told = {"at_start": len(kept(env))}
sell(env, "P002")
env.cr.commit()
with env.registry.cursor() as one, env.registry.cursor() as two, env.registry.cursor() as third:
    first, second, seller = (env(cr=cr) for cr in (one, two, third))
    kept(second)  # it sees the database as of now, to its end
    told["first"] = contest.with_env(first)._refresh()
    told["second"] = contest.with_env(second)._refresh()
    # nothing is tried again here: what collides fails
    third.execute("SET lock_timeout = '5s'")
    sell(seller, "P003")
    seller["mlm.distributor"]._enrol([{"name": "New", "code": "NEW", "sponsor_code": "P002",
        "joined_at": datetime.datetime(2026, 8, 25, 12)}])
    third.commit()
    one.commit()
    tries = []
    def again():
        tries.append(1)
        return contest.with_env(second)._refresh()
    told["again"] = retrying(again, second)
    told["tries"] = len(tries)
env.cr.commit()
env.invalidate_all()
counted = [(one["distributor"].id, one["place"], one["points_e4"])
    for one in contest._count_standings()]
told["same"] = kept(env) == counted
told["first_place"] = [env["mlm.distributor"].browse(row[0]).code for row in counted if row[1] == 1]
print("TOLD", json.dumps(told))
"""


def test_two_counts_at_once(odoo_db, run_odoo_script):
    run_odoo_script(odoo_db, SETUP)
    result = run_odoo_script(odoo_db, COUNT, allow_log=["could not serialize access"])
    told = json.loads(next(line for line in result.lines if line.startswith("TOLD "))[5:])
    assert told == {
        "at_start": 63,
        "first": True,
        "second": False,
        "again": True,
        "tries": 2,
        "same": True,
        "first_place": ["P002", "P003"],
    }
