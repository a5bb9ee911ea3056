"""The history is sealed while somebody else is enrolling, on real connections.

An id is drawn before its transaction commits. A seal that looked only at the highest id would
cover a row that comes in after it, and cry tampering ever after.
"""

import json

CODE = """
import json
from odoo import api

# two, so that nothing but the ids is common to both
one, two = env["res.company"].create([{"name": "Slow"}, {"name": "Fast"}])
env.user.company_ids |= one | two
env.cr.commit()
registry = env.registry

def enrol(cr, company):
    its = api.Environment(cr, env.uid, {"allowed_company_ids": [company.id]})
    its["mlm.distributor"]._enrol([{"name": "Root"}])

def seal(wait):
    env.cr.rollback()
    counts = env["mlm.event.seal"]._seal_all(wait=wait)
    return counts["mlm.genealogy.event"]

with registry.cursor() as slow:
    # the lower ids are drawn here and not committed
    enrol(slow, one)
    with registry.cursor() as fast:
        enrol(fast, two)
    waited = seal(0.5)
sealed = seal(5)
env.cr.rollback()
print("RESULT", json.dumps({
    "waited": waited,
    "sealed": sealed,
    "found": env["mlm.event.seal"]._verify(),
    "unsealed": seal(5),
}))
"""


def test_seal_waits_for_the_late_commit(odoo_db, run_odoo_script):
    lines = run_odoo_script(odoo_db, CODE).lines
    line = next(line for line in lines if line.startswith("RESULT "))
    result = json.loads(line.removeprefix("RESULT "))
    assert result["waited"] is None
    assert result["sealed"] >= 2
    assert result["found"] == []
    assert result["unsealed"] == 0
