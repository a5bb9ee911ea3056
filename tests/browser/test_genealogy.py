"""María sponsors Juan, who sponsors Carlos and Yenny: Juan leaves and comes back.

The customer's own example (requirements 002), in the browser, with the readmission in all
four variants. Pictures are kept in `.mlm/logs/test/pictures` to be looked at.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from people import staff
from playwright.sync_api import TimeoutError as PlaywrightTimeout
from playwright.sync_api import expect
from screens import PEOPLE, log_in, look, pick, tap

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
    lines = module_odoo_server.run_script(staff("manager", "mlm_base.group_manager") + SETUP).lines
    ids = dict(line.split()[1:] for line in lines if line.startswith("ID "))
    return Office(module_odoo_server.url, module_odoo_server.run_script, ids)


def network(office, number):
    """``{name: (state, sponsor, state of the position)}`` of one family; the laws hold."""
    lines = office.run_script(LOOK.format(number=number)).lines
    found = {line.split(" ", 1)[0]: line.split(" ", 1)[1] for line in lines if " " in line}
    assert json.loads(found["LAWS"]) == []
    return {code[:-1]: tuple(row) for code, row in json.loads(found["PEOPLE"]).items()}


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


def say(page, reason):
    box = page.locator(".modal [name=reason] textarea")
    box.fill(reason)
    box.press("Tab")


def confirm(page):
    page.locator(".modal-footer button[name=action_confirm]:visible").click()
    page.locator(".modal").wait_for(state="detached")


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
    page = log_in(browser_page(width), office, "manager")
    leave(page, office, number)
    look(page, "genealogy-leaves")
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
    look(page, f"genealogy-returns-{sponsor}-{downline}")
    confirm(page)
    below = juan if downline == "with" else maria
    assert network(office, number) == {
        "MARIA": ("active", "ROOT", "open"),
        "PEDRO": ("active", "ROOT", "open"),
        "JUAN": ("active", above, "open"),
        "CARLOS": ("active", below, "open"),
        "YENNY": ("active", below, "open"),
    }
