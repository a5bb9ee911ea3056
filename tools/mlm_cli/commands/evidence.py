"""`./mlm evidence`: one file from which an outsider recomputes a run offline."""

import argparse
from pathlib import Path

from .. import chosen, run_choice
from ..language import _, megabytes
from ..progress import note

HELP = _("write the evidence pack of a run: inputs, plan, program, results, and how to check them")

_TAKE = (
    run_choice.PREAMBLE
    + """
from odoo.exceptions import UserError
run = chosen_run()
if not run:
    answer(None)
else:
    try:
        with run._take_evidence() as file:
            target = Path(os.environ["MLM_OUTPUT"] or run._get_evidence_name())
            target.write_bytes(file.read())
        env.cr.commit()
        answer({"file": str(target), "run": run.display_name, "digest": run.digest})
    except UserError as error:
        answer({"error": str(error)})
"""
)


def configure(parser: argparse.ArgumentParser) -> None:
    run_choice.configure(parser)
    parser.add_argument(
        "-o",
        "--output",
        type=Path,
        metavar=_("FILE"),
        help=_("the zip (default: a name of its own)"),
    )


def run(arguments: argparse.Namespace) -> int:
    found = chosen.ask(
        chosen.ready(arguments),
        arguments.database,
        _TAKE,
        "evidence",
        _("Writing the evidence pack"),
        env={
            **run_choice.environment(arguments),
            "MLM_OUTPUT": str(arguments.output.resolve()) if arguments.output else "",
        },
    )
    found = run_choice.require(found)
    path = Path(found["file"])
    note(f"{path}: {megabytes(path)}, {found['run']}")
    note(_("result {digest}", digest=found["digest"]))
    return 0
