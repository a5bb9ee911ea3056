"""Staff in the browser: preview → submit → approve → post, and what each role sees.

Pictures of every step are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import re

import pytest
from mlm_cli.paths import LOGS
from small_company import SETUP

CYCLES = "/odoo/action-mlm_volume.action_mlm_period"
RUNS = "/odoo/action-mlm_commission.action_mlm_run"


@pytest.fixture(scope="module")
def office(module_odoo_server):
    """A served company with a closed cycle; manager, approver and accountant log in."""
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


def log_in(page, office, login):
    page.set_default_timeout(60_000)  # two cores may be busy with other tests
    page.goto(f"{office.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar", timeout=90_000)
    return page


def open_cycle(page, office, number):
    page.goto(office.url + CYCLES)
    page.get_by_text(f"Ciclo {number}", exact=True).first.click()
    page.wait_for_selector(".o_form_view")


def button(page, name):
    """Button of the status bar; on a phone it may be in the menu of the bar."""
    found = page.locator(f"button[name={name}]")
    if not found.count() or not found.first.is_visible():
        page.locator(
            ".o_statusbar_buttons .dropdown-toggle, .o_cp_action_menus button"
        ).first.click()
    return page.locator(f"button[name={name}]").first


def confirm(page):
    page.locator(".modal-footer .btn-primary").first.click()


def state(page):
    return page.locator(".o_statusbar_status .o_arrow_button_current").first


@pytest.mark.parametrize("width", [1300, 390])
def test_preview(office, browser_page, width):
    page = log_in(browser_page(width), office, "manager")
    open_cycle(page, office, 924)
    button(page, "action_preview").click()
    page.wait_for_selector("button[name=action_submit], .o_statusbar_buttons")
    page.get_by_text("Binario de equipo").first.wait_for()
    assert page.locator("[name=amount]").first.inner_text().strip() not in ("", "$ 0,00")
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 1, f"the page is {overflow} px too wide at {width}"
    page.screenshot(path=picture(f"preview-{width}"))


def test_from_preview_to_posted_entry(office, browser_page):
    manager = log_in(browser_page(1300), office, "manager")
    open_cycle(manager, office, 924)
    button(manager, "action_preview").click()
    manager.locator("button[name=action_submit]").click()
    manager.get_by_text("Por aprobar", exact=True).first.wait_for()
    address = manager.url

    # the manager has no button to approve, the approver has none to post
    assert not manager.locator("button[name=action_approve]").count()
    approver = log_in(browser_page(1300), office, "approver")
    run = re.search(r"/(\d+)(?:\?|$)", address).group(1)
    approver.goto(f"{office.url}{RUNS}/{run}")
    approver.locator("button[name=action_approve]").click()
    confirm(approver)
    approver.locator("button[name=action_approve]").wait_for(state="detached")
    assert not approver.locator("button[name=action_post]").count()

    manager.reload()
    manager.locator("button[name=action_post]").click()
    confirm(manager)
    posted(office, run)
    manager.reload()
    manager.get_by_text("Liquidaciones").first.wait_for()
    manager.screenshot(path=picture("posted-1300"))

    accountant = log_in(browser_page(1300), office, "accountant")
    accountant.goto(f"{office.url}{RUNS}/{run}")
    accountant.locator("button[name=action_moves]").click()
    accountant.get_by_text("COM/924/0001").first.wait_for()
    accountant.screenshot(path=picture("entries-1300"))


def posted(office, run):
    """Entries of a large run are posted in the background; do here what the cron does."""
    office.run_script(f"env['mlm.run'].browse({run})._work()")


def test_amount_opens_its_explanation(office, browser_page):
    page = log_in(browser_page(1300), office, "manager")
    page.goto(office.url + RUNS)
    page.locator(".o_data_row td[name=display_name]").first.click()
    page.locator("button[name=action_earnings]").click()
    page.locator(".o_group_header").first.click()
    page.locator("button[name=action_explain]").first.click()
    steps = page.locator(".o_mlm_explanation li")
    steps.first.wait_for()
    assert steps.count() >= 4
    page.screenshot(path=picture("explanation-1300"))


def test_plan_can_be_read(office, browser_page):
    page = log_in(browser_page(1300), office, "manager")
    page.goto(f"{office.url}/odoo/action-mlm_commission.action_mlm_plan_version")
    page.locator("td[name=plan_id]").first.click()
    page.locator(".o_mlm_plan").wait_for()
    text = page.locator(".o_mlm_plan").inner_text()
    for part in ("ESP-3", "17 %", "1.500", "GEN5", "150"):
        assert part in text
    page.screenshot(path=picture("plan-1300"), full_page=True)


def test_wrong_order_of_steps_is_explained(office, browser_page):
    """Previewing the next cycle before this one is posted names what to do."""
    page = log_in(browser_page(1300), office, "manager")
    open_cycle(page, office, 926)
    page.locator("button[name=action_preview]").click()
    page.get_by_text("Contabilice primero el Ciclo 925").wait_for()


def picture(name):
    folder = LOGS / "test" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / f"{name}.png")
