"""María sponsors Juan, who sponsors Carlos and Yenny: Juan leaves and comes back.

The customer's own example (requirements 002), in the browser, with the readmission in all
four variants. Pictures are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from mlm_cli.paths import LOGS
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect
from screens import tap

PEOPLE = "/odoo/action-mlm_genealogy.mlm_distributor_action"
VARIANTS = [
    (sponsor, downline) for sponsor in ("original", "other") for downline in ("with", "without")
]

# one family for each test, so that none depends on another
SETUP = """
import datetime
company = env.company
env = env(context=dict(env.context, tracking_disable=True))
joined = datetime.datetime(2026, 8, 1, 12)
tree = env["mlm.tree"].search([("network_id", "=", company.mlm_network_id.id)], limit=1)
people = [{"name": "Raíz", "code": "ROOT", "is_root": True, "placement": {}, "joined_at": joined}]
for number in range(8):
    people += [
        {"name": name, "code": f"{name.upper()}{number}", "joined_at": joined,
         "sponsor_code": f"{above}{number}" if above != "ROOT" else above,
         "placement": {"strategy": "left"}}
        for name, above in (("Maria", "ROOT"), ("Pedro", "ROOT"), ("Juan", "MARIA"),
                            ("Carlos", "JUAN"), ("Yenny", "JUAN"))
    ]
env["mlm.distributor"]._enrol(people)
env["res.lang"]._activate_lang("es_CO")
for login in ("manager", "support"):
    groups = [env.ref("base.group_user").id, env.ref(f"mlm_base.group_{login}").id]
    env["res.users"].create({"name": login.title(), "odoobot_state": "disabled", "login": login,
        "password": login, "lang": "es_CO", "group_ids": [(6, 0, groups)]})
env.cr.commit()
for one in env["mlm.distributor"].search([]):
    print("ID", one.code, one.id)
"""

LOOK = """
import json
people = env["mlm.distributor"].search([("code", "=like", "%{number}")])
print("PEOPLE", json.dumps({{
    one.code: [one.state, one.sponsor_id.code or None, one.position_ids[:1].state]
    for one in people}}))
print("LAWS", json.dumps(env["mlm.law"]._check_all()))
"""


@dataclass(frozen=True)
class Office:
    """A served company: its address, a way to run code in it, and ids by code."""

    url: str
    run_script: Callable
    ids: dict[str, str]


@pytest.fixture(scope="module")
def office(module_odoo_server):
    lines = module_odoo_server.run_script(SETUP).lines
    ids = dict(line.split()[1:] for line in lines if line.startswith("ID "))
    return Office(module_odoo_server.url, module_odoo_server.run_script, ids)


def network(office, number):
    """``{name: (state, sponsor, state of the position)}`` of one family; the laws hold."""
    lines = office.run_script(LOOK.format(number=number)).lines
    found = {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines if " " in line}
    assert json.loads(found["LAWS"]) == []
    return {code[:-1]: tuple(row) for code, row in json.loads(found["PEOPLE"]).items()}


def log_in(page, office, login="manager"):
    page.set_default_timeout(60_000)  # two cores may be busy with other tests
    page.goto(f"{office.url}/web/login")
    page.fill("input[name=login]", login)
    page.fill("input[name=password]", login)
    page.click("button[type=submit]")
    page.wait_for_selector(".o_main_navbar", timeout=90_000)
    return page


def open_person(page, office, code):
    page.goto(f"{office.url}{PEOPLE}/{office.ids[code]}")
    page.wait_for_selector(f".o_form_view [name=code]:has-text('{code}')")


def press(page, name):
    """A button of the status bar, which narrow screens keep in a menu.

    The bar is drawn anew when a change has been read, and closes its menu: then once more.
    """
    wizard = page.locator(".modal .o_form_view")
    for attempt in range(3):
        try:
            found = page.locator(f"button[name={name}]").first
            if not found.is_visible():
                menu = ".o_form_statusbar button:has(.oi-ellipsis-v, .fa-ellipsis-v)"
                page.locator(menu).first.click(timeout=20_000)
                tap(found)
            else:
                found.click(timeout=20_000)
            wizard.wait_for()
            return
        except PlaywrightTimeout:
            if attempt == 2:
                raise


def choose(page, field, value):
    page.locator(f".modal .o_field_widget[name={field}] input[data-value={value}]").check()


def pick(page, field, code):
    box = page.locator(f".modal .o_field_widget[name={field}] input")
    if page.viewport_size["width"] > 600:
        box.fill(code)
        page.locator(f".o-autocomplete--dropdown-item:has-text('{code}')").first.click()
    else:  # a phone chooses from cards
        box.click()
        page.locator(f".modal .o_kanban_record:has-text('{code}')").first.click()
        page.locator(".modal .o_kanban_record").first.wait_for(state="detached")


def say(page, reason):
    box = page.locator(".modal [name=reason] textarea")
    box.fill(reason)
    box.press("Tab")


def fits(page):
    overflow = page.evaluate(
        "document.documentElement.scrollWidth - document.documentElement.clientWidth"
    )
    assert overflow <= 1, f"the page is {overflow} px too wide at {page.viewport_size['width']}"


def confirm(page):
    page.locator(".modal-footer button[name=action_confirm]:visible").click()
    page.locator(".modal").wait_for(state="detached")


def picture(name):
    folder = LOGS / "test" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"genealogy-{name}.png"


def leave(page, office, number):
    open_person(page, office, f"JUAN{number}")
    press(page, "action_more")
    page.locator(".modal .mlm_action button[name=action_terminate]").click()
    preview = page.locator(".modal .mlm_preview")
    for code in (f"MARIA{number}", f"CARLOS{number}", f"YENNY{number}"):
        expect(preview).to_contain_text(code)
    say(page, "Renuncia por escrito")
    choose(page, "timing", "now")


@pytest.mark.parametrize("width", [1300, 390])
@pytest.mark.parametrize(("sponsor", "downline"), VARIANTS)
def test_juan_leaves_and_comes_back(office, browser_page, sponsor, downline, width):
    number = VARIANTS.index((sponsor, downline)) + (4 if width == 390 else 0)
    maria, pedro, juan = f"MARIA{number}", f"PEDRO{number}", f"JUAN{number}"
    page = log_in(browser_page(width), office)
    leave(page, office, number)
    fits(page)
    page.screenshot(path=picture(f"leaves-{width}"))
    confirm(page)
    assert network(office, number) == {
        "MARIA": ("active", "ROOT", "open"),
        "PEDRO": ("active", "ROOT", "open"),
        "JUAN": ("terminated", None, "closed"),
        "CARLOS": ("active", maria, "open"),
        "YENNY": ("active", maria, "open"),
    }
    press(page, "action_readmit")
    say(page, "Pide volver")
    choose(page, "sponsor_choice", sponsor)
    if sponsor == "other":
        pick(page, "other_sponsor_id", pedro)
    choose(page, "downline_choice", downline)
    choose(page, "timing", "now")
    rows = page.locator(".modal .mlm_former_frontline .o_data_row")
    expect(rows).to_have_count(2 if downline == "with" else 0)
    above = maria if sponsor == "original" else pedro
    expect(page.locator(".modal .mlm_preview")).to_contain_text(above)
    fits(page)
    page.screenshot(path=picture(f"returns-{sponsor}-{downline}-{width}"))
    confirm(page)
    below = juan if downline == "with" else maria
    assert network(office, number) == {
        "MARIA": ("active", "ROOT", "open"),
        "PEDRO": ("active", "ROOT", "open"),
        "JUAN": ("active", above, "open"),
        "CARLOS": ("active", below, "open"),
        "YENNY": ("active", below, "open"),
    }
