"""The unit tests of our JavaScript, run by Odoo's own page for them.

They stand in `addons/*/static/tests/**/*.test.js`. While writing some: `./mlm serve`, then `/web/tests`
as an administrator.
"""

import re

import pytest
from mlm_cli.paths import ADDONS
from playwright.sync_api import TimeoutError as NeverEnded

#: Add-ons whose screens differ on a phone.
ON_PHONES = ("mlm_base", "mlm_genealogy", "mlm_portal")
PRESETS = {"desktop": (1366, 768), "mobile": (375, 667)}
ENDED = re.compile(r"\[HOOT\] (Passed|Failed|no tests to run)")
SUITE = re.compile(r'\[HOOT\] "(?P<name>\S+)" ended\s+\((?P<counts>.*) time:')


def suites():
    """Names of the suites: one for each file, as the page calls it."""
    found = []
    for path in sorted(ADDONS.glob("*/static/tests/**/*.test.js")):
        module, _static, _tests, *rest = path.relative_to(ADDONS).parts
        found.append("/".join([f"@{module}", *rest]).removesuffix(".test.js"))
    return found


def id_of(suite):
    """How the page names a suite in its address: see Odoo's `HOOTCommon._generate_hash`."""
    number = 0
    for character in suite:
        number = (number * 31 + ord(character)) & 0xFFFFFFFF
    return f"{number:08x}"


def run(page, server, preset, wanted):
    """Run suites; what the page says of each suite that ended, and all its errors."""
    said = []

    def read(message):
        # the styles of the text come as further values
        said.append((message.type, re.sub(r"%c| color:\S+;font-weight:bold", "", message.text)))

    page.on("console", read)
    # without the login page, and the web client behind it, to be built first
    login = {"db": server.db, "login": "admin", "password": "admin"}
    page.request.post(f"{server.url}/web/session/authenticate", data={"params": login})
    ids = "".join(f"&id={id_of(suite)}" for suite in wanted)
    try:
        with page.expect_console_message(lambda one: ENDED.search(one.text), timeout=180_000):
            # a busy machine is no reason to fail: as much time for each test as Odoo gives its own
            options = f"headless&loglevel=1&preset={preset}&timeout=15000"
            page.goto(f"{server.url}/web/tests?{options}{ids}")
    except NeverEnded:
        said.append(("error", "the tests did not end"))
    ended = [found for _type, text in said if (found := SUITE.search(text))]
    counts = {found["name"]: found["counts"] for found in ended}
    return counts, "\n".join(text for type_, text in said if type_ == "error")


@pytest.mark.parametrize("preset", PRESETS)
def test_units(module_odoo_server, browser_page, preset):
    wanted = [
        suite
        for suite in suites()
        if preset == "desktop" or suite.startswith(tuple(f"@{name}/" for name in ON_PHONES))
    ]
    assert wanted
    page = browser_page(*PRESETS[preset])
    counts, errors = run(page, module_odoo_server, preset, wanted)
    # a suite that never ran, or of which a test is left out, failed as well
    wrong = [
        one for one in wanted if not re.fullmatch(r"passed: [1-9]\d* /", counts.get(one, "not run"))
    ]
    assert not wrong, f"{wrong}\n{errors}"
