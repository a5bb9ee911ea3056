"""Order entry never stops: orders are sold, invoiced and paid while a run posts."""

import json

from small_company import FIGURES, FINISH, SETUP, figures

# Like a web request: a step that meets a concurrent update is tried again.
SELL = """
import json, time
from odoo.service.model import retrying

journal = env["account.journal"].search([("type", "=", "bank")], limit=1)
product = env["product.product"].search([("name", "=", "Coffee")])
buyers = env["mlm.distributor"].search([])

def sell(buyer):
    order = env["sale.order"].create({"partner_id": buyer.partner_id.id,
        "order_line": [(0, 0, {"product_id": product.id})]})
    order.action_confirm()
    invoice = order._create_invoices()
    invoice.invoice_date = "2026-08-26"
    invoice.action_post()
    env["account.payment.register"].with_context(active_model="account.move",
        active_ids=invoice.ids).create({"payment_date": "2026-08-26",
        "journal_id": journal.id}).action_create_payments()
    env["mlm.capture.queue"]._process()

seconds, number = [], 0
deadline = time.monotonic() + 120
while time.monotonic() < deadline and (number < 8 or not done()):
    start = time.monotonic()
    retrying(lambda: sell(buyers[number % len(buyers)]), env)
    env.cr.commit()
    seconds.append(time.monotonic() - start)
    number += 1
print("SOLD", json.dumps({"orders": number, "longest": max(seconds)}))
"""
DONE = """
def done():
    env.cr.execute("SELECT count(*) FROM mlm_run WHERE state = 'posted'")
    return env.cr.fetchone()[0]
"""


def test_orders_are_taken_while_a_run_posts(make_odoo_db, start_odoo_script, run_odoo_script):
    database = make_odoo_db()
    run_odoo_script(database, SETUP)
    # posting and selling both touch the ranks of a partner; one of them is retried
    log = (r"could not serialize access", r"SERIALIZATION_FAILURE")
    seller = start_odoo_script(database, DONE + SELL, allow_log=log)
    run_odoo_script(database, FINISH, allow_log=log)
    result = seller.wait()
    sold = next(line for line in result.lines if line.startswith("SOLD "))
    assert json.loads(sold.removeprefix("SOLD "))["orders"] >= 8
    found = figures(run_odoo_script(database, FIGURES))
    assert found["laws"] == []
    assert found["period"] == "posted"
    count = """
entries = env["mlm.volume.entry"].search([("period_id.number", "=", 925)])
print("LATER", len(entries), sum(entries.mapped("pv_e4")))
"""
    later = run_odoo_script(database, count).output
    orders = json.loads(sold.removeprefix("SOLD "))["orders"]
    assert f"LATER {orders} {orders * 600000}" in later


# Somebody's contact is being changed for as long as the run is being posted, and then a little.
HOLD = """
import time

buyer = env["mlm.distributor"].search([("code", "=", "P001")]).partner_id
buyer.customer_rank += 1
env.flush_all()
print("HELD", flush=True)
with env.registry.cursor() as cr:
    deadline = time.monotonic() + 120
    posted = False
    while not posted and time.monotonic() < deadline:
        cr.execute("SELECT count(*) FROM mlm_run WHERE state = 'posted'")
        posted = cr.fetchone()[0]
        cr.rollback()
        time.sleep(0.05)
print("POSTED", posted)
env.cr.commit()
"""
RANKS = '''
env.cr.execute("""SELECT count(*), count(*) FILTER (WHERE partner.supplier_rank = 1)
    FROM mlm_statement AS statement
    JOIN mlm_distributor AS member ON member.id = statement.distributor_id
    JOIN res_partner AS partner ON partner.id = member.partner_id
    WHERE member.code <> 'P001'""")
print("RANKS", *env.cr.fetchone())
'''


def test_posting_waits_for_nobody_whose_contact_is_changed(
    make_odoo_db, start_odoo_script, run_odoo_script
):
    database = make_odoo_db()
    run_odoo_script(database, SETUP)
    holder = start_odoo_script(database, HOLD)
    holder.wait_for("HELD")
    run_odoo_script(database, FINISH)
    assert "POSTED 1" in holder.wait().output
    told = run_odoo_script(database, RANKS).output.split("RANKS ")[1].split()
    assert told[0] == told[1] != "0"
