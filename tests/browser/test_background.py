"""Work in the background on the screen: what is at work, and stopping it."""

import pytest
from screens import ROW, confirm, log_in, look, picture
from small_company import SETUP

JOBS = "/odoo/action-mlm_base.mlm_job_action"
# what a process at work on a run has written of itself
AT_WORK = """
from odoo.addons.mlm_base.internal import as_internal
manager = env["res.users"].search([("login", "=", "manager")])
period = env["mlm.period"].search([("number", "=", 924)]).with_user(manager)
run = env["mlm.run"].search([]) or env["mlm.run"].with_user(manager)._create_preview(period)
env.cr.execute("DELETE FROM mlm_job")
as_internal(env["mlm.job"]).create([
    {"cron_id": env.ref("mlm_commission.cron_work").id, "state": "running", "pid": 4711, "token": 1,
     "res_model": "mlm.run", "res_id": run.id, "started_at": "2026-11-29 12:00:00",
     "seen_at": "2026-11-29 12:03:00"},
    {"cron_id": env.ref("mlm_genealogy.cron_import").id, "state": "waiting", "token": 2},
    {"cron_id": env.ref("mlm_genealogy.cron_check").id, "state": "idle", "token": 3},
])
env.cr.commit()
"""
STOPPED = """
job = env["mlm.job"].search([("state", "=", "running")])
print("STOPPED", bool(job.stop_at), job.stop_user_id.login)
"""


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


@pytest.mark.parametrize("width", [1300, 390])
def test_what_is_at_work_is_stopped(office, browser_page, width):
    office.run_script(AT_WORK)
    page = log_in(browser_page(width), office, "manager")
    page.goto(office.url + JOBS)
    page.wait_for_selector(ROW)
    page.wait_for_selector("text=924")
    look(page, "background")
    page.locator("button[name=action_stop]").first.click()
    confirm(page)
    page.wait_for_timeout(1500)
    assert "STOPPED True manager" in office.run_script(STOPPED).output


def test_a_queued_run_is_stopped(office, browser_page):
    office.run_script(AT_WORK + 'env.cr.execute("DELETE FROM mlm_job")\nenv.cr.commit()\n')
    page = log_in(browser_page(1300), office, "manager")
    page.goto(office.url + "/odoo/action-mlm_commission.action_mlm_run")
    page.locator(".o_data_row td[name=display_name]").first.click()
    page.wait_for_selector("button[name=action_stop]")
    page.screenshot(path=picture("background-run"))
    page.click("button[name=action_stop]")
    confirm(page)
    page.wait_for_selector(".alert-danger >> text=Manager")
    page.screenshot(path=picture("background-run-stopped"))
