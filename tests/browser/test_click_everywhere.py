"""Odoo's own clickbot in our apps: every menu, every view of it and every filter, as each role.

What a click asks the server is looked at by `mlm_demo`'s walk, which opens all menus as all
roles; this one finds what breaks in the browser. There, a list that two roles see alike breaks
for both or for none, so each role clicks only the menus whose views no role before it has seen.
"""

import json

import pytest
from people import member, staff
from playwright.sync_api import TimeoutError as NeverEnded
from small_company import SETUP

#: Who sees the most comes first.
ROLES = ("manager", "approver", "accountant", "support", "warehouse", "auditor")
MORE = """
manager = env["res.users"].search([("login", "=", "manager")])
period = env["mlm.period"].search([("number", "=", 924)])
run = env["mlm.run"].with_user(manager)._create_preview(period.with_user(manager))
run.action_compute()
env.cr.commit()
"""
LOGINS = "".join(staff(role, f"mlm_base.group_{role}") for role in ROLES[3:])
#: Of each role the menus that show what no role before it has seen. What is no window (the
#: board, the trees) is of each role its own. Forms are not told apart: the bot opens none.
MENUS = """
import json
seen, answer = set(), {{}}
for role in {roles}:
    user = env["res.users"].search([("login", "=", role)])
    mine = env(user=user, su=False, context={{"lang": "es_CO"}})
    menus = mine["ir.ui.menu"].load_menus(False)
    answer[role] = []
    for menu in menus.values():
        if not menu.get("action_id") or not str(menu["xmlid"]).startswith("mlm_"):
            continue
        action = env[menu["action_model"]].browse(menu["action_id"])
        look = role
        if action._name == "ir.actions.act_window":
            kinds = [*action.views, (action.search_view_id.id, "search")]
            found = mine[action.res_model].get_views(
                [one for one in kinds if one[1] != "form"], {{"action_id": action.id}})
            look = [{{kind: view["arch"] for kind, view in found["views"].items()}},
                    sorted(found["models"][action.res_model]["fields"])]
        look = json.dumps([action.id, look])
        if look not in seen:
            answer[role].append(menu["xmlid"])
        seen.add(look)
print("MENUS", json.dumps(answer))
"""
START = """(app) => odoo.loader.modules.get("@web/webclient/clickbot/clickbot_loader")
    .startClickEverywhere(app)"""
SUCCESS = "clickbot test succeeded"


@pytest.fixture(scope="module")
def office(module_odoo_server):
    """A served company with a preview, where each role logs in with its name."""
    module_odoo_server.run_script(SETUP)
    module_odoo_server.run_script(LOGINS + member("portal", "P002") + MORE)
    return module_odoo_server


@pytest.fixture(scope="module")
def fresh(office):
    """``{role: names of the menus that the role clicks}``."""
    lines = office.run_script(MENUS.format(roles=ROLES)).lines
    told = next(line.removeprefix("MENUS ") for line in lines if line.startswith("MENUS "))
    return json.loads(told)


def prune(menus, wanted):
    """Leave only some menus in what the server tells the web client.

    :param wanted: names of menus; what an app opens by itself is not clicked once more
    :return: ``{app: names of the menus that are clicked}`` of the suite
    """

    def names(menu, opened):
        below = [menus[str(child)] for child in menu["children"]]
        kept = [(one, names(one, opened)) for one in below]
        menu["children"] = [one["id"] for one, found in kept if found]
        own = {menu["xmlid"]} if menu["xmlid"] in wanted and menu["actionID"] != opened else set()
        return own.union(*(found for _one, found in kept))

    apps = [menus[str(app)] for app in menus["root"]["children"]]
    return {
        app["xmlid"]: {app["xmlid"], *names(app, app["actionID"])}
        for app in apps
        if app["xmlid"].startswith("mlm_")
    }


def enter(page, office, role, wanted):
    """Open the back office with some menus only; what `prune` told."""
    clicked = {}

    def answer(route):
        response = route.fetch()
        menus = response.json()
        clicked.update(prune(menus, wanted))
        route.fulfill(response=response, json=menus)

    page.route("**/web/webclient/load_menus*", answer)
    authenticate(page, office, role)
    page.goto(f"{office.url}/odoo", timeout=90_000)
    page.wait_for_function("window.odoo?.isReady === true", timeout=90_000)
    return clicked


def authenticate(page, office, role):
    """Log in without the login page, and the web client behind it, to be built first."""
    login = {"db": office.db, "login": role, "password": role}
    page.request.post(f"{office.url}/web/session/authenticate", data={"params": login})


def click_everywhere(page, app):
    """Click through an app; what the bot said, with its complaints last."""
    said, errors = [], []

    def read(message):
        (errors if message.type == "error" else said).append(message.text)

    page.on("console", read)
    try:
        # a busy machine is no reason to fail
        with page.expect_console_message(
            lambda one: one.text == SUCCESS or one.type == "error", timeout=600_000
        ):
            page.evaluate(START, app)
    except NeverEnded:
        errors.append("the bot did not end")
    page.remove_listener("console", read)
    return said, errors


@pytest.mark.parametrize("role", ROLES)
def test_apps(office, fresh, browser_page, role):
    page = browser_page(1300)
    clicked = enter(page, office, role, fresh[role])
    assert clicked
    for app, wanted in clicked.items():
        said, errors = click_everywhere(page, app)
        assert not errors, "\n".join([*said[-5:], *errors])
        # the last word is the name of the menu
        assert {one.split()[-1] for one in said if one.startswith("Testing menu ")} == wanted


def test_distributors_have_no_back_office(office, browser_page):
    page = browser_page(1300)
    authenticate(page, office, "portal")
    page.goto(f"{office.url}/odoo")
    page.wait_for_url("**/my**")
    assert not page.locator(".o_main_navbar").count()


def test_a_broken_menu_is_found(office, fresh, browser):
    """By the warehouse, whose other menus open."""
    menu = "mlm_genealogy.menu_holding"
    assert menu in fresh["warehouse"]
    broken = f"env.ref({menu!r}).action.context = {{!r}}\nenv.cr.commit()"
    office.run_script(broken.format("{'default_x': nobody_said_what}"))
    page = browser.new_page()  # its errors are what is looked for
    clicked = enter(page, office, "warehouse", [menu])
    (app,) = (app for app, names in clicked.items() if menu in names)
    said, errors = click_everywhere(page, app)
    page.close()
    menus = [one for one in said if one.startswith("Testing menu ")]
    assert errors and menus[-1].endswith(menu), said
