"""A clerk with a caller on the phone: why, when, what next; each within two clicks of the form.

María asks why she earned what she earned, when it is paid, and what she should do now; then she
says that the portal shows her something else, and the clerk looks at it as she does.
"""

import re

import pytest
from people import staff
from playwright.sync_api import expect
from portal_company import SETUP
from screens import PEOPLE, ROW, log_in, look, picture, tap

CLERK = (
    staff("clerk", "mlm_base.group_support", "sales_team.group_sale_salesman_all_leads")
    + """
maria = env["mlm.distributor"].search([("code", "=", "C01")])
coffee = env["product.product"].create({"name": "Coffee", "type": "consu", "list_price": 1000})
env["sale.order"].create({"partner_id": maria.partner_id.id,
    "order_line": [(0, 0, {"product_id": coffee.id})]}).action_confirm()
env.cr.commit()
"""
)


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    module_odoo_server.run_script(CLERK)
    return module_odoo_server


@pytest.fixture(params=[1300, 390])
def caller(office, browser_page, request):
    """The form of María, as the clerk has it open."""
    page = log_in(browser_page(request.param), office, "clerk")
    page.goto(office.url + PEOPLE)
    page.locator(".o_data_row, .o_kanban_record").get_by_text("María Fernanda Rojas").first.click()
    page.locator(".mlm_now [name=mlm_rank]").wait_for()
    return page


def press(page, name, menu):
    """Press a button; on a phone it is in a menu, which is one click more."""
    found = page.locator(f"button[name={name}]")
    if found.count() and found.first.is_visible():
        found.first.click()
        return
    page.locator(menu).first.click()
    tap(found.first)


def stat(page, name):
    press(page, name, ".o_button_more")


def action(page, name):
    press(page, name, ".o_statusbar_buttons .dropdown-toggle")


def back(page):
    page.go_back()
    page.locator(".mlm_now [name=mlm_rank]").wait_for()


def test_how_somebody_stands_is_on_top(caller):
    now = caller.locator(".mlm_now")
    expect(now.locator("[name=mlm_activity]")).to_have_class(re.compile("text-success"))
    # what each leg carried over, and what was sold in it since: as the portal shows it
    expect(now.locator("[name=mlm_legs]")).to_contain_text(re.compile(r"1\.582,5 .* 2\.876"))
    expect(now.locator("[name=mlm_pv]")).to_be_visible()
    expect(now.locator("[name=mlm_pay_date]")).not_to_be_empty()
    expect(now.locator("[name=mlm_last_order]")).not_to_be_empty()
    look(caller, "caller-form")


def test_why_when_and_what_was_ordered(caller):
    width = caller.viewport_size["width"]
    # why did I earn so little?
    caller.locator(".o_statusbar_buttons").get_by_text("¿Por qué?").click()
    told = caller.locator(".modal .o_mlm_explanation li")
    told.first.wait_for()
    assert told.count() >= 2
    caller.screenshot(path=picture(f"caller-why-{width}"))
    caller.locator(".modal .btn-close, .modal-header .oi-arrow-left").first.click()
    caller.locator(".modal").wait_for(state="detached")
    # when is it paid?
    stat(caller, "action_mlm_statements")
    rows = caller.locator(ROW)
    expect(rows).to_have_count(2)
    told = rows.all_inner_texts()
    cycles = [int(re.search(r"Ciclo (\d+)", text).group(1)) for text in told]
    assert cycles == sorted(cycles, reverse=True)
    assert all(re.search(r"\d+ de \w+|\d+/\d+/\d+", text) for text in told)
    look(caller, "caller-when")
    back(caller)
    # did my order come in?
    stat(caller, "action_mlm_orders")
    order = caller.locator(ROW)
    expect(order).to_have_count(1)
    expect(order).to_contain_text("María Fernanda Rojas")


def test_what_next_as_the_caller_sees_it(office, caller):
    with caller.expect_popup() as popup:
        action(caller, "action_view_portal")
    portal = popup.value
    banner = portal.locator(".o_mlm_viewing")
    expect(banner).to_contain_text("María Fernanda Rojas")
    # what to do for more, in the words that the caller reads
    portal.locator(".o_mlm_advice li").first.wait_for()
    look(portal, "caller-portal")
    # who is in the team
    portal.locator("a.nav-link[href='/my/network/team']").click()
    expect(portal.locator(".o_mlm")).to_contain_text("Jorge Andrés Pardo")
    expect(banner).to_be_visible()
    # nothing can be changed: the form of an enrolment is grey, and sent by hand it is refused
    portal.locator("a.nav-link[href='/my/network/report']").click()
    expect(portal.locator("#mlm_consent button")).to_be_disabled()
    answer = portal.evaluate(
        """async () => {
            const body = new FormData(document.querySelector("#mlm_consent form"));
            const response = await fetch("/my/network/report/name", {method: "POST", body});
            return response.status;
        }"""
    )
    assert answer == 403
    refused = portal.goto(f"{office.url}/my/account")
    assert refused.status == 403
    expect(portal.locator("[data-page=viewing_refused]")).to_be_visible()
    look(portal, "caller-refused")
    banner.locator("button").click()
    portal.locator(".mlm_now [name=mlm_rank]").wait_for()
    assert "María Fernanda Rojas" in portal.title()
    # María changed nothing, and it is on record who looked
    office.run_script(
        """
maria = env["mlm.distributor"].search([("code", "=", "C01")])
assert not maria.shares_name
log = env["mlm.access.log"].search([("distributor_id", "=", maria.id)], limit=1)
assert (log.action, log.author_id.login) == ("portal", "clerk")
"""
    )
