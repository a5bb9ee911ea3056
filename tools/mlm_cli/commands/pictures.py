"""`./mlm pictures`: the pictures of the README, taken of the demo company as it is now."""

import argparse
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .. import chosen, runtime
from ..demo_report import SUMMARY
from ..errors import UserError
from ..language import _
from ..names import DEMO_DATABASE
from ..paths import ROOT
from ..progress import note
from ..testing import chromium, processes

HELP = _("take the pictures of the README from the demo company, in Spanish")
FOLDER = ROOT / "docs" / "images"
DESKTOP, PHONE = (1300, 860), (390, 860)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--folder",
        type=Path,
        default=FOLDER,
        metavar=_("FOLDER"),
        help=_("where to put them (default {folder})", folder="docs/images"),
    )


def run(arguments: argparse.Namespace) -> int:
    ready = runtime.ensure()
    chosen.require(ready, DEMO_DATABASE)
    if not SUMMARY.exists():
        raise UserError(_("the demo company is made by {command}", command="./mlm demo"))
    logins = json.loads(SUMMARY.read_text(encoding="utf-8"))["logins"]
    passwords = {one["login"]: one["password"] for one in logins}
    arguments.folder.mkdir(parents=True, exist_ok=True)
    with processes.serve(ready, DEMO_DATABASE) as server, _browser() as browser:
        for shot in SHOTS:
            page = _log_in(browser, server.url, shot, passwords[shot.address])
            page.goto(f"{server.url}{shot.path}")
            shot.show(page)
            page.wait_for_timeout(1500)  # charts draw themselves
            path = arguments.folder / f"{shot.name}.png"
            page.screenshot(path=str(path))
            page.context.close()
            note(
                _(
                    "{path}: {login}, {width} pixels wide",
                    path=path.name,
                    login=shot.login,
                    width=shot.size[0],
                )
            )
    return 0


@dataclass(frozen=True)
class Shot:
    """``show`` brings the page there, from ``path`` on, and waits until it is drawn."""

    name: str
    login: str
    path: str
    show: Callable[[Any], None]
    size: tuple[int, int] = DESKTOP

    @property
    def address(self) -> str:
        return f"{self.login}@demo.local"


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=chromium.ensure(), args=list(chromium.FLAGS)
        )
        yield browser
        browser.close()


def _log_in(browser: Any, url: str, shot: Shot, password: str) -> Any:
    width, height = shot.size
    context = browser.new_context(
        viewport={"width": width, "height": height},
        locale="es-CO",
        timezone_id="America/Bogota",
        has_touch=width < 600,
    )
    context.set_default_timeout(60_000)
    page = context.new_page()
    page.goto(f"{url}/web/login?login={shot.address}")
    page.fill("input[name=password]", password)
    page.click("form.oe_login_form button[type=submit]")
    page.wait_for_url(lambda address: "/web/login" not in address)
    return page


def _until(selector: str) -> Callable[[Any], None]:
    return lambda page: page.locator(selector).first.wait_for()


def _run(page: Any) -> None:
    """The posted run of cycle 924."""
    _row(page, "Ciclo 924").click()
    page.locator(".o_mlm_run_summary").first.wait_for()


def _why(page: Any) -> None:
    """The highest earning of the run, explained."""
    _run(page)
    page.locator("button[name=action_earnings]").click()
    page.locator(".o_group_header").first.click()
    page.locator("button[name=action_explain]").first.click()
    page.locator(".modal").first.wait_for()


def _tree(page: Any) -> None:
    page.locator(".o_mlm_tree_search input").fill("María Fernanda")
    page.locator("[role=listbox] [role=option]").first.wait_for()
    page.keyboard.press("Enter")


def _row(page: Any, text: str) -> Any:
    return page.locator(".o_data_row, .o_kanban_record").get_by_text(text).first


SHOTS = (
    Shot("today", "gerente", "/odoo/commissions-today", _until(".o_mlm_today_page")),
    Shot("run", "gerente", "/odoo/action-mlm_commission.action_mlm_run", _run),
    Shot("why", "gerente", "/odoo/action-mlm_commission.action_mlm_run", _why),
    Shot("tree", "gerente", "/odoo/network-tree", _tree),
    Shot("portal", "maria", "/my/network", _until("main")),
    Shot("portal-phone", "maria", "/my/network", _until("main"), PHONE),
)
