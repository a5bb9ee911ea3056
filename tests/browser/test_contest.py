"""A contest outside the plan: a manager starts, watches and closes it, another person pays it."""

import pytest
from people import member
from playwright.sync_api import expect
from screens import button, confirm, log_in, look, state
from small_company import SETUP

CONTESTS = "/odoo/action-mlm_commission.action_mlm_contest"
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
    module_odoo_server.run_script(SETUP + member("p002", "P002") + "env.cr.commit()")
    return module_odoo_server


def press(page, name):
    """Press a button of the status bar that asks whether one is sure."""
    button(page, name).click()
    confirm(page)


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
    press(page, "action_start")
    state(page, "running")
    page.locator(".o_notebook_headers a[name=standings]").click()
    standings = page.locator("[name=standings_html] tbody tr")
    expect(standings.first).to_contain_text("Viaje a Cartagena")
    look(page, "contest-running")
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
        look(mine, "contest-portal")

    office.run_script(OVER)
    page.reload()
    press(page, "action_close")
    state(page, "closed")
    expect(page.locator("button[name=action_approve_prizes]")).to_have_count(0)

    approver = log_in(browser_page(390), office, "approver")
    approver.goto(address)
    approver.locator(".o_form_view").wait_for()
    approve = button(approver, "action_approve_prizes")
    look(approver, "contest-approve")
    approve.click()
    confirm(approver)
    state(approver, "done")
    printed = office.run_script(PAID).output
    assert "PAID done ['posted'" in printed and "True []" in printed, printed
