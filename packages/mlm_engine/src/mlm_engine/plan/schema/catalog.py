# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Packages, products and promotions: readers of these sections."""

from ...kernel.exact import E4
from ...kernel.text import _
from ..document import shown, suggestion
from .common import MOST_PACKAGES, MOST_PROMOTIONS, percent, section_index, unique


def packages(check, value, plan):
    result = []
    keys = ("pct", "months", "repeat_pct", "rank", "rank_months")
    for path, item in check.sequence(value, ("packages",), MOST_PACKAGES):
        data = check.mapping(item, path, ("code", "name"), keys)
        months, repeat = data.get("months"), data.get("repeat_pct")
        rank_months = data.get("rank_months", months)
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "name": check.names(data.get("name"), (*path, "name")),
                "rate_e6": percent(check, data.get("pct", 0), (*path, "pct")),
                "months": None if months is None else check.integer(months, (*path, "months"), 1),
                "repeat_rate_e6": None
                if repeat is None
                else percent(check, repeat, (*path, "repeat_pct")),
                "rank": section_index(check, data, "rank", path, plan["codes"]["ranks"]),
                "rank_months": None
                if rank_months is None
                else check.integer(rank_months, (*path, "rank_months"), 1),
            }
        )
    unique(check, result, ("packages",))
    return result


def products(check, value, plan):
    codes = [item["code"] for item in plan["packages"]]
    result = []
    keys = ("iva", "retail", "package", "from", "contents")
    for path, item in check.sequence(value, ("catalog",)):
        data = check.mapping(item, path, ("code", "name", "pv", "cv", "price"), keys)
        iva, retail = data.get("iva"), data.get("retail")
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "name": check.names(data.get("name"), (*path, "name")),
                "pv_e4": check.number(data.get("pv"), (*path, "pv"), E4, 0),
                "cv_e4": check.number(data.get("cv"), (*path, "cv"), E4, 0),
                "price_e4": check.number(data.get("price"), (*path, "price"), E4, 0),
                "iva_e6": None if iva is None else percent(check, iva, (*path, "iva")),
                "retail_e4": None
                if retail is None
                else check.number(retail, (*path, "retail"), E4, 0),
                "package": section_index(check, data, "package", path, codes),
                "package_from": section_index(check, data, "from", path, codes),
                "contents": {
                    str(code): check.integer(count, (*path, "contents", code), 0)
                    for code, count in check.mapping(
                        data.get("contents") or {}, (*path, "contents")
                    ).items()
                },
            }
        )
    unique(check, result, ("catalog",))
    _check_contents(check, result)
    return result


def _check_contents(check, items):
    known = {item["code"] for item in items}
    for index, item in enumerate(items):
        for code in item["contents"]:
            if code not in known and "" not in known:
                where = ("catalog", index, "contents", code)
                check.wrong(
                    where, _("unknown product {code}", code=shown(code)), suggestion(code, known)
                )
        if item["package_from"] >= 0 and item["package"] <= item["package_from"]:
            where = ("catalog", index, "from")
            check.wrong(where, _("an upgrade must go to a higher package"))


def promotions(check, value):
    result = []
    keys = ("code", "name", "pct", "from", "to")
    for path, item in check.sequence(value, ("promotions",), MOST_PROMOTIONS):
        data = check.mapping(item, path, keys, ("members",))
        members = data.get("members", "all")
        listed = None if members == "all" else []
        if listed is not None:
            where = (*path, "members")
            listed = [check.code(code, place) for place, code in check.sequence(members, where)]
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "name": check.names(data.get("name"), (*path, "name")),
                "rate_e6": percent(check, data.get("pct"), (*path, "pct")),
                "from": check.day(data.get("from"), (*path, "from")),
                "to": check.day(data.get("to"), (*path, "to")),
                "members": listed,
            }
        )
        if result[-1]["to"] < result[-1]["from"]:
            check.wrong((*path, "to"), _("the promotion ends before it begins"))
    unique(check, result, ("promotions",))
    return result
