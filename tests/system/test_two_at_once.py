"""The same button pressed twice at the same moment, in two processes."""

import json

from small_company import SETUP

BEGIN = """
import json, time
period = env["mlm.period"].search([("number", "=", 924)])
manager = env["res.users"].search([("login", "=", "manager")])
"""
# the first one stands still in the middle of its work
HOLD = """
run = type(env["mlm.run"])
store = run._store_totals
def slowly(self):
    print("REACHED", flush=True)
    time.sleep(12)
    return store(self)
run._store_totals = slowly
queue = type(env["mlm.capture.queue"])
process = queue._process
def hold(self, wait=False):
    if wait:
        print("REACHED", flush=True)
        time.sleep(12)
    return process(self, wait)
queue._process = hold
"""
PREVIEW = """
from odoo.service.model import retrying
action = retrying(period.with_user(manager).action_preview, env)
env.cr.commit()
print("OPENED", action["res_id"], flush=True)
"""
CLOSE = """
from odoo.exceptions import UserError
from odoo.service.model import retrying
try:
    retrying(period.with_user(manager).action_close, env)
    env.cr.commit()
    print("CLOSED", flush=True)
except UserError as error:
    print("REFUSED", error.args[0], flush=True)
"""
LOOK = """
import json
print("LOOK", json.dumps({"runs": env["mlm.run"].search_count([]),
    "state": env["mlm.run"].search([], limit=1).state,
    "period": env["mlm.period"].search([("number", "=", 924)]).state}))
"""


def said(result, word):
    return next(line for line in result.lines if line.startswith(word))


def test_preview_and_close(odoo_db, run_odoo_script, start_odoo_script):
    run_odoo_script(odoo_db, SETUP)
    first = start_odoo_script(odoo_db, BEGIN + HOLD + PREVIEW)
    first.wait_for("REACHED", timeout=240)
    second = run_odoo_script(odoo_db, BEGIN + PREVIEW)
    assert said(second, "OPENED") == said(first.wait(), "OPENED")
    found = json.loads(said(run_odoo_script(odoo_db, LOOK), "LOOK ")[5:])
    assert (found["runs"], found["state"]) == (1, "preview")
    # later, a preview is a new one
    third = run_odoo_script(odoo_db, BEGIN + PREVIEW)
    assert said(third, "OPENED") != said(second, "OPENED")

    run_odoo_script(odoo_db, BEGIN + "period.action_reopen()\nenv.cr.commit()\n")
    first = start_odoo_script(odoo_db, BEGIN + HOLD + CLOSE)
    first.wait_for("REACHED", timeout=240)
    second = run_odoo_script(odoo_db, BEGIN + CLOSE)
    assert "se está cerrando en este momento" in said(second, "REFUSED")
    assert said(first.wait(), "CLOSED")
    found = json.loads(said(run_odoo_script(odoo_db, LOOK), "LOOK ")[5:])
    assert found["period"] == "closed"
