"""`./mlm scenario`: play a scenario file, by the engine alone or through Odoo."""

import argparse
import json
import sys
from pathlib import Path

from .. import company, demo_report, runtime
from ..errors import UserError
from ..paths import LOGS, STATE
from ..progress import note, step
from ..testing import template
from ..testing.databases import scratch

HELP = "play a scenario file and compare it with what it expects"

_THROUGH_ODOO = """
import json, os
from pathlib import Path

result = env["mlm.scenario.player"]._play_file(os.environ["MLM_SCENARIO"])
Path(os.environ["MLM_RESULT"]).write_text(json.dumps(result, default=str))
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, help="scenario in YAML")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead")
    parser.add_argument("--explain", metavar="CODE", help="explain one person's cycles")
    parser.add_argument(
        "--lang",
        choices=("es", "en"),
        help="of problems, warnings and explanations; else English, explanations in Spanish",
    )
    parser.add_argument(
        "--through-odoo",
        action="store_true",
        help="play it with real orders, invoices and payments in a scratch database",
    )


def run(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        raise UserError(f"There is no file {arguments.file}.")
    if arguments.through_odoo:
        return _through_odoo(arguments)
    options = [str(arguments.file)]
    options += ["--json"] if arguments.json else []
    options += ["--explain", arguments.explain] if arguments.explain else []
    options += ["--lang", arguments.lang] if arguments.lang else []
    from mlm_engine.scenario import cli

    return cli.main(options)


def _through_odoo(arguments: argparse.Namespace) -> int:
    from mlm_engine.scenario import cli

    try:
        cli.load(arguments.file)  # a mistake in the file is found before any database is made
    except (cli.ScenarioError, OSError) as error:
        print(cli.refusal(error, arguments.file, arguments.lang or "en"), file=sys.stderr)
        return 2
    ready = runtime.ensure("test")
    result = STATE / "scenario.json"
    with step("Template database") as shown:
        name = template.ensure(ready, shown)
    with scratch(ready.server, name, "scenario") as database, step("Playing through Odoo"):
        company.run_script(
            ready,
            database,
            _THROUGH_ODOO,
            LOGS / "scenario.log",
            "Playing the scenario",
            env={"MLM_RESULT": str(result), "MLM_SCENARIO": str(arguments.file.resolve())},
        )
    document = json.loads(result.read_text(encoding="utf-8"))
    differences = document.get("differences", [])
    if arguments.json:
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        print("\n".join(demo_report.lines(document)))
        for one in differences:
            print(f"differs: {one}")
        note(f"{len(differences)} differences" if differences else "as expected")
    return 1 if differences else 0
