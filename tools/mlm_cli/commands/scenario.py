"""`./mlm scenario`: play a scenario file, by the engine alone or through Odoo."""

import argparse
import json
import sys
from pathlib import Path

from .. import chosen, demo_report, files, runtime
from ..language import ENGLISH, SPANISH, _, how_many, speak, spoken
from ..progress import note, step
from ..testing import template
from ..testing.databases import scratch

HELP = _("play a scenario file and compare it with what it expects")

_THROUGH_ODOO = """
answer(env["mlm.scenario.player"]._play_file(os.environ["MLM_SCENARIO"], progress))
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("FILE"), help=_("scenario in YAML"))
    chosen.configure_json(parser)
    parser.add_argument("--explain", metavar=_("CODE"), help=_("explain one person's cycles"))
    parser.add_argument(
        "--lang",
        choices=(SPANISH, ENGLISH),
        help=_("language (default: the console's; of --json, English, explanations in Spanish)"),
    )
    parser.add_argument(
        "--through-odoo",
        action="store_true",
        help=_("play it with real orders, invoices and payments in a scratch database"),
    )


def run(arguments: argparse.Namespace) -> int:
    if arguments.lang:
        speak(arguments.lang)
    files.require(arguments.file)
    if arguments.through_odoo:
        return _through_odoo(arguments)
    options = [str(arguments.file)]
    options += ["--json"] if arguments.json else []
    options += ["--explain", arguments.explain] if arguments.explain else []
    lang = arguments.lang or ("" if arguments.json else spoken())
    options += ["--lang", lang] if lang else []
    from mlm_engine.scenario import cli

    return cli.main(options)


def _through_odoo(arguments: argparse.Namespace) -> int:
    from mlm_engine.scenario import cli

    try:
        cli.load(arguments.file)  # a mistake in the file is found before any database is made
    except (cli.ScenarioError, OSError) as error:
        print(cli.refusal(error, arguments.file, spoken()), file=sys.stderr)
        return 2
    ready = runtime.ensure("test")
    with step(_("Preparing a database")) as shown:
        name = template.ensure(ready, shown)
    with scratch(ready.server, name, "scenario") as database:
        document = chosen.ask(
            ready,
            database,
            _THROUGH_ODOO,
            "scenario",
            _("Playing the scenario through Odoo"),
            env={"MLM_SCENARIO": str(arguments.file.resolve())},
            lang="" if arguments.json else None,
        )
    differences = document.get("differences", [])
    if arguments.json:
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        print("\n".join(demo_report.lines(document)))
        for one in differences:
            print(one)
        note(
            how_many(len(differences), "{count} difference", "{count} differences")
            if differences
            else _("as expected")
        )
    return 1 if differences else 0
