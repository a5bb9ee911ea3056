"""A contest outside the plan: a manager starts, watches and closes it, another person pays it."""

import pytest
from mlm_cli.paths import LOGS
from playwright.sync_api import expect
from small_company import SETUP

CONTESTS = "/odoo/action-mlm_commission.action_mlm_contest"
LOGIN = """
person = env["mlm.distributor"].search([("code", "=", "P002")])
env["res.users"].create({"login": "p002", "password": "p002", "partner_id": person.partner_id.id,
    "name": person.partner_id.name, "lang": "es_CO",
    "group_ids": [(6, 0, env.ref("base.group_portal").ids)]})
env.cr.commit()
"""
OVER = """
# the last day has passed
env.cr.execute("UPDATE mlm_contest SET date_end = current_date - 2 WHERE state = 'running'")
env.cr.commit()
"""
PAID = """
contest = env["mlm.contest"].search([("name", "=", "Carrera")])
print("PAID", contest.state, sorted(contest.adjustment_ids.mapped("state")),
    bool(contest.adjustment_ids.move_id), env["mlm.law"]._check_all())
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    module_odoo_server.run_script(LOGIN)
    return module_odoo_server


def log_in(page, office, login):
    page.set_default_timeout(60_000)  # two cores may be busy with other tests
    page.goto(f"{office.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_url(lambda url: "/web/login" not in url)
    return page


def look(page, name):
    """Keep a picture; fail when the page needs scrolling sideways."""
    width = page.viewport_size["width"]
    folder = LOGS / "test" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    page.wait_for_timeout(300)
    page.screenshot(path=str(folder / f"contest-{name}-{width}.png"))
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 1, f"{name} is {overflow} px too wide at {width}"


def press(page, name, confirm=False):
    page.locator(f".o_form_statusbar button[name={name}]").click()
    if confirm:
        page.locator(".modal-footer .btn-primary").first.click()


def state(page, value):
    page.locator(
        f".o_statusbar_status [data-value={value}][aria-checked=true],"
        f".o_statusbar_status .o_arrow_button_current[data-value={value}]"
    ).first.wait_for(state="attached")


def test_from_start_to_paid(office, browser_page):
    page = log_in(browser_page(1300), office, "manager")
    page.goto(office.url + CONTESTS)
    page.locator(".o_list_button_add").click()
    page.locator("[name=name] input, [name=name] textarea").first.fill("Carrera")
    for name, day in (("date_start", "17/08/2026"), ("date_end", "31/12/2099")):
        page.locator(f".o_field_widget[name={name}]").first.click()
        place = page.locator(f".o_field_widget[name={name}] input").first
        place.fill(day)
        place.press("Enter")
    page.locator(".o_field_widget[name=measure] input, [name=measure] select").first.wait_for()
    page.locator("[name=prize_ids] .o_field_x2many_list_row_add a").click()
    row = page.locator("[name=prize_ids] .o_data_row").first
    row.locator("[name=name] input").fill("Viaje a Cartagena")
    row.locator("[name=amount] input").fill("900000")
    page.locator(".o_form_button_save").click()
    state(page, "draft")
    press(page, "action_start", confirm=True)
    state(page, "running")
    page.locator(".o_notebook_headers a[name=standings]").click()
    standings = page.locator("[name=standings_html] tbody tr")
    expect(standings.first).to_contain_text("Viaje a Cartagena")
    look(page, "running")
    address = page.url
    phone = log_in(browser_page(390), office, "manager")
    phone.goto(address)
    phone.locator(".o_notebook_headers a[name=standings]").click()
    expect(phone.locator("[name=standings_html]")).to_contain_text("Viaje a Cartagena")
    look(phone, "running")

    for width in (1300, 390):
        mine = log_in(browser_page(width), office, "p002")
        mine.goto(f"{office.url}/my/network/contests")
        expect(mine.locator(".o_mlm")).to_contain_text("Viaje a Cartagena")
        expect(mine.locator(".o_mlm_figure").first).to_contain_text("60")
        look(mine, "portal")

    office.run_script(OVER)
    page.reload()
    press(page, "action_close", confirm=True)
    state(page, "closed")
    expect(page.locator("button[name=action_approve_prizes]")).to_have_count(0)

    approver = log_in(browser_page(390), office, "approver")
    approver.goto(address)
    approver.locator(".o_form_view").wait_for()
    button = approver.locator("button[name=action_approve_prizes]")
    if not button.first.is_visible():
        approver.locator(
            ".o_statusbar_buttons .dropdown-toggle, .o_cp_action_menus button"
        ).first.click()
    look(approver, "approve")
    button.first.click()
    approver.locator(".modal-footer .btn-primary").first.click()
    state(approver, "done")
    printed = office.run_script(PAID).output
    assert "PAID done ['posted'" in printed and "True []" in printed, printed
