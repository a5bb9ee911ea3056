"""A payment that nobody knows whose it is, until it pays its order, and what a cycle waits for.

A distributor sends the proof, staff read the file of the gateway (or, on a phone, find the line
of the bank), match it with one click, and waive what pays no order before the cycle closes.
"""

import base64
import json
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from people import member
from playwright.sync_api import expect
from screens import CARD, ROW, button, confirm, log_in, look, state
from small_company import SETUP

CYCLES = "/odoo/action-mlm_volume.action_mlm_period"
#: Each width has an order and a cycle of its own.
AMOUNTS = {1300: 60_000, 390: 70_000}
WAITS = {1300: (925, "2026-08-26"), 390: (926, "2026-09-02")}
PAID_AT = "14:30"
PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
ORDERS = f"""
import json
bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
bank.write({{"name": "Bancolombia", "mlm_deposits": True}})
buyer = env["mlm.distributor"].search([("code", "=", "P002")]).partner_id
coffee = env["product.product"].search([("name", "=", "Coffee")])
orders = env["sale.order"].create([{{"partner_id": buyer.id,
    "order_line": [(0, 0, {{"product_id": coffee.id, "price_unit": price}})]}}
    for price in {tuple(AMOUNTS.values())}])
orders.action_confirm()
env.cr.commit()
print("ORDERS", json.dumps({{int(one.amount_total): [one.id, one.name] for one in orders}}))
"""
BANK_LINES = """
bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
env["account.bank.statement.line"].create([
    {{"journal_id": bank.id, "date": day, "payment_ref": reference, "amount": amount}}
    for day, reference, amount in {lines}])
env.cr.commit()
"""
#: What became of the order, and when its volume says that it was paid.
PAID = """
from zoneinfo import ZoneInfo
env["mlm.capture.queue"]._process()
env.cr.commit()
order = env["sale.order"].browse({order})
row = env["mlm.volume.entry"].search([("move_line_id", "in", order.invoice_ids.line_ids.ids)])
moments = [str(one.moment.replace(tzinfo=ZoneInfo("UTC")).astimezone(ZoneInfo("America/Bogota")))
    for one in row]
print("PAID", order.invoice_ids.mapped("payment_state"), moments)
"""
#: As an accountant undoes it: on the bank's line, or on the invoice.
UNDO = """
deposit = env["mlm.deposit"].search([("settled_id", "in",
    env["sale.order"].browse({order}).invoice_ids.ids), ("source", "!=", "proof")])
if deposit.statement_line_id:
    deposit.statement_line_id.action_undo_reconciliation()
else:
    deposit.settled_id.line_ids.remove_move_reconcile()
env.cr.commit()
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


@pytest.fixture(scope="module")
def orders(office):
    """``{amount: [id, name]}`` of the orders that wait for money."""
    lines = office.run_script(member("buyer", "P002") + ORDERS).lines
    told = next(line.removeprefix("ORDERS ") for line in lines if line.startswith("ORDERS "))
    return {int(amount): order for amount, order in json.loads(told).items()}


def send_proof(page, office, order, day):
    page.goto(f"{office.url}/my/network/payments")
    page.select_option("#mlm_document", f"sale.order-{order}")
    page.fill("#mlm_day", day)
    page.fill("#mlm_time", PAID_AT)
    page.set_input_files(
        "#mlm_file", {"name": "consignacion.png", "mimeType": "image/png", "buffer": PNG}
    )
    look(page, "deposit-proof", full_page=True)
    page.locator("main form button[type=submit]").click()
    page.locator(".alert-success").wait_for()


def read_file(page, office, lines):
    """Read a file of the gateway, as it is downloaded there."""
    rows = ["fecha,hora,valor,referencia", *(",".join(map(str, line)) for line in lines)]
    page.goto(f"{office.url}/odoo/deposits")
    page.get_by_role("button", name="Leer un archivo").click()
    # the only one on which buyers pay
    expect(page.locator(".modal [name=journal_id] input")).to_have_value("Bancolombia")
    page.locator(".modal [name=file] input[type=file]").set_input_files(
        {"name": "pagos.csv", "mimeType": "text/csv", "buffer": "\n".join(rows).encode()}
    )
    look(page, "deposit-file")
    page.locator("button[name=action_import]").click()
    page.locator(".modal").wait_for(state="detached")


def open_waiting(page, office):
    """What the board says of deposits, opened."""
    page.goto(f"{office.url}/odoo/commissions-today")
    card = page.locator("[data-card=deposits]")
    card.locator(".o_mlm_today_step button").wait_for()
    look(page, "deposit-today")
    card.locator(".o_mlm_today_title button").click()
    page.locator(ROW).first.wait_for()


def match(page, width, amount):
    """One click in the list; a phone opens the card first."""
    shown = f"{amount:,}".replace(",", ".")
    row = page.locator(ROW).filter(has_text=shown).filter(has_not_text="Comprobante")
    look(page, "deposit-list")
    if width > 600:
        row.locator("button[name=action_match]").click()
        row.wait_for(state="detached")
        return
    row.click()
    page.locator(".o_form_view [name=paid_on]").wait_for()
    look(page, "deposit-form")
    button(page, "action_match").click()
    state(page, "matched")


@pytest.mark.parametrize("width", AMOUNTS)
def test_from_the_proof_to_the_closed_cycle(office, orders, browser_page, width):
    amount, (number, waits_since) = AMOUNTS[width], WAITS[width]
    order, name = orders[amount]
    day = str((datetime.now(ZoneInfo("America/Bogota")) - timedelta(days=1)).date())
    buyer = log_in(browser_page(width), office, "buyer")
    send_proof(buyer, office, order, day)

    staff = log_in(browser_page(width), office, "accountant")
    if width > 600:
        lines = [(day, PAID_AT, amount, f"PAGO {name}"), (waits_since, "", 45_000, "EFECTIVO CALI")]
        read_file(staff, office, lines)
    else:
        lines = [(day, f"PAGO {name}", amount), (waits_since, "EFECTIVO CALI", 45_000)]
        office.run_script(BANK_LINES.format(lines=lines))
    open_waiting(staff, office)
    match(staff, width, amount)
    # the gateway tells the time; the bank tells only the day, which ends the order's own
    told = office.run_script(PAID.format(order=order)).output
    assert "PAID ['paid']" in told or "PAID ['in_payment']" in told, told
    assert f"{day} {PAID_AT if width > 600 else ''}" in told, told
    buyer.reload()
    buyer.locator(f"tr[data-state=matched]:has-text('{name}')").wait_for()
    look(buyer, "deposit-matched", full_page=True)

    office.run_script(UNDO.format(order=order))
    open_waiting(staff, office)
    match(staff, width, amount)

    manager = log_in(browser_page(width), office, "manager")
    manager.goto(office.url + CYCLES)
    manager.get_by_text(f"Ciclo {number}", exact=True).first.click()
    manager.locator("[data-blocker=deposits] .fa-ban").wait_for()
    look(manager, "deposit-blocks")
    cycle = manager.url
    manager.locator("[data-blocker=deposits] button").click()
    row = manager.locator(f".o_data_row td[name=reference], {CARD}")
    row.wait_for()  # no other is left of the cycle's days
    row.click()
    reason = manager.locator("[name=reason] input")
    reason.fill("Devuelta a quien la envió")
    reason.press("Tab")
    button(manager, "action_waive").click()
    state(manager, "waived")
    look(manager, "deposit-waived")

    manager.goto(cycle)
    manager.locator(".o_mlm_path_card button[name=action_close]").click()
    confirm(manager)
    manager.locator(".o_mlm_path_card[data-present=preview]").wait_for()
    assert not manager.locator("[data-blocker=deposits]").count()
