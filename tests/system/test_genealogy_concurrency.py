"""Two people change the trees at the same time, on real connections.

At REPEATABLE READ the harmful pairs would both commit. Here the second one always meets the
first one's change: it fails, is retried on what is true then, and the laws hold.
"""

import json

import pytest

SETUP = """
Distributor = env["mlm.distributor"]
number = env["res.company"].search_count([])
company = env["res.company"].create({"name": f"Concurrent {number}"})
env.user.company_ids |= company
env["mlm.tree"].create({"name": "Binary", "code": "binary", "network_id": company.mlm_network_id.id})
people = [
    {"name": "Root", "code": "ROOT", "placement": {}},
    *({"name": code, "code": code, "sponsor_code": above, "placement": {"strategy": "auto"}}
      for code, above in (("A", "ROOT"), ("B", "ROOT"), ("A1", "A"), ("B1", "B"),
                          ("A2", "A1"), ("B2", "B1"))),
    *({"name": code, "code": code, "sponsor_code": "ROOT"} for code in ("X", "Y")),
]
Distributor._enrol([{**person, "company_id": company.id} for person in people])
env.cr.commit()
"""

# what one user does, by name; `who` finds a person by code in the own transaction
OPERATIONS = """
import threading, time
from functools import partial
from psycopg2.errors import DeadlockDetected, SerializationFailure
from odoo import api, fields
from odoo.exceptions import UserError
from odoo.tools import mute_logger

company_id = env["res.company"].search([("name", "=like", "Concurrent %")], order="id desc", limit=1).id
registry = env.registry

def new_env(cr):
    context = {"allowed_company_ids": [company_id]}
    return api.Environment(cr, env.uid, context)

def who(env, code):
    return env["mlm.distributor"].search([("code", "=", code), ("company_id", "=", company_id)])

def enrol(env, code, sponsor, **placement):
    env["mlm.distributor"]._enrol([{"name": code, "code": code, "company_id": company_id,
        "sponsor_id": who(env, sponsor).id, **({"placement": placement} if placement else {})}])

def move(env, code, sponsor):
    who(env, code)._change_sponsor(who(env, sponsor), "Test")

def leave(env, code):
    who(env, code)._terminate("Test")

def come_back(env, code, sponsor, *downline):
    people = env["mlm.distributor"]
    for one in downline:
        people |= who(env, one)
    who(env, code)._readmit(who(env, sponsor), "Test", downline=people)

def correct(env, code, sponsor):
    who(env, code)._correct_sponsor(who(env, sponsor), "Test")

def leave_alone(env, code, sponsor):
    who(env, code)._change_sponsor(who(env, sponsor), "Test", leave_downline=True)

def place(env, code, below, leg):
    env["mlm.position"]._place(who(env, code), spot(env, below), leg)

def spot(env, code):
    return env["mlm.position"].search([("code", "=", code), ("network_id.company_ids", "=", company_id)])

def shift(env, code, below, slot):
    spot(env, code)._move(spot(env, below), slot, "Test", fields.Datetime.now())

def remove(env, code):
    spot(env, code)._remove("Test", fields.Datetime.now())

def laws():
    with registry.cursor() as cr:
        return new_env(cr)["mlm.law"]._check_all()
"""

COLLIDE = (
    OPERATIONS
    + """
def attempt(cr, operation):
    operation(new_env(cr))
    cr.flush()

def collide(first, second, waits):
    \"\"\"Run `second` on a snapshot taken before `first` commits; retry it once.

    waits: it starts while `first` holds its locks, instead of after its commit
    \"\"\"
    met = []
    with registry.cursor() as cr1, registry.cursor() as cr2, mute_logger("odoo.sql_db"):
        cr2.execute("SELECT 1")

        def run():
            try:
                attempt(cr2, second)
                cr2.commit()
                met.append("committed")
            except SerializationFailure:
                met.append("collided")
            except Exception as error:
                met.append(repr(error))

        thread = threading.Thread(target=run)
        attempt(cr1, first)
        if waits:
            thread.start()
            time.sleep(0.5)
            assert not met, met
            cr1.commit()
        else:
            cr1.commit()
            thread.start()
        thread.join(60)
        cr2.rollback()
    if met == ["collided"]:
        with registry.cursor() as cr:
            try:
                attempt(cr, second)
                met.append("retried")
            except UserError as error:
                cr.rollback()
                met.append("refused: " + str(error))
    return met
"""
)

PAIRS = {
    "enrol-move": (
        "partial(enrol, code='N', sponsor='A2')",
        "partial(move, code='A1', sponsor='B')",
    ),
    "move-enrol": (
        "partial(move, code='A1', sponsor='B')",
        "partial(enrol, code='N', sponsor='A2')",
    ),
    "enrol-enrol": (
        "partial(enrol, code='N', sponsor='A')",
        "partial(enrol, code='M', sponsor='A')",
    ),
    "move-away": (
        "partial(move, code='A2', sponsor='B')",
        "partial(enrol, code='N', sponsor='A2')",
    ),
    # the one who leaves hands the frontline to a sponsor who leaves too
    "leave-leave-above": (
        "partial(leave, code='A')",
        "partial(leave, code='A1')",
    ),
    "leave-leave-below": (
        "partial(leave, code='A1')",
        "partial(leave, code='A')",
    ),
    "leave-move-child": (
        "partial(leave, code='A1')",
        "partial(move, code='A2', sponsor='B')",
    ),
    "move-child-leave": (
        "partial(move, code='A2', sponsor='B')",
        "partial(leave, code='A1')",
    ),
    "leave-move-sponsor": (
        "partial(leave, code='A1')",
        "partial(move, code='A', sponsor='B')",
    ),
    "enrol-leave": (
        "partial(enrol, code='N', sponsor='A1')",
        "partial(leave, code='A1')",
    ),
    "alone-enrol": (
        "partial(leave_alone, code='A1', sponsor='B')",
        "partial(enrol, code='N', sponsor='A1')",
    ),
    "correct-leave": (
        "partial(correct, code='A2', sponsor='B')",
        "partial(leave, code='B')",
    ),
    "shift-place": (
        "partial(shift, code='A1', below='B', slot=2)",
        "partial(place, code='X', below='A2', leg='left')",
    ),
    "place-shift": (
        "partial(place, code='X', below='B2', leg='left')",
        "partial(shift, code='A1', below='B', slot=2)",
    ),
    "shift-shift": (
        "partial(shift, code='A2', below='B1', slot=2)",
        "partial(shift, code='B2', below='A1', slot=2)",
    ),
    "remove-place-below": (
        "partial(remove, code='A1')",
        "partial(place, code='X', below='A2', leg='left')",
    ),
    "place-remove": (
        "partial(place, code='X', below='B2', leg='left')",
        "partial(remove, code='A1')",
    ),
    "same-leg": (
        "partial(enrol, code='N', sponsor='A', strategy='left')",
        "partial(enrol, code='M', sponsor='A', strategy='left')",
    ),
}
REFUSED = {
    "cycle": (
        "partial(move, code='A', sponsor='B2')",
        "partial(move, code='B', sponsor='A2')",
        "own downline",
    ),
    "enrol-under-who-left": (
        "partial(leave, code='A1')",
        "partial(enrol, code='N', sponsor='A1')",
        "has left",
    ),
    "move-under-who-left": (
        "partial(leave, code='B')",
        "partial(move, code='A', sponsor='B')",
        "has left",
    ),
    "leave-twice": (
        "partial(leave, code='A1')",
        "partial(leave, code='A1')",
        "is terminated",
    ),
    "shift-cycle": (
        "partial(shift, code='A', below='B2', slot=1)",
        "partial(shift, code='B', below='A2', slot=1)",
        "is below it",
    ),
    "shift-same-spot": (
        "partial(shift, code='A2', below='B', slot=2)",
        "partial(place, code='X', below='B', leg='right')",
        "is taken",
    ),
    "remove-place": (
        "partial(remove, code='A2')",
        "partial(place, code='X', below='A2', leg='left')",
        "no longer in the tree",
    ),
    "place-remove-two": (
        "partial(place, code='X', below='A1', leg='right')",
        "partial(remove, code='A1')",
        "more than one",
    ),
    "same-spot": (
        "partial(place, code='X', below='A2', leg='left')",
        "partial(place, code='Y', below='A2', leg='left')",
        "is taken",
    ),
}


def collision(run_odoo_script, database, first, second, waits):
    code = f"""
import json
met = collide({first}, {second}, {waits})
print("MET", json.dumps({{"met": met, "laws": laws()}}))
"""
    lines = run_odoo_script(database, SETUP + COLLIDE + code).lines
    line = next(line for line in lines if line.startswith("MET "))
    return json.loads(line.removeprefix("MET "))


@pytest.mark.parametrize("waits", [False, True], ids=["committed", "locked"])
@pytest.mark.parametrize("pair", PAIRS)
def test_second_is_retried(module_odoo_db, run_odoo_script, pair, waits):
    found = collision(run_odoo_script, module_odoo_db, *PAIRS[pair], waits)
    assert found == {"met": ["collided", "retried"], "laws": []}


@pytest.mark.parametrize("waits", [False, True], ids=["committed", "locked"])
@pytest.mark.parametrize("pair", REFUSED)
def test_second_is_refused(module_odoo_db, run_odoo_script, pair, waits):
    first, second, message = REFUSED[pair]
    found = collision(run_odoo_script, module_odoo_db, first, second, waits)
    assert found["met"][0] == "collided"
    assert found["met"][1].startswith("refused") and message in found["met"][1]
    assert found["laws"] == []


WORK = """
import os, random
from unittest.mock import patch
from odoo.service.model import retrying

chance = random.Random(int(os.environ["MLM_TEST_SEED"]))
done = refused = 0
for number in range(25):
    name = f"W{os.environ['MLM_TEST_SEED']}-{number}"
    with registry.cursor() as cr:
        mine = new_env(cr)
        codes = sorted(mine["mlm.distributor"].search([("company_id", "=", company_id)]).mapped("code"))
        one, other = chance.sample(codes, 2)
        cr.rollback()
        kind = chance.random()
        if kind < 0.35:
            operation = partial(move, mine, one, other)
        elif kind < 0.45:
            operation = partial(leave_alone, mine, one, other)
        elif kind < 0.55 and who(mine, one).state == "active":
            operation = partial(leave, mine, one)
        elif kind < 0.55:
            operation = partial(come_back, mine, one, other, *(
                item["person"].code for item in who(mine, one)._get_former_frontline(who(mine, other))
                if not item["conflict"]))
        elif kind < 0.7 and spot(mine, one) and spot(mine, other):
            operation = partial(shift, mine, one, other, chance.choice([1, 2]))
        elif kind < 0.75 and spot(mine, one):
            operation = partial(remove, mine, one)
        elif chance.random() < 0.5:
            operation = partial(enrol, mine, name, one)
        else:
            operation = partial(enrol, mine, name, one, strategy=chance.choice(["left", "right", "auto"]))
        try:
            # shorter pauses: more collisions in less time
            with patch("odoo.service.model.random.uniform", lambda low, high: chance.random() / 5), \\
                 mute_logger("odoo.sql_db"):
                retrying(operation, mine)
            done += 1
        except UserError:
            refused += 1
        except (SerializationFailure, DeadlockDetected):
            pass  # five tries in vain, as a user would be told to try again
print("WORK", done, refused)
"""


def test_many_at_once(odoo_db, run_odoo_script, start_odoo_script):
    """Three processes enrol, place and move at random; then the whole tree is proved."""
    run_odoo_script(odoo_db, SETUP)
    workers = [
        start_odoo_script(odoo_db, OPERATIONS + WORK, env={"MLM_TEST_SEED": str(seed)})
        for seed in range(3)
    ]
    done = 0
    for worker in workers:
        result = worker.wait()
        assert result.returncode == 0, result.log.read_text()[-3000:]
        line = next(line for line in result.lines if line.startswith("WORK "))
        done += int(line.split()[1])
    assert done >= 30
    code = 'import json\nprint("LAWS", json.dumps(laws()))'
    assert "LAWS []" in run_odoo_script(odoo_db, OPERATIONS + code).lines
