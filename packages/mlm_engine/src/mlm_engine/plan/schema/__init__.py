# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The schema of plan documents: one module per group of sections.

``canonical`` turns a parsed document into plain JSON data in which numbers are
scaled integers, days ordinals and cross-references indexes; it collects every
problem. Whether the plan makes sense as a whole is ``plan.review``'s question.
"""

from decimal import Decimal

from ..document import MOST_ENTRIES, MOST_PROBLEMS, Checker, TooManyProblems
from ..finding import Finding
from . import bonuses, catalog, general, measures, payout, periods, ranks
from ...kernel.text import _

CONTRACT = 2

_REQUIRED = ("plan", "name", "version", "currency", "rounding", "periods", "bonuses")
_OPTIONAL = (
    "valid_from",
    "trees",
    "activity",
    "packages",
    "measures",
    "ranks",
    "rank_policy",
    "promotions",
    "caps",
    "payout",
    "catalog",
    "sources",
)
_CODED = ("packages", "catalog", "measures", "ranks", "bonuses", "promotions", "trees")


def canonical(document):
    """Return ``(plan, problems)`` of a parsed document; ``plan`` is ``None`` where it has
    too many of them."""
    check = Checker()
    try:
        return _canonical(check, document), check.problems
    except TooManyProblems:
        last = Finding(
            (),
            _("more than {most} problems", most=MOST_PROBLEMS),
            _("Fix these first"),
        )
        return None, [*check.problems, last]


def _canonical(check, document):
    data = check.mapping(document, (), _REQUIRED, _OPTIONAL)
    plan = {
        "contract": CONTRACT,
        **general.general(check, data),
        "trees": general.trees(check, data.get("trees")),
        "periods": periods.periods(check, data.get("periods")),
        # Sections refer to each other both ways, so their codes come first.
        "codes": _codes(data),
        "measure_volumes": measures.volumes(data),
    }
    plan["activity"] = general.activity(check, data.get("activity"), plan)
    plan["packages"] = catalog.packages(check, data.get("packages"), plan)
    plan["catalog"] = catalog.products(check, data.get("catalog"), plan)
    plan["measures"] = measures.measures(check, data.get("measures"), plan)
    plan["bonuses"] = bonuses.bonuses(check, data.get("bonuses"), plan)
    plan["ranks"] = ranks.ranks(check, data.get("ranks"), plan)
    plan["rank_policy"] = ranks.policy(check, data.get("rank_policy"), plan)
    plan["promotions"] = catalog.promotions(check, data.get("promotions"))
    plan["caps"] = payout.caps(check, data.get("caps"), plan)
    plan["payout"] = payout.payout(check, data.get("payout"), plan)
    plan["source"] = _jsonable(document)
    del plan["codes"], plan["measure_volumes"]
    return plan


def _codes(data):
    found = {}
    for section in _CODED:
        items = data.get(section)
        items = items if isinstance(items, list) else []
        found[section] = [
            _code(item.get("code") if isinstance(item, dict) else section == "trees" and item)
            for item in items[:MOST_ENTRIES]
            if section != "trees" or item != "sponsor"
        ]
    return found


def _code(value):
    """Return a code as ``Checker.code`` will read it; empty where it reports it, and then
    nobody says that others name a code that there is not."""
    if isinstance(value, bool) or not isinstance(value, (str, int, Decimal)):
        return ""
    return str(value).strip()


def _jsonable(value):
    if isinstance(value, dict):
        return {str(name): _jsonable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)
