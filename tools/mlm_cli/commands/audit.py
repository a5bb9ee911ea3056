"""`./mlm audit`: a run computed once more, by the engine and by the reference calculator.

The engine recomputes the whole run from its frozen inputs: digest and stored rows must be the same.
The reference calculator, which shares no code with it, recomputes everybody, a sample, or one
person. Every difference is told by person; the status is 0 only when there is none.
"""

import argparse
import json
from typing import Any

from .. import chosen
from ..errors import UserError
from ..language import _, how_many, number

HELP = _("recompute a run in two ways and tell what differs")
ABOUT = _(
    "The engine recomputes the whole run from its frozen inputs: digest and stored rows must be "
    "the same. The reference calculator, which shares no code with it, recomputes everybody, a "
    "sample, or one person. Every difference is told by person; the exit status is 0 only when "
    "there is none."
)
SHOWN = 50

# what people read beside the document is in the reader's language, and in the document for nobody
_AUDIT = """
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
        return {"error": "nobody"}
    if not scope:
        whole = run._count_members(run.network_id.audit_whole + 1)
        scope = "all" if whole <= run.network_id.audit_whole else "sample"
    size = int(os.environ["MLM_SIZE"] or run.network_id.audit_sample)
    verdict = run._audit(scope, size, person, progress)
    audit = env["mlm.run.audit"].new({"run_id": run.id, "scope": scope})
    found = [
        (values, env["mlm.run.audit.difference"].new({**values, "audit_id": audit}))
        for values in verdict["differences"]
    ]
    document = {
        "run": run.number, "cycle": run.period_id.number, "state": run.state,
        "digest": run.digest, "snapshot_sha": run.snapshot_sha, "scope": scope,
        "people": verdict["people"], "note": verdict["note"],
        "differences": [
            {"kind": one.kind, "code": one.distributor_id.code or None,
             "bonus": one.bonus_id.code or None,
             **(values.get("facts") or {"note": one.note})}
            for values, one in found
        ],
    }
    told = {
        "run": run.display_name, "state": label(run, "state"), "scope": label(audit, "scope"),
        "differences": [
            {"person": one.distributor_id.display_name or "", "text": one.text,
             "what": " ".join(filter(None, (label(one, "kind"), one.bonus_id.display_name)))}
            for _values, one in found
        ],
    }
    return {"document": document, "told": told}

run = chosen_run(int(os.environ["MLM_RUN"]))
if not run or not run.digest or run.state == "cancelled":
    answer({"error": "no run"})
else:
    answer(audited(run))
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "run",
        type=int,
        metavar=_("RUN"),
        help=_("number of a run, or of a cycle (its posted run)"),
    )
    chosen.configure(parser)
    scope = parser.add_mutually_exclusive_group()
    scope.add_argument("--all", action="store_true", help=_("everybody, however many"))
    scope.add_argument("--sample", type=int, metavar="N", help=_("N people drawn by chance"))
    scope.add_argument("--payee", metavar=_("CODE"), help=_("one person"))
    chosen.configure_json(parser)


def run(arguments: argparse.Namespace) -> int:
    if arguments.sample is not None and arguments.sample < 1:
        raise UserError(_("A sample needs at least one person."))
    ready = chosen.ready(arguments)
    scope = "all" if arguments.all else "sample" if arguments.sample else ""
    found = chosen.ask(
        ready,
        arguments.database,
        _AUDIT,
        "audit",
        _("Recomputing the run"),
        env={
            "MLM_RUN": str(arguments.run),
            "MLM_SCOPE": "person" if arguments.payee else scope,
            "MLM_SIZE": str(arguments.sample or ""),
            "MLM_PAYEE": arguments.payee or "",
        },
        lang="" if arguments.json else None,
    )
    if found.get("error") == "nobody":
        raise UserError(_("There is nobody with the code {code}.", code=arguments.payee))
    if "error" in found:
        raise UserError(_("There is no computed run or cycle {number}.", number=arguments.run))
    document = found["document"]
    if arguments.json:
        print(json.dumps(document, indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(document, found["told"])))
    return 1 if document["differences"] else 0


def lines(document: dict[str, Any], told: dict[str, Any]) -> list[str]:
    """The verdict as text: what was looked at, then every difference below its person.

    :param told: the document's run, state, scope and differences in the reader's words
    """
    shown = [
        f"{told['run']} · {told['state']}",
        _("result {digest}", digest=document["digest"]),
        how_many(
            document["people"],
            "{count} person recomputed by the reference calculator ({scope})",
            "{count} people recomputed by the reference calculator ({scope})",
            scope=told["scope"],
        ),
    ]
    if document["note"]:
        shown.append(document["note"])
    person, differences = "", told["differences"]
    for one in differences[:SHOWN]:
        if one["person"] != person:
            person = one["person"]
            shown.append(person)
        shown.append(f"  {one['what']}: {one['text']}")
    if len(differences) > SHOWN:
        left = number(len(differences) - SHOWN)
        shown.append(_("… {count} more (--json shows all)", count=left))
    shown.append(
        how_many(len(differences), "{count} difference", "{count} differences")
        if differences
        else _("Both calculations give what is stored.")
    )
    return shown
