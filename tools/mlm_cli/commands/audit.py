"""`./mlm audit`: a run computed once more, by the engine and by the reference calculator.

The engine recomputes the whole run from its frozen inputs: digest and stored rows must be the same.
The reference calculator, which shares no code with it, recomputes everybody, a sample, or one
person. Every difference is told by person; the status is 0 only when there is none.
"""

import argparse
import json
from typing import Any

from .. import company, runtime
from ..errors import UserError
from ..names import DEMO_DATABASE
from ..paths import LOGS, STATE
from ..progress import note, step
from .backup import require_odoo

HELP = "recompute a run in two ways and tell what differs"
SHOWN = 50

_AUDIT = """
import json, os
from pathlib import Path

def answer(document):
    Path(os.environ["MLM_RESULT"]).write_text(json.dumps(document, default=str))

def chosen_run(number):
    runs = env["mlm.run"]
    found = runs.search([("number", "=", number)])
    if found:
        return found
    domain = [("period_id.number", "=", number), ("digest", "!=", False),
              ("state", "!=", "cancelled")]
    posted = runs.search([*domain, ("state", "=", "posted")], order="number desc", limit=1)
    return posted or runs.search(domain, order="number desc", limit=1)

def audited(run):
    scope, code = os.environ["MLM_SCOPE"], os.environ["MLM_PAYEE"]
    person = env["mlm.distributor"].search(
        [("code", "=", code), ("network_id", "=", run.network_id.id)]) if code else None
    if code and not person:
        return {"error": "There is nobody with the code " + code + "."}
    if not scope:
        whole = run._count_members(run.network_id.audit_whole + 1)
        scope = "all" if whole <= run.network_id.audit_whole else "sample"
    size = int(os.environ["MLM_SIZE"] or run.network_id.audit_sample)
    verdict = run._audit(
        scope, size, person, lambda done: print("DONE", int(100 * done), flush=True))
    people = env["mlm.distributor"].browse(
        {one["distributor_id"] for one in verdict["differences"] if one.get("distributor_id")})
    codes = {one.id: one.code for one in people}
    bonuses = {one.id: one.code for one in run.version_id.bonus_ids}
    return {
        "run": run.number, "cycle": run.period_id.number, "state": run.state,
        "digest": run.digest, "snapshot_sha": run.snapshot_sha, "scope": scope,
        "people": verdict["people"], "note": verdict["note"],
        "differences": [
            {"kind": one["kind"], "code": codes.get(one.get("distributor_id")),
             "bonus": bonuses.get(one.get("bonus_id")),
             **(one.get("facts") or {"note": one["note"]})}
            for one in verdict["differences"]
        ],
    }

run = chosen_run(int(os.environ["MLM_RUN"]))
if not run or not run.digest or run.state == "cancelled":
    answer({"error": "There is no computed run or cycle " + os.environ["MLM_RUN"] + "."})
else:
    answer(audited(run))
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("run", type=int, help="number of a run, or of a cycle (its posted run)")
    parser.add_argument("-d", "--database", default=DEMO_DATABASE)
    parser.add_argument("--test-server", action="store_true", help="the server of the tests")
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--all", action="store_true", help="everybody, however many")
    scope.add_argument("--sample", type=int, metavar="N", help="N people drawn by chance")
    scope.add_argument("--payee", metavar="CODE", help="one person")
    parser.add_argument("--json", action="store_true", help="print one JSON document instead")


def run(arguments: argparse.Namespace) -> int:
    if arguments.sample is not None and arguments.sample < 1:
        raise UserError("A sample needs at least one person.")
    ready = runtime.ensure("test" if arguments.test_server else "main")
    require_odoo(ready, arguments.database)
    result = STATE / "audit.json"
    result.unlink(missing_ok=True)
    scope = "all" if arguments.all else "sample" if arguments.sample else ""
    with step("Recomputing") as shown:
        company.run_script(
            ready,
            arguments.database,
            _AUDIT,
            LOGS / "audit.log",
            "The audit",
            on_line=lambda line: _progress(shown, line),
            env={
                "MLM_RUN": str(arguments.run),
                "MLM_SCOPE": "person" if arguments.payee else scope,
                "MLM_SIZE": str(arguments.sample or ""),
                "MLM_PAYEE": arguments.payee or "",
                "MLM_RESULT": str(result),
            },
        )
    found = json.loads(result.read_text(encoding="utf-8"))
    if "error" in found:
        raise UserError(found["error"])
    if arguments.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(found)))
        count = len(found["differences"])
        note(f"{count} differences" if count else "both calculations give what is stored")
    return 1 if found["differences"] else 0


def _progress(shown: Any, line: str) -> None:
    if line.startswith("DONE "):
        shown.update(int(line.split()[1]), 100)


def lines(document: dict[str, Any]) -> list[str]:
    """The verdict as text: what was looked at, then every difference below its person."""
    shown = [
        f"run {document['run']} · cycle {document['cycle']} · {document['state']}",
        f"result {document['digest']}",
        f"{document['people']} people recomputed by the reference ({document['scope']})",
    ]
    if document["note"]:
        shown.append(document["note"])
    person = ""
    for one in document["differences"][:SHOWN]:
        code = one["code"] or "nobody"
        if "note" in one:
            shown.append(f"  {one['note']}")
            continue
        if code != person:
            person = code
            shown.append(code)
        what = " ".join(filter(None, (one["kind"], one["bonus"], _words(one["where"]))))
        shown.append(f"  {what}")
        shown.append(f"      stored:       {_words(one['found']) or 'nothing'}")
        shown.append(f"      by the rules: {_words(one['expected']) or 'nothing'}")
    if len(document["differences"]) > SHOWN:
        shown.append(f"… {len(document['differences']) - SHOWN} more (--json shows all)")
    return shown


def _words(values: dict[str, Any]) -> str:
    return ", ".join(f"{name} {value}" for name, value in values.items())
