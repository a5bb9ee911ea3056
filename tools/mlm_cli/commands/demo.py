"""`./mlm demo`: from nothing to a company in Colombia that has posted its commissions up to now."""

import argparse
import json
import os
import shutil
from pathlib import Path
from typing import Any

from .. import company, database, demo_report, runtime
from ..config import Runtime
from ..errors import UserError
from ..names import DEMO_DATABASE
from ..paths import LOGS, OUT, our_addons
from ..progress import Step, note, step
from ..testing.template import fingerprint
from .serve import choose_port, configure_proxy, serve

HELP = "make the demo company, play its cycles up to this week, show the figures, and serve it"
MODULE = "mlm_demo"
READY = "mlm.demo.ready"  # parameter in the database: the fingerprint of the add-ons it was made of
_PROGRESS = "MLM-PROGRESS "

_PLAY = f"""
import json


def progress(done, total=0, text=""):
    print({_PROGRESS!r} + json.dumps([done, total, str(text)]), flush=True)


env["mlm.demo"]._play(progress=progress)
env.cr.commit()
"""
_MARK = """
env["ir.config_parameter"].set_param({key!r}, {value!r})
env.cr.commit()
"""
_SUMMARIZE = """
import json, os
from pathlib import Path

# a demo that an older version made may have the password of a new database
env["mlm.demo"]._secure()
env.cr.commit()
runs = env["mlm.run"].search([("state", "=", "posted")], order="id")
Path(os.environ["MLM_REPORT"]).write_bytes(runs._xlsx_report())
Path(os.environ["MLM_SUMMARY"]).write_text(json.dumps(env["mlm.demo"].with_context(lang="en_US")._summary(), default=str))
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--fresh", action="store_true", help="throw the demo away and make a new one"
    )
    parser.add_argument("--no-serve", action="store_true", help="end after the summary")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the figures for programs")
    parser.add_argument("--port", type=int, help="port of the web client (default 8069)")
    configure_proxy(parser)


def run(arguments: argparse.Namespace) -> int:
    if MODULE not in our_addons():
        raise UserError(f"The add-on {MODULE} is not in this checkout.")
    port = None if arguments.no_serve else choose_port(arguments.port)
    ready = runtime.ensure()
    made_of = fingerprint(ready.tree)
    state = _state(ready)
    if arguments.fresh or not state:
        _make(ready, made_of)
    elif state != made_of:
        note(
            "The add-ons have changed since this demo was made; ./mlm demo --fresh makes a new one."
        )
    summary, report = _summarize(ready)
    print("\n".join(demo_report.lines(summary)), flush=True)
    print(f"\ncommission report: {_shown(report)}")
    if arguments.json:
        _write_json(arguments.json, summary)
        print(f"figures for programs: {arguments.json}")
    wrong = demo_report.contradictions(summary)
    if wrong:
        raise UserError("The figures contradict each other:\n  " + "\n  ".join(wrong[:20]))
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
    with step("Installing the demo company (a few minutes, once)") as shown:
        company.create(ready, DEMO_DATABASE, [MODULE], shown, LOGS / "demo-install.log")
    with step("Playing the cycles up to this week (about three minutes)") as shown:
        company.run_script(
            ready,
            DEMO_DATABASE,
            _PLAY + _MARK.format(key=READY, value=made_of),
            LOGS / "demo-play.log",
            "Playing the demo",
            on_line=lambda line: _show_progress(shown, line),
        )


def _show_progress(shown: Step, line: str) -> None:
    if line.startswith(_PROGRESS):
        done, total, text = json.loads(line[len(_PROGRESS) :])
        shown.update(float(done), float(total), text)


def _summarize(ready: Runtime) -> tuple[dict[str, Any], Path]:
    """The figures of the demo, and the workbook that was written from them."""
    OUT.mkdir(parents=True, exist_ok=True)
    report = OUT / "commission-report.xlsx"
    figures = demo_report.SUMMARY
    with step("Reading the figures"):
        company.run_script(
            ready,
            DEMO_DATABASE,
            _SUMMARIZE,
            LOGS / "demo-summary.log",
            "Reading the figures",
            env={"MLM_REPORT": str(report), "MLM_SUMMARY": str(figures)},
        )
    return json.loads(figures.read_text(encoding="utf-8")), report


def _write_json(path: Path, summary: dict[str, Any]) -> None:
    """Write the part of the summary that programs may rely on."""
    contract = {key: summary[key] for key in ("schema", "cycles")}
    temporary = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    try:
        temporary.write_text(json.dumps(contract, indent=1, ensure_ascii=False) + "\n", "utf-8")
        os.replace(temporary, path)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}") from None


def _shown(path: Path) -> str:
    """A path as short as it can be said from here."""
    return os.path.relpath(path) if Path.cwd() in path.parents else str(path)
