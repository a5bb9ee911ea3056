# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What several sections share."""

from dataclasses import dataclass

from ...kernel.exact import E6
from ...kernel.text import _
from .. import params as make

PERCENT = E6 // 100
#: Entries of sections; the tables of results have room for 63 bonuses (``tables.py``), and
#: the validator plays each plan.
MOST_BONUSES, MOST_MEASURES, MOST_RANKS, MOST_TREES = 60, 200, 60, 8
MOST_PACKAGES, MOST_PROMOTIONS, MOST_CAPS, MOST_PERIODS = 100, 200, 60, 8
#: Conditions in one list.
MOST_CONDITIONS = 30


@dataclass(frozen=True)
class Coded:
    """An entry that others name by its code."""

    code: str = make.plain(
        "code",
        _("Code"),
        help=_("The name used in records; it stays the same from version to version."),
        required=True,
    )


@dataclass(frozen=True)
class Named(Coded):
    """An entry that has a name as well."""

    name: dict = make.plain("names", _("Name"), required=True)


def unique(check, items, path):
    """Complain about codes that stand twice."""
    seen = set()
    for index, item in enumerate(items):
        if item["code"] and item["code"] in seen:
            check.wrong((*path, index, "code"), _("code {code!r} appears twice", code=item["code"]))
        seen.add(item["code"])
