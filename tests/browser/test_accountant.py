"""The accountant in the browser: from a posted run to what is owed by person, and settling it.

Pictures of every step are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import json
import re

import pytest
from playwright.sync_api import expect
from screens import CARD, ROW, RUNS, log_in, look, open_menu, picture, stat_button
from small_company import FINISH, SETUP

#: Two people with a document number, each paid a million of what the posted cycle owes.
PAID = """
people = env["mlm.distributor"].search([("code", "in", ("P001", "P002"))], order="code")
kind = env.ref("l10n_co.national_citizen_id")
for number, person in enumerate(people.partner_id, start=1):
    person.write({"l10n_latam_identification_type_id": kind.id, "vat": f"102030405{number}"})
bank = env["account.journal"].search([("type", "=", "bank")], limit=1)
bank.outbound_payment_method_line_ids.payment_account_id = (
    bank.inbound_payment_method_line_ids[:1].payment_account_id
)
payments = env["account.payment"].create([
    {"payment_type": "outbound", "partner_type": "supplier", "partner_id": person.id,
     "destination_account_id": env.company.mlm_payable_account_id.id, "amount": 1000000,
     "journal_id": bank.id} for person in people.partner_id])
payments.action_post()
env.cr.commit()
"""

#: What the table must say of somebody, by its own account of the journal items.
OWED = """
import json
row = env["mlm.payable"].search([("distributor_id.code", "=", "{code}")])
ages = ("not_due", "late_30", "late_60", "late_90", "older", "total")
print("OWED", json.dumps({{"items": row.item_count, **{{name: row[name] for name in ages}}}}))
"""

AGES = ("not_due", "late_30", "late_60", "late_90", "older")


@pytest.fixture(scope="module")
def office(module_odoo_server):
    """A served company whose cycle is posted; not all that it owes was paid."""
    for script in (SETUP, FINISH, PAID):
        module_odoo_server.run_script(script)
    return module_odoo_server


def owed(office, code):
    output = office.run_script(OWED.format(code=code)).output
    return json.loads(re.search(r"^OWED (.*)$", output, re.MULTILINE).group(1))


def pesos(amount):
    """As a screen in the Spanish of Colombia writes it, without the space after the sign."""
    whole = f"{abs(amount):,.2f}".translate(str.maketrans(",.", ".,"))
    return f"{'-' if amount < 0 else ''}{whole}"


def row_of(page, name):
    """The row of a person; on a phone, the card."""
    named = page.get_by_text(re.compile(rf"{name}$"))
    return page.locator(ROW).filter(has=named)


def open_payable(page):
    open_menu(page, "mlm_base.menu_statements", "mlm_commission.menu_mlm_payable")
    page.locator("[name=total]").first.wait_for()


def select_all(page, width):
    """All items of the list; on a phone a long touch on a card begins the selection."""
    if width > 600:
        page.locator("thead .o_list_record_selector input").click()
        return
    cards = page.locator(CARD)
    cards.first.dispatch_event("touchstart")
    page.locator(".o_selection_container").wait_for()
    for number in range(1, cards.count()):
        cards.nth(number).click()
    expect(page.locator(f"{CARD}.o_record_selected")).to_have_count(cards.count())


def reconcile(page, width):
    select_all(page, width)
    page.locator("button[name=action_mlm_reconcile]:visible").first.click()


@pytest.mark.parametrize(("width", "code"), [(1300, "P001"), (390, "P002")])
def test_from_the_run_to_the_debt_that_is_settled(office, browser_page, width, code):
    name, document = f"Person {int(code[1:])}", f"102030405{int(code[1:])}"
    before = owed(office, code)
    debt = before["total"] + 1_000_000  # not yet reconciled: two items of two ages
    assert before["items"] == 2 and before["not_due"] == -1_000_000

    page = log_in(browser_page(width), office, "accountant")
    page.goto(office.url + RUNS)
    page.locator(f".o_data_row td[name=display_name], {CARD}").first.click()
    page.locator(".o_form_view .o_mlm_run_summary").wait_for()
    expect(page.locator("[name=accounting_reason]")).to_contain_text("4 sept 2026")
    stat_button(page, "action_statements").click()
    row_of(page, name).get_by_text(name).first.click()
    page.locator(".o_form_view [name=move_id]").wait_for()
    stat_button(page, "action_items").click()

    # account, person, document number, label and amounts of each item of the entries
    items = row_of(page, name)
    items.first.wait_for()
    expect(items).to_have_count(3)
    told = " ".join(items.all_inner_texts())
    for part in (document, f"Ciclo 924 · {code}", "COM/924/0001", pesos(debt)):
        assert part in told, f"{part} is not in {told}"
    accounts = sorted(re.findall(r"\b(\d{6}) ", told))
    assert accounts == ["233520", "236520", "529505"]
    look(page, "accountant-items")

    open_payable(page)
    row = row_of(page, name)
    assert document in row.inner_text()
    for age in (*AGES, "total"):
        if before[age]:
            assert pesos(before[age]) in row.inner_text()
    look(page, "accountant-payable")

    row.get_by_text(name).first.click()
    expect(page.locator(ROW)).to_have_count(2)
    page.screenshot(path=picture(f"accountant-open-items-{width}"))
    reconcile(page, width)
    rest = pesos(before["total"]).split(",")[0]
    page.locator(".o_notification").filter(has_text=rest).wait_for()
    page.screenshot(path=picture(f"accountant-reconciled-{width}"))
    # one item is left, of what stays open
    expect(page.locator(ROW)).to_have_count(1)

    open_payable(page)
    after = owed(office, code)
    assert after["items"] == 1 and after["total"] == before["total"]
    # the payment is no debt of its own any more: all that is open is as old as the commission
    assert sorted(after[age] for age in AGES) == [0, 0, 0, 0, after["total"]]
    expect(row).to_contain_text(pesos(after["total"]))
    assert pesos(-1_000_000) not in row.inner_text()
    page.screenshot(path=picture(f"accountant-left-{width}"))
