"""Which run a command is about: named by its number, or the one of a cycle."""

import argparse
from typing import Any

from . import chosen
from .errors import UserError
from .language import _

#: in a script that is asked: `chosen_run()` gives the run that MLM_RUN or MLM_CYCLE name, or none
PREAMBLE = """
def chosen_run():
    runs, number, cycle = env["mlm.run"], os.environ["MLM_RUN"], os.environ["MLM_CYCLE"]
    if number:
        return runs.search([("number", "=", int(number))])
    domain = [("state", "not in", ("cancelled", "failed", "queued", "computing"))]
    if cycle:
        domain.append(("period_id.number", "=", int(cycle)))
    posted = runs.search([*domain, ("state", "=", "posted")], order="number desc", limit=1)
    return posted or runs.search(domain, order="number desc", limit=1)
"""


def configure(parser: argparse.ArgumentParser) -> None:
    chosen.configure(parser)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--run", dest="run_number", type=int, metavar="N", help=_("number of the run")
    )
    which.add_argument(
        "--cycle",
        type=int,
        metavar="N",
        help=_("the posted run of a cycle, or its last preview (default: the last posted run)"),
    )


def environment(arguments: argparse.Namespace) -> dict[str, str]:
    return {
        "MLM_RUN": str(arguments.run_number or ""),
        "MLM_CYCLE": str(arguments.cycle or ""),
    }


def require(answer: dict[str, Any] | None) -> dict[str, Any]:
    """The answer about a run.

    :raises UserError: there is none, or the answer says what is wrong
    """
    if answer is None:
        raise UserError(_("There is no such run."))
    if "error" in answer:
        raise UserError(answer["error"])
    return answer
