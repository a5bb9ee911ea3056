# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small readers that several sections share."""

from ...kernel.exact import E6
from ...kernel.text import _
from ..document import shown, suggestion

PERCENT = E6 // 100
#: Entries of sections; the tables of results have room for 63 bonuses (``tables.py``), and
#: the validator plays each plan.
MOST_BONUSES, MOST_MEASURES, MOST_RANKS, MOST_TREES = 60, 200, 60, 8
MOST_PACKAGES, MOST_PROMOTIONS, MOST_CAPS, MOST_PERIODS = 100, 200, 60, 8
#: Conditions in one list.
MOST_CONDITIONS = 30


def percent(check, value, path):
    """Return a percentage as millionths."""
    return check.number(value, path, PERCENT, 0)


def section_index(check, data, key, path, codes):
    """Return the index of ``data[key]`` in ``codes``, -1 when it is not given."""
    if data.get(key) is None:
        return -1
    code = check.code(data[key], (*path, key))
    if code and code not in codes and "" not in codes:
        remedy = suggestion(code, codes) or _("The plan declares none")
        check.wrong((*path, key), _("unknown value {code}", code=shown(code)), remedy)
    return codes.index(code) if code in codes else -1


def unique(check, items, path):
    """Complain about codes that stand twice."""
    seen = set()
    for index, item in enumerate(items):
        if item["code"] and item["code"] in seen:
            check.wrong((*path, index, "code"), _("code {code!r} stands twice", code=item["code"]))
        seen.add(item["code"])
