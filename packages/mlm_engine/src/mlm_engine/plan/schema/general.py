# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rounding, trees, kinds of period, activity: readers of these sections."""

from ...kernel.exact import E4, MODES
from ...kernel.text import _
from .. import params
from ..document import shown, suggestion
from .common import MOST_PERIODS, MOST_TREES

TREE_KINDS = ("binary", "matrix", "free")
_PERIOD_KINDS = ("days", "month", "weeks_of_month")
#: days of a period, or until it is paid
_LONGEST = 3_660
#: Read on with this where a kind of period cannot be read, so that its mistake is said once.
_STAND_IN = {
    "kind": "days",
    "days": 7,
    "anchor_number": 1,
    "anchor_start": 719163,
    "pay_after_start": 0,
}


def rounding(check, value):
    path = ("rounding",)
    data = check.mapping(value, path, ("mode", "unit"))
    unit = check.number(data.get("unit", 0), (*path, "unit"), E4)
    if unit <= 0:
        check.wrong((*path, "unit"), _("the rounding unit must be positive"))
        unit = 1
    mode = check.choice(data.get("mode"), (*path, "mode"), MODES)
    return {"mode": mode, "unit_e4": unit}


def trees(check, value):
    """Placement trees of the plan; the sponsor tree is always there.

    ``placement`` stands for the binary tree of that code.
    """
    result = []
    for path, item in check.sequence(value, ("trees",), MOST_TREES):
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
        if len(result) == MOST_PERIODS:
            check.wrong(
                path,
                _("more than {most} entries", most=MOST_PERIODS),
                _("Take some out"),
            )
            break
        data, kind = check.mapping(item, path), None
        if data is item and "kind" not in data:
            check.shape((*path, "kind"), _("'kind' is missing"), suggestion("", _PERIOD_KINDS))
        elif data is item:
            kind = data["kind"]
            if kind not in _PERIOD_KINDS:
                text = _("unknown value {kind}", kind=shown(kind))
                check.shape((*path, "kind"), text, suggestion(kind, _PERIOD_KINDS))
        if kind in _PERIOD_KINDS:
            result[code] = (_days if kind == "days" else _month)(check, item, path, kind, result)
        else:
            result[code] = dict(_STAND_IN)
    if not result:
        check.shape(
            path=("periods",), text=_("no kind of period"), remedy=_("Add e.g. `week: {…}`")
        )
        result["week"] = dict(_STAND_IN)
    return result


def _days(check, item, path, kind, known):
    keys = ("kind", "days", "anchor_number", "anchor_start")
    data = check.mapping(item, path, keys, ("pay_after_start",))
    return {
        "kind": kind,
        "days": check.integer(data.get("days"), (*path, "days"), 1, 7, _LONGEST),
        "anchor_number": check.integer(data.get("anchor_number"), (*path, "anchor_number")),
        "anchor_start": check.day(data.get("anchor_start"), (*path, "anchor_start")),
        "pay_after_start": check.integer(
            data.get("pay_after_start", 0), (*path, "pay_after_start"), 0, 0, _LONGEST
        ),
    }


def _month(check, item, path, kind, known):
    optional = ("pay_day",) if kind == "month" else ("pay_day", "of")
    data = check.mapping(item, path, ("kind", "anchor_number", "anchor_start"), optional)
    found = {
        "kind": kind,
        "anchor_number": check.integer(data.get("anchor_number"), (*path, "anchor_number")),
        "anchor_start": check.day(data.get("anchor_start"), (*path, "anchor_start")),
        "pay_day": check.integer(data.get("pay_day", 15), (*path, "pay_day"), 1, 15, 366),
    }
    if kind == "weeks_of_month":
        days = {code: one for code, one in known.items() if one["kind"] == "days"}
        code = str(data.get("of", next(iter(days), "")))
        if code not in days:
            where, remedy = (*path, "of"), suggestion(code, days) or _("Declare one first")
            check.wrong(where, _("{code} is no kind of days above", code=shown(code)), remedy)
        found["of"], found["week"] = code, days.get(code, _STAND_IN)
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
        if str(code) not in ranks:
            check.wrong(where, _("unknown rank {code}", code=shown(code)), suggestion(code, ranks))
        by_rank[str(code)] = check.number(pv, where, E4, 0)
    pv_e4 = check.number(data.get("pv"), (*path, "pv"), E4, 0)
    return {
        "period": check.choice(data.get("period"), (*path, "period"), plan["periods"]),
        "pv_e4": pv_e4,
        "window": check.integer(data.get("window", 1), (*path, "window"), 1, 1, 1_000),
        "by_rank_e4": params.nearest_lower([by_rank.get(code) for code in ranks], pv_e4),
        "held": check.choice(data.get("held", "paid"), (*path, "held"), ("paid", "title")),
    }
