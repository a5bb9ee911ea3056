# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The schema of plan documents: one reader per section.

``canonical`` turns a parsed document into plain JSON data in which numbers are
scaled integers, days ordinals and cross-references indexes; it collects every
problem. Whether the plan makes sense as a whole is ``plan.review``'s question.
"""

from . import params as rule_params
from . import rules
from .document import Checker, suggestion
from .exact import E4, E6, MODES
from .measures import BY_NAME as MEASURES

CONTRACT = 1
PERCENT = E6 // 100

_REQUIRED = ("plan", "name", "version", "currency", "rounding", "periods", "bonuses")
_OPTIONAL = (
    "valid_from",
    "trees",
    "activity",
    "packages",
    "ranks",
    "promotions",
    "catalog",
)
_TREES = ("sponsor", "placement")


def canonical(document):
    """Return ``(plan, problems)`` of a parsed document."""
    check = Checker()
    data = check.mapping(document, (), _REQUIRED, _OPTIONAL)
    currency = check.mapping(data.get("currency"), ("currency",), ("base", "company"))
    plan = {
        "contract": CONTRACT,
        "code": check.code(data.get("plan"), ("plan",)),
        "name": check.names(data.get("name"), ("name",)),
        "version": check.integer(data.get("version"), ("version",), 1),
        "base_currency": currency.get("base"),
        "company_currency": currency.get("company"),
        "valid_from": _optional_day(check, data, "valid_from"),
        "trees": [
            check.choice(item, path, _TREES)
            for path, item in check.sequence(data.get("trees"), ("trees",))
        ],
        "rounding": _rounding(check, data.get("rounding")),
        "periods": _periods(check, data.get("periods")),
    }
    plan["activity"] = _activity(check, data.get("activity"), plan)
    plan["packages"] = _packages(check, data.get("packages"))
    plan["catalog"] = _catalog(check, data.get("catalog"), plan)
    plan["bonuses"] = _bonuses(check, data.get("bonuses"), plan)
    plan["ranks"] = _ranks(check, data.get("ranks"), plan)
    plan["promotions"] = _promotions(check, data.get("promotions"))
    plan["source"] = _jsonable(document)
    return plan, check.problems


def _jsonable(value):
    if isinstance(value, dict):
        return {str(name): _jsonable(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_jsonable(item) for item in value]
    if value is None or isinstance(value, (bool, int, str)):
        return value
    return str(value)


def _optional_day(check, data, name):
    if data.get(name) is None:
        return None
    return check.day(data[name], (name,))


def _rounding(check, value):
    path = ("rounding",)
    data = check.mapping(value, path, ("mode", "unit"))
    unit = check.number(data.get("unit", 0), (*path, "unit"), E4)
    if unit <= 0:
        check.wrong((*path, "unit"), "the rounding unit must be positive")
        unit = 1
    mode = check.choice(data.get("mode"), (*path, "mode"), MODES)
    return {"mode": mode, "unit_e4": unit}


def _periods(check, value):
    result = {}
    keys = ("kind", "days", "anchor_number", "anchor_start")
    for code, item in check.mapping(value, ("periods",)).items():
        path = ("periods", code)
        data = check.mapping(item, path, keys, ("pay_after_start",))
        result[code] = {
            "kind": check.choice(data.get("kind"), (*path, "kind"), ("days",)),
            "days": check.integer(data.get("days"), (*path, "days"), 1, 7),
            "anchor_number": check.integer(data.get("anchor_number"), (*path, "anchor_number")),
            "anchor_start": check.day(data.get("anchor_start"), (*path, "anchor_start")),
            "pay_after_start": check.integer(
                data.get("pay_after_start", 0), (*path, "pay_after_start"), 0
            ),
        }
    return result


def _activity(check, value, plan):
    if value is None:
        return None
    path = ("activity",)
    data = check.mapping(value, path, ("period", "pv"), ("window",))
    return {
        "period": check.choice(data.get("period"), (*path, "period"), plan["periods"]),
        "pv_e4": check.number(data.get("pv"), (*path, "pv"), E4, 0),
        "window": check.integer(data.get("window", 1), (*path, "window"), 1, 1),
    }


def _packages(check, value):
    result = []
    keys = ("months", "repeat_pct")
    for path, item in check.sequence(value, ("packages",)):
        data = check.mapping(item, path, ("code", "name", "pct"), keys)
        months = data.get("months")
        repeat = data.get("repeat_pct")
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "name": check.names(data.get("name"), (*path, "name")),
                "rate_e6": _percent(check, data.get("pct"), (*path, "pct")),
                "months": None if months is None else check.integer(months, (*path, "months"), 1),
                "repeat_rate_e6": None
                if repeat is None
                else _percent(check, repeat, (*path, "repeat_pct")),
            }
        )
    _unique(check, result, ("packages",))
    return result


def _catalog(check, value, plan):
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
                "iva_e6": None if iva is None else _percent(check, iva, (*path, "iva")),
                "retail_e4": None
                if retail is None
                else check.number(retail, (*path, "retail"), E4, 0),
                "package": _index(check, data, "package", path, codes),
                "package_from": _index(check, data, "from", path, codes),
                "contents": {
                    str(code): check.integer(count, (*path, "contents", code), 0)
                    for code, count in check.mapping(
                        data.get("contents") or {}, (*path, "contents")
                    ).items()
                },
            }
        )
    _unique(check, result, ("catalog",))
    known = {item["code"] for item in result}
    for index, item in enumerate(result):
        for code in item["contents"]:
            if code not in known:
                where = ("catalog", index, "contents", code)
                check.wrong(where, f"unknown product {code!r}")
        if item["package_from"] >= 0 and item["package"] <= item["package_from"]:
            where = ("catalog", index, "from")
            check.wrong(where, "an upgrade must go to a higher package")
    return result


def _bonuses(check, value, plan):
    result = []
    keys = ("period", "tree", "as_of", "params", "pays_on")
    for path, item in check.sequence(value, ("bonuses",)):
        data = check.mapping(item, path, ("code", "rule", "name"), keys)
        if data.get("pays_on", "sale") != "sale":
            check.wrong(
                (*path, "pays_on"),
                f"a bonus cannot pay on {data['pays_on']!r}: only sales pay, never "
                "enrolment alone (Ley 1700 de 2013, art. 2)",
                "Remove the key or write `pays_on: sale`",
            )
        name = data.get("rule")
        if name not in rules.names():
            remedy = suggestion(name, rules.names())
            check.wrong((*path, "rule"), f"unknown rule {name!r}", remedy)
            continue
        rule = rules.get(name)
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "rule": name,
                "name": check.names(data.get("name"), (*path, "name")),
                "period": check.choice(
                    data.get("period", next(iter(plan["periods"]), None)),
                    (*path, "period"),
                    plan["periods"] or (None,),
                ),
                "tree": data.get("tree", rule.TREE),
                "as_of": check.choice(data.get("as_of", "sale"), (*path, "as_of"), ("sale",)),
                "params": rule_params.read(
                    rule.Params, data.get("params"), check, (*path, "params"), plan
                ),
            }
        )
        if result[-1]["tree"] != rule.TREE:
            check.wrong((*path, "tree"), f"rule {name} reads the tree {rule.TREE}")
    _unique(check, result, ("bonuses",))
    return result


def _ranks(check, value, plan):
    bonuses = [item["code"] for item in plan["bonuses"]]
    result = []
    for path, item in check.sequence(value, ("ranks",)):
        data = check.mapping(item, path, ("code", "name", "min"), ("measure", "pct"))
        measure = str(data.get("measure", ""))
        bonus, _, figure = measure.rpartition(".")
        if measure and bonus and bonus not in bonuses:
            remedy = suggestion(bonus, bonuses)
            check.wrong((*path, "measure"), f"unknown bonus {bonus!r}", remedy)
        if measure and figure not in MEASURES:
            remedy = suggestion(figure, MEASURES)
            check.wrong((*path, "measure"), f"unknown measure {figure!r}", remedy)
        result.append(
            {
                "code": check.code(data.get("code"), (*path, "code")),
                "name": check.names(data.get("name"), (*path, "name")),
                "bonus": bonuses.index(bonus) if bonus in bonuses else -1,
                "measure": int(MEASURES.get(figure, 0)),
                "min_e4": check.number(data.get("min"), (*path, "min"), E4, 0),
                "rate_e6": _percent(check, data.get("pct", 0), (*path, "pct")),
            }
        )
    _unique(check, result, ("ranks",))
    if result and result[0]["min_e4"]:
        check.wrong(("ranks", 0, "min"), "the first rank is everybody's: min is 0")
    return result


def _promotions(check, value):
    result = []
    keys = ("code", "name", "pct", "from", "to")
    for path, item in check.sequence(value, ("promotions",)):
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
                "rate_e6": _percent(check, data.get("pct"), (*path, "pct")),
                "from": check.day(data.get("from"), (*path, "from")),
                "to": check.day(data.get("to"), (*path, "to")),
                "members": listed,
            }
        )
        if result[-1]["to"] < result[-1]["from"]:
            check.wrong((*path, "to"), "the promotion ends before it begins")
    _unique(check, result, ("promotions",))
    return result


def _percent(check, value, path):
    return check.number(value, path, PERCENT, 0)


def _index(check, data, key, path, codes):
    if data.get(key) is None:
        return -1
    code = check.choice(data[key], (*path, key), codes or ("",))
    return codes.index(code) if code in codes else -1


def _unique(check, items, path):
    seen = set()
    for index, item in enumerate(items):
        if item["code"] in seen:
            check.wrong((*path, index, "code"), f"code {item['code']!r} stands twice")
        seen.add(item["code"])
