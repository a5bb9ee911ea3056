"""A Colombian company with a few hundred people and one cycle ready to be computed.

`SETUP` is run in an Odoo process of its own and commits. Volume is written as ledger rows
without invoices, because these tests are about runs, not about capture.
"""

import json

from people import staff

SETUP = """
import datetime
company = env.company
env = env(context=dict(env.context, tracking_disable=True))
env.ref("base.COP").active = True
company.write({"country_id": env.ref("base.co").id, "currency_id": env.ref("base.COP").id})
env["account.chart.template"].try_loading("co", company=company, install_demo=False)
network = company.mlm_network_id
company.mlm_chunk_size = 5
# volume without invoices has no net sales to compare with
network.write({"first_cycle": 924, "guard_sales": 0})
usd = env["res.currency"].with_context(active_test=False).search([("name", "=", "USD")])
env["mlm.exchange.rate"].create({"company_id": company.id, "currency_id": usd.id,
    "date_from": "2026-01-01", "rate_e6": 4500000000})
versions = env["mlm.plan.version"]
versions._import_document(versions._shipped("gano_excel_co_2026"))._publish_at_once()
env["mlm.period"]._ensure_until(network, datetime.date(2026, 9, 6))
joined = datetime.datetime(2026, 8, 1, 12)
if not env["mlm.tree"].search([("network_id", "=", network.id)]):
    env["mlm.tree"].create({"name": "Binary", "code": "B", "network_id": network.id})
people = [{"name": "Person 1", "code": "P001", "is_root": True, "placement": {},
           "joined_at": joined}]
for number in range(2, 64):
    above = f"P{number // 2:03d}"
    people.append({"name": f"Person {number}", "code": f"P{number:03d}",
        "sponsor_code": above, "joined_at": joined,
        "placement": {"parent_code": above, "leg": "left" if number % 2 == 0 else "right"}})
people = env["mlm.distributor"]._enrol(people)
product = env["product.product"].create({"name": "Coffee", "type": "consu",
    "invoice_policy": "order", "list_price": 1000, "taxes_id": False,
    "mlm_volume_ids": [(0, 0, {"pv_e4": 600000, "cv_e4": 2000000})]})
period = env["mlm.period"].search([("number", "=", 924)])
env["mlm.volume.entry"]._insert_rows([{
    "company_id": company.id, "period_id": period.id, "distributor_id": one.id,
    "buyer_id": one.id, "position_id": one.position_ids.id, "kind": "sale",
    "product_id": product.id, "moment": datetime.datetime(2026, 8, 19, 17),
    "pv_e4": 600000, "cv_e4": 2000000 + 10000 * one.id} for one in people])
STAFF
bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
account = env["account.account"].search([("account_type", "=", "asset_current")], limit=1)
bank.inbound_payment_method_line_ids.payment_account_id = account
period.action_close()
env.cr.commit()
""".replace(
    "STAFF",
    "".join(staff(one, f"mlm_base.group_{one}") for one in ("manager", "approver", "accountant")),
)

#: Go on from wherever the cycle is until it is posted; safe to run again.
FINISH = """
period = env["mlm.period"].search([("number", "=", 924)])
run = env["mlm.run"].search([("period_id", "=", period.id)], order="number", limit=1)
if not run:
    run = env["mlm.run"]._create_preview(period)
    env.cr.commit()
if run.state in ("queued", "computing", "failed"):
    run._compute_run()
    env.cr.commit()
if run.state == "preview":
    run.action_submit()
    env.cr.commit()
if run.state == "submitted":
    approver = env["res.users"].search([("login", "=", "approver")])
    run.with_user(approver).sudo(False).action_approve()
    run.accounting_date = "2026-09-04"
    env.cr.commit()
if run.state == "approved":
    run._start_posting()
    env.cr.commit()
if run.state == "posting":
    run._post_all(commit=True)
"""

#: What a killed process must not have left behind; `left` is a list of sentences.
ORPHANS = """
import json
left = []
for what, query in {
    "rows of no run": '''SELECT relname FROM pg_class WHERE relkind = 'r'
        AND relname ~ '^mlm_(earning|measure|run_change)_store_[0-9]+$' AND NOT EXISTS (
            SELECT FROM mlm_run WHERE number = substring(relname FROM '[0-9]+$')::int
               AND state NOT IN ('queued', 'computing', 'failed'))''',
    "inputs of no run": '''SELECT name FROM ir_attachment WHERE name ~ '^run-.*snapshot$'
        AND id NOT IN (SELECT snapshot_id FROM mlm_run WHERE snapshot_id IS NOT NULL)''',
    "entries of no part": '''SELECT m.name FROM account_move m
        JOIN account_journal j ON j.id = m.journal_id AND j.code = 'COM'
        WHERE m.id NOT IN (SELECT move_id FROM mlm_run_chunk WHERE move_id IS NOT NULL)''',
    "entries without a seal": '''SELECT move_id FROM mlm_run_chunk WHERE move_id IS NOT NULL
        AND move_id NOT IN (SELECT move_id FROM mlm_sealed_move)''',
    "statements of no part": '''SELECT id FROM mlm_statement WHERE move_id IS NULL
        OR move_id NOT IN (SELECT move_id FROM mlm_run_chunk WHERE move_id IS NOT NULL)''',
    "progress of no work": '''SELECT stage FROM mlm_run_progress p JOIN mlm_run r
        ON r.id = p.run_id WHERE r.state = 'posted' AND p.work = 'post' AND p.done < 100''',
    "locks": '''SELECT objid FROM pg_locks WHERE locktype = 'advisory' AND database =
        (SELECT oid FROM pg_database WHERE datname = current_database())''',
}.items():
    env.cr.execute(query)
    left += [f"{what}: {row[0]}" for row in env.cr.fetchall()]
print("LEFT", json.dumps(left))
"""

#: What must not depend on how often the process was killed.
FIGURES = """
import json
run = env["mlm.run"].search([("state", "=", "posted")])
moves = env["account.move"].search([("journal_id.code", "=", "COM")], order="name")
env.cr.execute("SELECT count(*), sum(amount_e4)::bigint FROM mlm_earning_store")
rows = env.cr.fetchone()
print("FIGURES", json.dumps({
    "runs": env["mlm.run"].search_count([]), "audits": env["mlm.run.audit"].search_count([]),
    "digest": run.digest, "amount": run.amount_e4, "net": run.net_e4,
    "rows": rows, "moves": moves.mapped("name"),
    "debit": sum(moves.line_ids.mapped("debit")),
    "credit": sum(moves.line_ids.mapped("credit")),
    "statements": len(run.statement_ids), "chunks": len(run.chunk_ids),
    "laws": env["mlm.law"]._check_all(), "period": run.period_id.state,
}))
"""


def figures(result):
    """The figures that `FIGURES` printed."""
    for line in result.output.splitlines():
        if line.startswith("FIGURES "):
            return json.loads(line.removeprefix("FIGURES "))
    raise AssertionError(f"no figures in:\n{result.output}")
