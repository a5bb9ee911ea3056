"""Which run a command is about: named by its number, or the one of a cycle."""

import argparse

from .names import DEMO_DATABASE

#: in `odoo shell`: `chosen_run()` gives the run that MLM_RUN or MLM_CYCLE name, or None
PREAMBLE = """
import json, os
from pathlib import Path

def chosen_run():
    runs, number, cycle = env["mlm.run"], os.environ["MLM_RUN"], os.environ["MLM_CYCLE"]
    if number:
        return runs.search([("number", "=", int(number))])
    domain = [("state", "not in", ("cancelled", "failed", "queued", "computing"))]
    if cycle:
        domain.append(("period_id.number", "=", int(cycle)))
    posted = runs.search([*domain, ("state", "=", "posted")], order="number desc", limit=1)
    return posted or runs.search(domain, order="number desc", limit=1)

def answer(document):
    Path(os.environ["MLM_RESULT"]).write_text(json.dumps(document, default=str))
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-d", "--database", default=DEMO_DATABASE)
    parser.add_argument("--test-server", action="store_true", help="the server of the tests")
    chosen = parser.add_mutually_exclusive_group()
    chosen.add_argument("--run", dest="run_number", type=int, metavar="RUN", help="its number")
    chosen.add_argument(
        "--cycle",
        type=int,
        metavar="N",
        help="the posted run of a cycle, or its last preview (default: the last posted run)",
    )


def environment(arguments: argparse.Namespace) -> dict[str, str]:
    return {
        "MLM_RUN": str(arguments.run_number or ""),
        "MLM_CYCLE": str(arguments.cycle or ""),
    }
