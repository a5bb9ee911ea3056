"""Fixtures for tests outside Odoo's own runner.

`tests/system` and `tests/browser` work with real processes on copies of the template database;
all other folders need neither a database nor Odoo.
"""

import contextlib
import os

import pytest
from mlm_cli import language, runtime
from mlm_cli.progress import step
from mlm_cli.testing import chromium, pages, processes, template
from mlm_cli.testing.databases import scratch

try:
    from hypothesis import settings
except ImportError:  # the engine's tests run without it, too
    settings = None

# tests read what the console says in English, wherever they run
language.speak(language.ENGLISH)

if settings:
    # a busy machine is no reason to fail; the same examples on every run of the whole suite
    settings.register_profile("default", deadline=None, print_blob=True)
    settings.register_profile("ci", deadline=None, print_blob=True, derandomize=True)
    settings.load_profile("ci" if os.environ.get("CI") else "default")


@pytest.fixture(scope="session")
def odoo_runtime():
    """Odoo, the test database server and their configuration, started if need be."""
    return runtime.ensure("test")


@pytest.fixture(scope="session")
def odoo_template(odoo_runtime):
    """Name of the database with all our add-ons, built when they have changed. Copy it only."""
    with step("Template database") as shown:
        return template.ensure(odoo_runtime, shown, os.environ.get("MLM_TEMPLATE", ""))


@pytest.fixture
def odoo_db(odoo_runtime, odoo_template):
    """Name of a scratch copy of the template, dropped after the test."""
    with scratch(odoo_runtime.server, odoo_template, "pytest") as name:
        yield name


@pytest.fixture
def make_odoo_db(odoo_runtime, odoo_template):
    """Function that makes one more scratch database: `make_odoo_db(template=None) -> name`."""

    with contextlib.ExitStack() as stack:
        yield lambda template=None: stack.enter_context(
            scratch(odoo_runtime.server, template or odoo_template, "pytest")
        )


@pytest.fixture(scope="module")
def module_odoo_db(odoo_runtime, odoo_template):
    """Like `odoo_db`, one for all tests of a file."""
    with scratch(odoo_runtime.server, odoo_template, "pytest") as name:
        yield name


@pytest.fixture(scope="session")
def run_odoo_script(odoo_runtime):
    """Function that runs Python in an Odoo process of its own.

    `run_odoo_script(db, code, env=None, check=True, allow_log=())`; `env` here means environment
    variables. The code has `env` and must commit itself. Returns a `ScriptResult`; `allow_log`
    lists regular expressions of warnings that this run is expected to log.
    """

    def run(db, code, env=None, check=True, allow_log=()):
        return processes.run_script(
            odoo_runtime, db, code, env=env, check=check, allow_log=allow_log
        )

    return run


@pytest.fixture(scope="session")
def start_odoo_script(odoo_runtime):
    """Like `run_odoo_script`, but returns the running process at once (to be killed, or waited
    for): `start_odoo_script(db, code, env=None, allow_log=()) -> RunningScript`. Processes still
    running at the end of the session are killed."""
    started = []

    def start(db, code, env=None, allow_log=()):
        started.append(processes.start_script(odoo_runtime, db, code, env=env, allow_log=allow_log))
        return started[-1]

    yield start
    for script in started:
        script.kill()


@pytest.fixture
def odoo_server(odoo_runtime, odoo_db):
    """A scratch database served to browsers: `.url`, `.db`, `.run_script(code)`."""
    with processes.serve(odoo_runtime, odoo_db) as server:
        yield server


@pytest.fixture(scope="module")
def module_odoo_server(odoo_runtime, module_odoo_db):
    """Like `odoo_server`, one for all tests of a file."""
    with processes.serve(odoo_runtime, module_odoo_db) as server:
        yield server


@pytest.fixture(scope="session")
def browser():
    """Debian's chromium, driven by playwright. Fails when there is none: it never skips."""
    from playwright.sync_api import sync_playwright

    executable = chromium.ensure()
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(
            executable_path=executable, args=list(chromium.FLAGS), headless=True
        )
        yield launched
        launched.close()


@pytest.fixture
def browser_page(browser, request):
    """Function that opens a page of a given width: `browser_page(1300)` or `browser_page(390)`.

    The page's time zone and language are those of Colombia. A script error on the page, or a
    server error, fails the test at its end; a failed test leaves a picture in `.mlm/logs/test`.
    """

    opened = pages.PageSet(browser, request.node.name)
    yield opened.open
    opened.close(failed=getattr(request.node, "failed", False))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    report = yield
    if report.when == "call" and report.failed:
        item.failed = True
    return report
