# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rounding, trees, kinds of period, activity: readers of these sections."""

from .. import params
from ..document import suggestion
from ..exact import E4, MODES

TREE_KINDS = ("binary", "matrix", "free")
_PERIOD_KINDS = ("days", "month", "weeks_of_month")


def rounding(check, value):
    path = ("rounding",)
    data = check.mapping(value, path, ("mode", "unit"))
    unit = check.number(data.get("unit", 0), (*path, "unit"), E4)
    if unit <= 0:
        check.wrong((*path, "unit"), "the rounding unit must be positive")
        unit = 1
    mode = check.choice(data.get("mode"), (*path, "mode"), MODES)
    return {"mode": mode, "unit_e4": unit}


def trees(check, value):
    """Placement trees of the plan; the sponsor tree is always there.

    ``placement`` stands for the binary tree of that code.
    """
    result = []
    for path, item in check.sequence(value, ("trees",)):
        if item == "sponsor":
            continue
        if isinstance(item, str):
            item = {"code": item, "kind": "binary"}
        data = check.mapping(item, path, ("code", "kind"), ("width",))
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "kind": check.choice(data.get("kind"), (*path, "kind"), TREE_KINDS),
                "width": check.integer(data.get("width", 0), (*path, "width"), 0),
            }
        )
    return result


def periods(check, value):
    """Kinds of period in the order written: the first is the ledger's."""
    result = {}
    for code, item in check.mapping(value, ("periods",)).items():
        path = ("periods", code)
        kind = item.get("kind") if isinstance(item, dict) else None
        kind = check.choice(kind, (*path, "kind"), _PERIOD_KINDS)
        result[code] = (_days if kind == "days" else _month)(check, item, path, kind, result)
    return result


def _days(check, item, path, kind, known):
    keys = ("kind", "days", "anchor_number", "anchor_start")
    data = check.mapping(item, path, keys, ("pay_after_start",))
    return {
        "kind": kind,
        "days": check.integer(data.get("days"), (*path, "days"), 1, 7),
        "anchor_number": check.integer(data.get("anchor_number"), (*path, "anchor_number")),
        "anchor_start": check.day(data.get("anchor_start"), (*path, "anchor_start")),
        "pay_after_start": check.integer(
            data.get("pay_after_start", 0), (*path, "pay_after_start"), 0
        ),
    }


def _month(check, item, path, kind, known):
    optional = ("pay_day",) if kind == "month" else ("pay_day", "of")
    data = check.mapping(item, path, ("kind", "anchor_number", "anchor_start"), optional)
    found = {
        "kind": kind,
        "anchor_number": check.integer(data.get("anchor_number"), (*path, "anchor_number")),
        "anchor_start": check.day(data.get("anchor_start"), (*path, "anchor_start")),
        "pay_day": check.integer(data.get("pay_day", 15), (*path, "pay_day"), 1, 15),
    }
    if kind == "weeks_of_month":
        days = {code: one for code, one in known.items() if one["kind"] == "days"}
        code = data.get("of", next(iter(days), None))
        if code not in days:
            where = (*path, "of")
            check.wrong(where, f"{code!r} is no kind of days above", suggestion(code, days))
        found["of"], found["week"] = code, days.get(code)
    return found


def activity(check, value, plan):
    if value is None:
        return None
    path = ("activity",)
    data = check.mapping(value, path, ("period", "pv"), ("window", "by_rank", "held"))
    ranks = plan["codes"]["ranks"]
    by_rank = {}
    for code, pv in check.mapping(data.get("by_rank") or {}, (*path, "by_rank")).items():
        where = (*path, "by_rank", code)
        if code not in ranks:
            check.wrong(where, f"unknown rank {code!r}", suggestion(code, ranks))
        by_rank[code] = check.number(pv, where, E4, 0)
    pv_e4 = check.number(data.get("pv"), (*path, "pv"), E4, 0)
    return {
        "period": check.choice(data.get("period"), (*path, "period"), plan["periods"]),
        "pv_e4": pv_e4,
        "window": check.integer(data.get("window", 1), (*path, "window"), 1, 1),
        "by_rank_e4": params.nearest_lower([by_rank.get(code) for code in ranks], pv_e4),
        "held": check.choice(data.get("held", "paid"), (*path, "held"), ("paid", "title")),
    }
