"""`./mlm compare`: the old system's results beside a run, every difference with its cause."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .. import chosen, files, run_choice
from ..language import ENGLISH, SPANISH, _, exact, how_many, number, speak
from ..progress import note

HELP = _("compare the results of another system with a run: each difference and its cause")

_COMPARE = (
    run_choice.PREAMBLE
    + """
from odoo.exceptions import UserError
run = chosen_run()
if not run:
    answer(None)
else:
    try:
        data = Path(os.environ["MLM_FILE"]).read_bytes()
        document = env["mlm.comparison"]._compare(run, data).document(env)
    except UserError as error:
        answer({"unreadable": str(error)})
    else:
        document.update(
            run=run.number,
            cycle=run.period_id.number,
            state=run.state,
            currency=run.currency_id.name,
        )
        answer({"document": document, "run": run.display_name, "state": label(run, "state")})
"""
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        type=Path,
        metavar=_("FILE"),
        help=_("CSV or XLSX: code, bonus (none: total), amount, optionally rank …"),
    )
    run_choice.configure(parser)
    parser.add_argument(
        "--lang",
        choices=(SPANISH, ENGLISH),
        help=_("language (default: the console's; of --json, English)"),
    )
    chosen.configure_json(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.lang:
        speak(arguments.lang)
    files.require(arguments.file)
    found = chosen.ask(
        chosen.ready(arguments),
        arguments.database,
        _COMPARE,
        "compare",
        _("Comparing the results"),
        env={
            **run_choice.environment(arguments),
            "MLM_FILE": str(arguments.file.resolve()),
        },
        lang=arguments.lang or (ENGLISH if arguments.json else None),
    )
    found = run_choice.require(found)
    if "unreadable" in found:
        print(found["unreadable"], file=sys.stderr)
        return 2
    document = found["document"]
    if arguments.json:
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        print(f"{found['run']} · {found['state']}")
        print("\n".join(lines(document)))
        differing = document["compared"] - document["equal"]
        note(
            how_many(
                document["compared"],
                "{differing} of {count} amount differs",
                "{differing} of {count} amounts differ",
                differing=number(differing),
            )
            if differing
            else _("no difference")
        )
    return 1 if document["differences"] else 0


def lines(document: dict[str, Any]) -> list[str]:
    """The comparison as text: totals, causes, then every difference below its cause."""
    totals = {
        _("old system"): document["old"],
        _("here"): document["ours"],
        _("difference"): document["difference"],
    }
    wide = max(map(len, totals))
    shown = [
        f"{name:<{wide}}{exact(amount):>24} {document['currency']}"
        for name, amount in totals.items()
    ]
    if not document["differences"]:
        return shown
    width = max(len(one["name"]) for one in document["causes"])
    shown.append("")
    for one in document["causes"]:
        count = how_many(one["lines"], "{count} line", "{count} lines")
        shown.append(f"{one['name']:<{width}}{count:>15}{exact(one['difference']):>22}")
    for cause in document["causes"]:
        shown += ["", cause["name"]]
        for one in document["differences"]:
            if one["cause"] == cause["cause"]:
                what = " ".join(filter(None, (one["code"], one["bonus"])))
                amounts = f"{exact(one['old'])} → {exact(one['ours'])}"
                shown.append(f"  {what:<24} {amounts}  ({exact(one['difference'])})")
                shown.append(f"      {one['note']}")
    return shown
