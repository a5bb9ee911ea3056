"""Two versions of a plan beside each other over twelve closed cycles, as a manager tries them."""

import pytest
from screens import ROW, log_in, look, open_menu, state, tap
from small_company import SETUP

#: Eleven more cycles, all posted, and two drafts: the binary pays more, or less.
TWELVE = """
import datetime
network = env.company.mlm_network_id
env.company.mlm_chunk_size = 500
env["mlm.period"]._ensure_until(network, datetime.date(2026, 11, 8))
product = env["product.product"].search([("name", "=", "Coffee")])
people = env["mlm.distributor"].search([])
approver = env["res.users"].search([("login", "=", "approver")])
for number in range(924, 936):
    period = env["mlm.period"].search([("number", "=", number)])
    if number > 924:
        moment = datetime.datetime.combine(period.date_start, datetime.time(17))
        env["mlm.volume.entry"]._insert_rows([{
            "company_id": env.company.id, "period_id": period.id, "distributor_id": one.id,
            "buyer_id": one.id, "position_id": one.position_ids.id, "kind": "sale",
            "product_id": product.id, "moment": moment, "pv_e4": 600000,
            "cv_e4": 2000000 + 10000 * one.id + 100000 * (number % 5)} for one in people])
        period.action_close()
    run = env["mlm.run"]._create_preview(period)
    run._compute_run()
    run.action_submit()
    run.with_user(approver).sudo(False).action_approve()
    run.accounting_date = period.pay_date
    run._start_posting()
    env.cr.commit()
    if run.state == "posting":
        run._post_all(commit=True)
    assert run.state == "posted", run.state
version = env["mlm.plan.version"].search([("network_id", "=", network.id)], limit=1)
text = version.document.replace("valid_from: 2026-01-01", "valid_from: 2026-11-30")
for number, rates in ((2, "12 13 14"), (3, "9 9 10")):
    one, two, three = rates.split()
    draft = text.replace("version: 1", f"version: {number}")
    draft = draft.replace("pct: 11}", f"pct: {two}}}").replace("pct: 12}", f"pct: {three}}}")
    draft = draft.replace("min: 0, pct: 10}", f"min: 0, pct: {one}}}")
    env["mlm.plan.version"].create({"plan_id": version.plan_id.id, "document": draft})
env.cr.commit()
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    module_odoo_server.run_script(TWELVE)
    return module_odoo_server


def draft(office, number):
    """Address of the form of a version of the plan."""
    script = f"print('ID', env['mlm.plan.version'].search([('version', '=', {number})]).id)"
    output = office.run_script(script).output
    return int(next(line for line in output.splitlines() if line.startswith("ID ")).split()[1])


def try_version(page, office, number, name):
    """Try a version from its form, as a manager does."""
    address = f"{office.url}/odoo/mlm.plan.version/{draft(office, number)}"
    page.goto(address)
    press(page, "action_try")
    title = page.locator("div[name=name] input, .o_field_widget[name=name] textarea").first
    title.wait_for()
    title.fill(name)
    assert page.locator(".o_field_widget[name=cycles] input").input_value() == "12"
    press(page, "action_compute")
    state(page, "done")
    drawn(page)


def press(page, name):
    found = page.locator(f"button[name={name}]:visible")
    menu = page.locator(
        ".o_statusbar_buttons .dropdown-toggle, .o_statusbar_buttons_dropdown button"
    )
    page.locator(f"button[name={name}]").or_(menu).first.wait_for()
    if not found.count():
        menu.first.click()
    tap(found.first)


def drawn(page, sides=2):
    page.locator(f".o_mlm_what_if[data-sides='{sides}'] canvas").first.wait_for()
    assert page.locator(".o_mlm_what_if canvas").count() == 3


def totals(page):
    """Totals of the sides, as people read them."""
    return page.locator(".o_mlm_what_if_totals tbody tr td:nth-child(2)").all_inner_texts()


@pytest.mark.parametrize("width", [1300, 390])
def test_two_versions_are_compared(office, browser_page, width):
    page = log_in(browser_page(width), office, "manager")
    more, less = f"More {width}", f"Less {width}"
    try_version(page, office, 2, more)
    look(page, "what-if", full_page=True)
    assert len(set(totals(page))) == 2
    try_version(page, office, 3, less)
    page.locator(".o_mlm_what_if_other").select_option(label=more)
    drawn(page, sides=3)
    rows = page.locator(".o_mlm_what_if_totals tbody tr th").all_inner_texts()
    assert rows[1:] == [less, more]
    assert len(set(totals(page))) == 3
    look(page, "what-if-two", full_page=True)

    # why somebody loses, with both sides
    page.locator("[data-people=losers]").click()
    page.locator(ROW).first.wait_for()
    look(page, "what-if-people")
    page.locator(
        ".o_data_row td[name=payee_id], .o_kanban_record:not(.o_kanban_ghost)"
    ).first.click()
    page.locator(".modal .o_mlm_two_cycles [data-bonus=binary]").wait_for()
    look(page, "what-if-why")
    page.locator(".modal .o_notebook [name=new]").click()
    page.locator(
        ".modal [name=new_html] .o_mlm_explanation, .modal [name=new_html] li"
    ).first.wait_for()
    page.locator(".modal-footer .btn-primary").click()

    # kept, and found again
    page.goto(f"{office.url}/odoo/commissions-what-if")
    page.locator(ROW).get_by_text(more).first.click()
    drawn(page)


def test_an_auditor_reads(office, browser_page):
    """Whoever reads what was computed computes nothing."""
    page = log_in(browser_page(1300), office, "accountant")
    page.goto(f"{office.url}/odoo/commissions-what-if")
    page.locator(ROW).first.click()
    drawn(page)
    assert not page.locator("button[name=action_compute]").count()
    open_menu(page, "mlm_base.menu_commissions_control", "mlm_what_if.menu_mlm_what_if")
    page.locator(ROW).first.wait_for()
