"""The board that each role begins the day with: a card opens what it counts, a button works."""

import pytest
from screens import ROW, log_in, look
from small_company import SETUP


@pytest.fixture(scope="module")
def office(module_odoo_server):
    """A served company with a closed cycle that nobody has computed."""
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


def today(page, office, room="commissions"):
    page.goto(f"{office.url}/odoo/{room}-today")
    page.locator(".o_mlm_today_page").wait_for()


@pytest.mark.parametrize("width", [1300, 390])
def test_manager_begins_the_day(office, browser_page, width):
    page = log_in(browser_page(width), office, "manager")
    page.locator(".o_mlm_today_page").wait_for()
    assert page.url.endswith("/commissions-today")
    card = page.locator("[data-card=to_compute]")
    count = int(card.locator(".o_mlm_today_count").inner_text())
    look(page, "today")

    card.locator(".o_mlm_today_title button").click()
    rows = ROW
    page.locator(rows).first.wait_for()
    assert page.locator(rows).count() == count

    today(page, office)
    page.locator("[data-card=to_compute] .o_mlm_today_step button").click()
    page.locator(".o_form_view .o_mlm_run_summary").first.wait_for()


def test_support_finds_who_calls(office, browser_page):
    page = log_in(browser_page(1300), office, "manager")
    today(page, office, "network")
    search = page.locator(".o_mlm_today_search input")
    search.fill("nobody of this name")
    page.locator(".o_mlm_today_people > p").wait_for()
    search.fill("Person 7")
    found = page.locator(".o_mlm_today_found > li").first
    name = found.locator("button").first.inner_text()
    found.locator("button").first.click()
    page.locator(".o_form_view").wait_for()
    assert name.split()[-1] in page.locator(".o_last_breadcrumb_item").inner_text()
