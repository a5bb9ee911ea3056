"""Staff in the browser: preview → submit → approve → post, and what each role sees.

Pictures of every step are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import re

import openpyxl
import pytest
from playwright.sync_api import expect
from screens import (
    CARD,
    PEOPLE,
    RUNS,
    button,
    confirm,
    from_cog,
    log_in,
    look,
    open_run,
    pick,
    picture,
    stat_button,
)
from small_company import SETUP

CYCLES = "/odoo/action-mlm_volume.action_mlm_period"
ENROL = "/odoo/action-mlm_genealogy.mlm_enrol_wizard_action"


@pytest.fixture(scope="module")
def office(module_odoo_server):
    """A served company with a closed cycle; manager, approver and accountant log in."""
    module_odoo_server.run_script(SETUP)
    return module_odoo_server


def open_cycle(page, office, number):
    page.goto(office.url + CYCLES)
    page.get_by_text(f"Ciclo {number}", exact=True).first.click()
    page.wait_for_selector(".o_form_view")


def preview(page):
    """From a closed cycle to its run: compute it, or open the one that is there."""
    page.locator(".o_mlm_path_card button").first.wait_for()
    if page.locator("button[name=action_preview]").count():
        button(page, "action_preview").click()
    else:
        stat_button(page, "action_runs").click()
        page.locator(".o_data_row td[name=display_name], .o_kanban_record").first.click()
    page.locator(".o_form_view .o_mlm_run_summary").first.wait_for()


@pytest.mark.parametrize("width", [1300, 390])
def test_preview(office, browser_page, width):
    page = log_in(browser_page(width), office, "manager")
    open_cycle(page, office, 924)
    preview(page)
    page.wait_for_selector(".o_mlm_path_card button[name=action_audit_now]")
    page.locator(".o_mlm_run_summary canvas").first.wait_for()
    assert page.locator("[name=amount]").first.inner_text().strip() not in ("", "$ 0,00")
    look(page, "preview")


def test_from_preview_to_posted_entry(office, browser_page):
    manager = log_in(browser_page(1300), office, "manager")
    open_cycle(manager, office, 924)
    preview(manager)
    manager.locator("button[name=action_audit_now]").click()
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
    # until it is asked for, there is nothing to do in the background
    manager.locator("button[name=action_post]").wait_for(state="detached")
    posted(office, run)
    manager.reload()
    manager.get_by_text("Extractos").first.wait_for()
    manager.screenshot(path=picture("posted-1300"))

    accountant = log_in(browser_page(1300), office, "accountant")
    accountant.goto(f"{office.url}{RUNS}/{run}")
    accountant.locator(".o_form_view").wait_for()
    stat_button(accountant, "action_moves").click()
    accountant.get_by_text("COM/924/0001").first.wait_for()
    accountant.screenshot(path=picture("entries-1300"))


def posted(office, run):
    """Entries of a large run are posted in the background; do here what the cron does."""
    office.run_script(f"env['mlm.run'].browse({run})._work()")


def test_amount_opens_its_explanation(office, browser_page):
    page = log_in(browser_page(1300), office, "manager")
    open_run(page, office)
    page.locator("button[name=action_earnings]").click()
    page.locator(".o_group_header").first.click()
    page.locator("button[name=action_explain]").first.click()
    steps = page.locator(".o_mlm_explanation li")
    steps.first.wait_for()
    assert steps.count() >= 4
    last = steps.last.inner_text()
    assert re.search(r"× 4\.500 = \d{1,3}(\.\d{3})+$", last), f"not written for people: {last}"
    page.screenshot(path=picture("explanation-1300"))


def test_run_says_why_somebody_earned_nothing(office, browser_page):
    page = log_in(browser_page(1300), office, "manager")
    open_run(page, office)
    page.locator(".o_statusbar_buttons").get_by_text("¿Por qué?").click()
    page.locator(".modal [name=distributor_id] input").fill("P063")
    page.locator(".modal .o-autocomplete--dropdown-item").get_by_text("P063").first.click()
    told = page.locator(".modal .o_mlm_explanation")
    told.get_by_text("Nada más se ganó").wait_for()
    text = told.inner_text()  # amounts have a no-break space after the sign
    assert "No se paga: " in text and "Pierna izquierda: " in text and "0,00" in text
    page.screenshot(path=picture("why-nothing-1300"))


def test_person_says_why_on_a_phone(office, browser_page):
    page = log_in(browser_page(390), office, "manager")
    page.goto(office.url + PEOPLE)
    page.locator(".o_kanban_record").first.click()
    page.wait_for_selector(".o_form_view")
    why = page.get_by_text("¿Por qué?", exact=True)
    if not why.first.is_visible():
        page.locator(".o_statusbar_buttons .dropdown-toggle").first.click()
    why.first.click()
    page.locator(".modal .o_mlm_explanation li").first.wait_for()
    look(page, "why")


def test_phones_show_amounts_in_lists(office, browser_page):
    page = log_in(browser_page(390), office, "manager")
    for number, action in enumerate((RUNS, CYCLES)):
        page.goto(office.url + action)
        card = page.locator(CARD)
        card.first.wait_for()
        assert re.search(r"\$\s[\d.]+,\d\d|CV", card.first.inner_text())
        look(page, f"cards-{number}")


def test_report_is_a_workbook_in_spanish(office, browser_page, tmp_path):
    page = log_in(browser_page(1300), office, "manager")
    open_run(page, office)
    with page.expect_download() as download:
        from_cog(page, "Informe (XLSX)")
    assert re.fullmatch(r"comisiones-\d+\.xlsx", download.value.suggested_filename)
    file = tmp_path / "report.xlsx"
    download.value.save_as(file)
    book = openpyxl.load_workbook(file)
    assert [sheet.title.split(" ", 1)[1] for sheet in book] == [
        "Resumen",
        "Beneficiarios",
        "Renglones",
        "Contabilidad",
    ]
    summary = {row[0].value: row[1] for row in book.worksheets[0].iter_rows(max_col=2)}
    assert summary["Primer día"].is_date and summary["Tasa de cambio"].value == 4500
    rows = book.worksheets[2]
    head = [cell.value for cell in rows[1]]
    assert head[:3] == ["Pagado a", "Nombre", "Bono"] and rows.max_row > 1
    total = sum(row[head.index("Ganado")].value for row in rows.iter_rows(min_row=2))
    assert total == pytest.approx(summary["Ganado"].value)
    assert rows.cell(2, head.index("Ganado") + 1).number_format == "#,##0.00"


@pytest.mark.parametrize("width", [1300, 390])
def test_enrolment(office, browser_page, width):
    page = log_in(browser_page(width), office, "manager")
    page.goto(office.url + ENROL)
    name = f"Persona Nueva {width}"
    page.locator(".modal [name=name] input").fill(name)
    pick(page, "sponsor_id", "P020")
    # the choice is taken over after a question to the server
    expect(page.locator(".modal [name=sponsor_id] input")).to_have_value(re.compile("Person 20$"))
    look(page, "enrol")
    page.locator(".modal button[name=action_enrol]").click()
    page.locator(".o_form_view [name=sponsor_id]").first.wait_for()
    page.wait_for_function("name => document.title.includes(name)", arg=name)


def test_plan_can_be_read(office, browser_page):
    page = log_in(browser_page(1300), office, "manager")
    page.goto(f"{office.url}/odoo/action-mlm_plan.action_mlm_plan_version")
    page.locator("td[name=plan_id]").first.click()
    page.locator(".o_notebook .nav-link[name=words]").click()
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
