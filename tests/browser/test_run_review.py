"""What a manager reads before approval: charts, cases to clear, reports as files.

Pictures are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import pytest
from screens import confirm, from_cog, log_in, look, open_run, picture
from small_company import SETUP

#: Two people who are paid share a phone; a third person must sign what costs so much.
SHARED = """
people = env["mlm.distributor"].search([("code", "in", ("P001", "P002"))])
people.partner_id.write({"phone": "+57 300 123 4567"})
env.company.mlm_network_id.guard_cv = 1
env.cr.commit()
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    module_odoo_server.run_script(SHARED)
    return module_odoo_server


@pytest.fixture(scope="module")
def run(office):
    """Id of a preview with a case and above the limit of cost."""
    office.run_script(
        "period = env['mlm.period'].search([('number', '=', 924)])\n"
        "manager = env['res.users'].search([('login', '=', 'manager')])\n"
        "run = env['mlm.run'].with_user(manager)._create_preview(period.with_user(manager))\n"
        "run.action_compute()\nenv.cr.commit()\n"
    )
    return 1


@pytest.mark.parametrize("width", [1300, 390])
def test_charts_and_alarms(office, run, browser_page, width):
    page = log_in(browser_page(width), office, "manager")
    open_run(page, office)
    assert page.locator(".o_mlm_run_summary canvas").count() >= 2
    page.locator("[name=guard_alert]").wait_for()
    page.locator("[data-blocker=cases]").wait_for()
    look(page, "review", full_page=True)
    page.locator(".o_mlm_run_summary [data-person]").first.click()
    page.locator("th[data-name=payee_id], .o_kanban_renderer, .o_list_renderer").first.wait_for()


@pytest.mark.parametrize("kind", ["detail", "summary"])
def test_documents(office, run, browser_page, kind):
    page = log_in(browser_page(1300), office, "manager")
    open_run(page, office)
    from_cog(page, "Informes")
    page.locator(f".modal [name=kind] input[data-value={kind}]").check()
    with page.expect_download() as download:
        page.locator(".modal button[name=action_make]").click()
    assert download.value.suggested_filename.endswith("-924.pdf")


def test_case_is_cleared_before_approval(office, run, browser_page):
    manager = log_in(browser_page(1300), office, "manager")
    open_run(manager, office)
    address = manager.url
    manager.locator("button[name=action_audit_now]").click()
    manager.locator("button[name=action_submit]").click()
    manager.locator("button[name=action_withdraw]").wait_for()

    approver = log_in(browser_page(1300), office, "approver")
    approver.goto(address)
    # nothing to press while a case is open: what blocks it is there instead
    approver.locator("[data-blocker=cases] .fa-ban").wait_for()
    assert not approver.locator("button[name=action_approve]").count()
    approver.screenshot(path=picture("review-refused-1300"))

    manager.locator("[data-blocker=cases] button").click()
    manager.locator(".o_data_row td[name=kind]").first.click()
    manager.locator("button[name=action_clear]").click()
    manager.locator(".modal [name=reason] textarea").fill("Marido y mujer, desde antes")
    manager.locator(".modal button[name=action_decide]:visible").click()
    manager.locator("button[name=action_reopen]").wait_for()
    manager.screenshot(path=picture("review-cleared-1300"))

    approver.goto(address)
    approver.locator("button[name=action_approve]").click()
    confirm(approver)
    approver.locator("button[name=action_approve]").wait_for(state="detached")
    # who approved is not the third person, and nobody posts before that one signs
    approver.locator("[data-present=sign] [data-blocker=third]").wait_for()
    assert not approver.locator("button[name=action_countersign]").count()
    manager.goto(address)
    manager.locator("[name=guard_alert]").wait_for()
    assert not manager.locator("button[name=action_post]").count()


@pytest.mark.parametrize("width", [1300, 390])
def test_audit_opens(office, run, browser_page, width):
    """The record of an audit is a page of its own, whoever may read it."""
    office.run_script(
        "from odoo.addons.mlm_base.internal import as_internal\n"
        "run = env['mlm.run'].search([], limit=1)\n"
        "as_internal(env['mlm.run.audit']).create({'run_id': run.id})\n"
        "env.cr.commit()\n"
    )
    page = log_in(browser_page(width), office, "manager")
    page.goto(office.url + "/odoo/action-mlm_control.action_mlm_run_audit")
    page.locator(".o_data_row, .o_kanban_record").first.click()
    page.locator(".o_form_view .o_mlm_progress").wait_for()
    assert not page.locator(".o_error_dialog").count()
    look(page, "audit")
