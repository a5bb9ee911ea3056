"""Small steps that browser tests of the back office and the portal share."""

import re

from mlm_cli.paths import LOGS

RUNS = "/odoo/action-mlm_commission.action_mlm_run"
PEOPLE = "/odoo/action-mlm_genealogy.mlm_distributor_action"
#: A card of a list on a phone, and a row of a list wherever it is.
CARD = ".o_kanban_record:not(.o_kanban_ghost)"
ROW = f".o_data_row, {CARD}"


def log_in(page, office, login):
    """Begin as somebody of the back office or the portal, whose password is the login."""
    page.set_default_timeout(60_000)  # two cores may be busy with other tests
    page.goto(f"{office.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_url(re.compile("/my|/odoo"), timeout=90_000)
    page.locator(".o_main_navbar, #wrap").first.wait_for(timeout=90_000)
    return page


def button(page, name):
    """Button of the status bar; on a phone it may be in the menu of the bar."""
    found = page.locator(f"button[name={name}]")
    if not found.count() or not found.first.is_visible():
        page.locator(
            ".o_statusbar_buttons .dropdown-toggle, .o_cp_action_menus button"
        ).first.click()
    return page.locator(f"button[name={name}]").first


def from_cog(page, text):
    """Press an entry of the menu behind the cog of a record."""
    page.locator(".o_cp_action_menus .dropdown-toggle, .o_cp_action_menus button").first.click()
    page.locator(".o-dropdown--menu .dropdown-item, .o_menu_item").get_by_text(
        text, exact=True
    ).first.click()


def tap(place):
    """Press an entry of the sheet that is a phone's menu: on a busy machine it slides in for so
    long that a browser without a screen never sees it at rest."""
    place.wait_for()
    place.evaluate("node => node.click()")


def open_menu(page, section, entry):
    """Open an entry of the app one is in, by the external ids of its section and its own."""
    entry = page.locator(f"[data-menu-xmlid='{entry}']")
    phone = page.locator(".o_menu_toggle")
    if phone.count():
        phone.click()
        tap(entry)
    else:
        page.locator(f".o_menu_sections [data-menu-xmlid='{section}']").click()
        entry.click()


def open_run(page, office):
    """Open the latest run of the list, or of the cards that a phone shows."""
    page.goto(office.url + RUNS)
    page.locator(f".o_data_row td[name=display_name], {CARD}").first.click()
    page.locator(".o_form_view .o_mlm_run_summary [data-person]").first.wait_for()


def stat_button(page, name):
    """Button above a form; where there is little room it is in the menu of these buttons."""
    found = page.locator(f"button[name={name}]")
    if not found.count() or not found.first.is_visible():
        page.locator(".o_button_more, .o-form-buttonbox .dropdown-toggle").first.click()
    return found.first


def state(page, value):
    """Wait until a record is in a state."""
    page.locator(
        f".o_statusbar_status [data-value={value}][aria-checked=true],"
        f".o_statusbar_status .o_arrow_button_current[data-value={value}]"
    ).first.wait_for(state="attached")  # a phone hides it behind the present one


def pick(page, field, text):
    """Choose a record in a dialog; a phone chooses from cards."""
    box = page.locator(f".modal .o_field_widget[name={field}] input")
    if page.viewport_size["width"] > 600:
        box.fill(text)
        page.locator(".o-autocomplete--dropdown-item").get_by_text(text).first.click()
    else:
        box.click()
        page.locator(f".modal .o_kanban_record:has-text('{text}')").first.click()
        page.locator(".modal .o_kanban_record").first.wait_for(state="detached")


def confirm(page):
    page.locator(".modal-footer .btn-primary").first.click()


def fits(page):
    """Nothing on the page needs scrolling sideways."""
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 1, f"the page is {overflow} px too wide at {page.viewport_size['width']}"


def look(page, name, **options):
    """Keep a picture; fail when the page needs scrolling sideways."""
    name = f"{name}-{page.viewport_size['width']}"
    page.screenshot(path=picture(name), animations="disabled", **options)
    fits(page)


def picture(name):
    """Where the picture of a test is kept to be looked at."""
    folder = LOGS / "test" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return str(folder / f"{name}.png")
