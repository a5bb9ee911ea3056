"""`./mlm compare`: the old system's results beside a run, every difference with its cause."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from .. import company, run_choice, runtime
from ..errors import UserError
from ..paths import LOGS, STATE
from ..progress import note
from .backup import require_odoo

HELP = "compare the results of another system with a run: each difference and its cause"

_COMPARE = (
    run_choice.PREAMBLE
    + """
run = chosen_run()
if not run:
    answer({"error": "There is no such run."})
else:
    from odoo.exceptions import UserError
    lang = os.environ["MLM_LANG"]
    installed = dict(env["res.lang"].get_installed())
    code = next((one for one in installed if one.startswith(lang)), "en_US")
    comparisons = env["mlm.comparison"].with_context(lang=code)
    try:
        found = comparisons._compare(run.with_env(comparisons.env), Path(os.environ["MLM_FILE"]).read_bytes())
        document = found.document(comparisons.env)
        document.update(
            run=run.number,
            cycle=run.period_id.number,
            state=run.state,
            currency=run.currency_id.name,
        )
        answer(document)
    except UserError as error:
        answer({"unreadable": str(error)})
"""
)


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file", type=Path, help="CSV or XLSX: code, bonus (none: total), amount, optionally rank …"
    )
    run_choice.configure(parser)
    parser.add_argument("--lang", choices=("es", "en"), default="en", help="language of the causes")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead")


def run(arguments: argparse.Namespace) -> int:
    if not arguments.file.is_file():
        raise UserError(f"There is no file {arguments.file}.")
    ready = runtime.ensure("test" if arguments.test_server else "main")
    require_odoo(ready, arguments.database)
    result = STATE / "compare.json"
    result.unlink(missing_ok=True)
    company.run_script(
        ready,
        arguments.database,
        _COMPARE,
        LOGS / "compare.log",
        "The comparison",
        env={
            **run_choice.environment(arguments),
            "MLM_FILE": str(arguments.file.resolve()),
            "MLM_LANG": arguments.lang,
            "MLM_RESULT": str(result),
        },
    )
    found = json.loads(result.read_text(encoding="utf-8"))
    if "error" in found:
        raise UserError(found["error"])
    if "unreadable" in found:
        print(found["unreadable"], file=sys.stderr)
        return 2
    if arguments.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(found)))
        differing = found["compared"] - found["equal"]
        note(f"{differing} of {found['compared']} amounts differ" if differing else "no difference")
    return 1 if found["differences"] else 0


def lines(document: dict[str, Any]) -> list[str]:
    """The comparison as text: totals, causes, then every difference below its cause."""
    currency = document["currency"]
    shown = [
        f"run {document['run']} · cycle {document['cycle']} · {document['state']}",
        f"{'old system':<12}{_money(document['old']):>22} {currency}",
        f"{'here':<12}{_money(document['ours']):>22} {currency}",
        f"{'difference':<12}{_money(document['difference']):>22} {currency}",
    ]
    if not document["differences"]:
        return shown
    width = max(len(one["name"]) for one in document["causes"])
    shown.append("")
    for one in document["causes"]:
        shown.append(
            f"{one['name']:<{width}}{one['lines']:>8} lines{_money(one['difference']):>22}"
        )
    for cause in document["causes"]:
        shown += ["", cause["name"]]
        for one in document["differences"]:
            if one["cause"] == cause["cause"]:
                what = " ".join(filter(None, (one["code"], one["bonus"])))
                amounts = f"{_money(one['old'])} → {_money(one['ours'])}"
                shown.append(f"  {what:<24} {amounts}  ({_money(one['difference'])})")
                shown.append(f"      {one['note']}")
    return shown


def _money(text: str) -> str:
    """Decimal text with its thousands grouped; its decimals as they are."""
    whole, _, rest = text.partition(".")
    grouped = f"{int(whole):,}" if whole not in ("-0", "") else whole
    return f"{grouped}.{rest}" if rest else grouped
