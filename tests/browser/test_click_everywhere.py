"""Odoo's own clickbot in our apps: every menu, every view of it and every filter, as each role.

What a click asks the server is looked at by `mlm_demo`'s walk of all roles; this one finds what
breaks in the browser.
"""

import pytest
from playwright.sync_api import TimeoutError as NeverEnded
from small_company import SETUP

#: Who sees the most of each kind of work; the other roles see less of the same.
ROLES = ("manager", "accountant", "support")
MORE = """
manager = env["res.users"].search([("login", "=", "manager")])
env["res.users"].create({"name": "Support", "odoobot_state": "disabled", "login": "support",
    "password": "support", "lang": "es_CO", "group_ids": [(6, 0, [
        env.ref("base.group_user").id, env.ref("mlm_base.group_support").id])]})
period = env["mlm.period"].search([("number", "=", 924)])
run = env["mlm.run"].with_user(manager)._create_preview(period.with_user(manager))
run.action_compute()
env.cr.commit()
"""
#: Apps of the suite that the user sees.
APPS = """() => odoo.__WOWL_DEBUG__.root.env.services.menu.getApps()
    .map((app) => app.xmlid).filter((name) => name.startsWith("mlm_"))"""
START = """(app) => odoo.loader.modules.get("@web/webclient/clickbot/clickbot_loader")
    .startClickEverywhere(app)"""
SUCCESS = "clickbot test succeeded"


@pytest.fixture(scope="module")
def office(module_odoo_server):
    module_odoo_server.run_script(SETUP)
    module_odoo_server.run_script(MORE)
    return module_odoo_server


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
def test_apps(office, browser_page, role):
    page = browser_page(1300)
    # without the login page, and the web client behind it, to be built first
    login = {"db": office.db, "login": role, "password": role}
    page.request.post(f"{office.url}/web/session/authenticate", data={"params": login})
    page.goto(f"{office.url}/odoo", timeout=90_000)
    page.wait_for_function("window.odoo?.isReady === true", timeout=90_000)
    apps = page.evaluate(APPS)
    assert apps
    for app in apps:
        said, errors = click_everywhere(page, app)
        assert not errors, "\n".join([*said[-5:], *errors])
        menus = [one for one in said if one.startswith("Testing menu ")]
        assert len(menus) > 5, said
