"""`./mlm check`: look for contradictions in a database. It repairs nothing."""

import argparse
import json

from .. import chosen
from ..language import _, how_many
from ..progress import note

HELP = _("check the integrity rules of a database; nothing is repaired")

_CHECK = """
answer(env["mlm.law"]._check_all())
"""


def configure(parser: argparse.ArgumentParser) -> None:
    chosen.configure(parser)
    chosen.configure_json(parser)


def run(arguments: argparse.Namespace) -> int:
    violations = chosen.ask(
        chosen.ready(arguments),
        arguments.database,
        _CHECK,
        "check",
        _("Checking the integrity rules"),
        lang="" if arguments.json else None,
    )
    if arguments.json:
        print(json.dumps(violations, indent=1, ensure_ascii=False))
    else:
        for one in violations:
            print(f"{one['law']}: {one['subject']}: {one['detail']}\n    {one['description']}")
    note(
        how_many(len(violations), "{count} violation", "{count} violations")
        if violations
        else _("No integrity rule is violated.")
    )
    return 1 if violations else 0
