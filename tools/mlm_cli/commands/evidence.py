"""`./mlm evidence`: one file from which an outsider recomputes a run offline."""

import argparse
import json
from pathlib import Path

from .. import company, run_choice, runtime
from ..errors import UserError
from ..paths import LOGS, STATE
from ..progress import note
from .backup import require_odoo

HELP = "write the evidence pack of a run: inputs, plan, program, results, and how to check them"

_TAKE = (
    run_choice.PREAMBLE
    + """
run = chosen_run()
if not run:
    answer({"error": "There is no such run."})
else:
    from odoo.exceptions import UserError
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
        "-o", "--output", type=Path, metavar="FILE", help="the zip (default: a name of its own)"
    )


def run(arguments: argparse.Namespace) -> int:
    ready = runtime.ensure("test" if arguments.test_server else "main")
    require_odoo(ready, arguments.database)
    result = STATE / "evidence.json"
    result.unlink(missing_ok=True)
    company.run_script(
        ready,
        arguments.database,
        _TAKE,
        LOGS / "evidence.log",
        "The evidence",
        env={
            **run_choice.environment(arguments),
            "MLM_OUTPUT": str(arguments.output.resolve()) if arguments.output else "",
            "MLM_RESULT": str(result),
        },
    )
    found = json.loads(result.read_text(encoding="utf-8"))
    if "error" in found:
        raise UserError(found["error"])
    path = Path(found["file"])
    note(f"{path}: {path.stat().st_size / 1e6:.1f} MB, {found['run']}, digest {found['digest']}")
    return 0
