"""`./mlm demo`: from nothing to a company in Colombia that has posted its commissions up to now."""

import argparse
import os
import shutil
from pathlib import Path
from typing import Any

from .. import chosen, company, database, demo_report, files, runtime
from ..config import Runtime
from ..errors import UserError
from ..language import _
from ..names import DEMO_DATABASE
from ..paths import LOGS, OUT, our_addons
from ..progress import note, step
from ..testing.template import fingerprint
from .serve import choose_port, configure_web, serve

HELP = _("make the demo company, play its cycles up to this week, show the figures, and serve it")
MODULE = "mlm_demo"
READY = "mlm.demo.ready"  # parameter in the database: the fingerprint of the add-ons it was made of

_PLAY = """
env["mlm.demo"]._play(progress=progress)
env["ir.config_parameter"].set_param(os.environ["MLM_READY"], os.environ["MLM_MADE_OF"])
env.cr.commit()
answer(True)
"""
_SUMMARIZE = """
demo = env["mlm.demo"]
# a demo that an older version made may have the password of a new database
demo._secure()
env.cr.commit()
runs = env["mlm.run"].search([("state", "=", "posted")], order="id")
Path(os.environ["MLM_REPORT"]).write_bytes(runs._xlsx_report())
# who serves it later may speak another language
logins = {code[:2]: demo.with_context(lang=code)._logins() for code in ("en_US", "es_CO")}
answer({**demo._summary(), "logins": logins})
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fresh", action="store_true", help=_("throw the demo away and make a new one")
    )
    parser.add_argument("--no-serve", action="store_true", help=_("end after the figures"))
    files.configure_json(parser)
    configure_web(parser)


def run(arguments: argparse.Namespace) -> int:
    if MODULE not in our_addons():
        raise UserError(_("The add-on {name} is not in this checkout.", name=MODULE))
    port = None if arguments.no_serve else choose_port(arguments.port)
    ready = runtime.ensure()
    made_of = fingerprint(ready.tree)
    state = _state(ready)
    if arguments.fresh or not state:
        _make(ready, made_of)
    elif state != made_of:
        note(_("The add-ons have changed since this demo was made."))
        note(_("make a new one: {command}", command="./mlm demo --fresh"))
    summary, report = _summarize(ready)
    print("\n".join(demo_report.lines(summary)), flush=True)
    print("\n" + _("commission report: {path}", path=_shown(report)))
    if arguments.json:
        # the part of the summary that programs may rely on
        files.write_json(arguments.json, {key: summary[key] for key in ("schema", "cycles")})
        print(_("figures for programs: {path}", path=arguments.json))
    wrong = demo_report.contradictions(summary)
    if wrong:
        found = "\n  ".join(wrong[:20])
        raise UserError(_("The figures contradict each other:") + f"\n  {found}")
    if port is None:
        return 0
    return serve(ready, DEMO_DATABASE, port, arguments.proxy)


def _state(ready: Runtime) -> str:
    """The fingerprint a complete demo was made of; empty when there is none, or half of one."""
    if not database.exists(ready.server, DEMO_DATABASE):
        return ""
    if not database.has_odoo(ready.server, DEMO_DATABASE):
        return ""
    with database.cursor(ready.server, DEMO_DATABASE) as cr:
        cr.execute("SELECT value FROM ir_config_parameter WHERE key = %s", [READY])
        row = cr.fetchone()
    return row[0] if row else ""


def _make(ready: Runtime, made_of: str) -> None:
    """Install the company and play its cycles. An interrupted demo is made from its beginning."""
    database.drop(ready.server, DEMO_DATABASE)
    shutil.rmtree(ready.data_dir / "filestore" / DEMO_DATABASE, ignore_errors=True)
    with step(_("Installing the demo company (a few minutes, once)")) as shown:
        company.create(ready, DEMO_DATABASE, [MODULE], shown, LOGS / "demo-install.log")
    chosen.ask(
        ready,
        DEMO_DATABASE,
        _PLAY,
        "demo-play",
        _("Playing the cycles up to this week (about three minutes)"),
        env={"MLM_READY": READY, "MLM_MADE_OF": made_of},
    )


def _summarize(ready: Runtime) -> tuple[dict[str, Any], Path]:
    """The figures of the demo, and the workbook that was written from them."""
    OUT.mkdir(parents=True, exist_ok=True)
    report = OUT / "commission-report.xlsx"
    summary = chosen.ask(
        ready,
        DEMO_DATABASE,
        _SUMMARIZE,
        demo_report.SUMMARY.stem,
        _("Reading the figures"),
        env={"MLM_REPORT": str(report)},
    )
    return summary, report


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    return os.path.relpath(path) if Path.cwd() in path.parents else str(path)
