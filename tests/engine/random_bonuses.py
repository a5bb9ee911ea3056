# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Random parameters of every rule: ``draw(draft, rule)`` gives params and settings."""

from dataclasses import fields

from mlm_engine import rules
from mlm_engine.plan.params import describe
from mlm_engine.plan.schema import bonuses

#: Parameters that a plan may leave out.
OPTIONAL = (
    *("base", "customers", "base_pct", "levels_by_rank", "compression", "own", "ineligible"),
    *("rank_by", "own_group", "empty", "reduced", "from_level", "min_pct", "above", "tiers"),
    *("remainder", "of", "in_a_row", "once", "highest_only", "active_only", "pv_tiers"),
    *("unqualified", "inactive", "expire_after", "own_excess_above_pv", "own_excess_packages"),
    *("after_pay", "over_cap", "pays_on", "ratio", "best_of", "active_each_side", "step_cv"),
    *("min_cv", "height", "mode"),
)


def common_of(rule):
    """Return the names of the common settings that a rule uses."""
    return set(bonuses.allowed(rules.get(rule)))


def _levels(draft, reach=True):
    found = {}
    if draft.chance(0.5):
        found["rates"] = draft.percents()
    else:
        found["rates_by_rank"] = draft.by_rank(draft.percents)
    if reach and draft.chance(0.5):
        found["levels_by_rank"] = draft.by_rank(lambda: draft.pick(0, 1, 2, 3))
    if draft.chance(0.3):
        found["base_pct"] = draft.pick(40, 33.3333)
    return found


def _rows(draft):
    return {"base": draft.pick("cv", "cv", "pv"), "customers": draft.pick("level", "level", "own")}


def _compression(draft, pass_up=False):
    kinds = ["none", "roll_up", "skip_inactive", "skip_below_rank", "dynamic", "volume", "segment"]
    kind = draft.rng.choice(kinds + ["pass_up"] * 2 * pass_up)
    found = {"kind": kind}
    if kind in ("skip_below_rank", "segment"):
        if draft.chance(0.7):
            found["threshold_rank"] = draft.rank()
        if draft.chance(0.5):
            found["threshold_levels"] = draft.pick(1, 2)
    if kind == "roll_up":
        found["twice"] = draft.chance(0.5)
    if kind == "pass_up":
        found["pass_up"] = draft.pick(1, 2)
    if draft.chance(0.2):
        found["max_depth"] = draft.pick(1, 3)
    return {"compression": found}


def _walk(draft, trees=("sponsor", "sponsor", "sponsor", "placement", "matrix")):
    return {"tree": draft.rng.choice(trees), "as_of": draft.pick("sale", "period_end")}


def _unilevel(draft):
    params = {**_levels(draft), **_rows(draft), **_compression(draft, pass_up=True)}
    if draft.chance(0.2):
        params["boundary_rank"] = draft.rank()
    where = _walk(draft)
    if params["compression"]["kind"] == "pass_up":
        where = {"tree": "sponsor", "as_of": "period_end"}
    return params, where


def _matrix(draft):
    params = {**_levels(draft), **_rows(draft), **_compression(draft)}
    return {**params, "width": 3, "height": draft.pick(1, 2, 7)}, {"tree": "matrix"}


def _fast_start(draft):
    params = {**_levels(draft), **_rows(draft), **_compression(draft, pass_up=True)}
    if draft.chance(0.7):
        params["window_days"] = draft.pick(3, 30, 60)
    else:
        params["window_months"] = draft.pick(1, 2)
    return params, _walk(draft, ("sponsor",))


def _generation(draft):
    params = {
        **_levels(draft),
        **_rows(draft),
        "rank": draft.rank(),
        "rank_by": draft.pick("paid", "title"),
        "mode": draft.pick("threshold", "same_rank"),
        "own_group": draft.chance(0.5),
        "ineligible": draft.pick("boundary", "skip"),
        "empty": draft.pick("counts", "skipped"),
    }
    return params, _walk(draft)


def _infinity(draft):
    params = {**_rows(draft), "rates": draft.by_rank(draft.percent)}
    if draft.chance(0.5):
        params["reduced"] = draft.by_rank(lambda: draft.percents(2))
    if draft.chance(0.3):
        params["from_level"] = draft.pick(1, 2)
    return params, _walk(draft)


def _steps(draft):
    found = [{"min": 0, "pct": draft.percent()}] if draft.chance(0.3) else []
    found += [{"min": 50, "pct": draft.pick(3, 6)}, {"min": 200, "pct": draft.pick(5, 9)}]
    return [*found, {"min": 400.5, "pct": draft.pick(10, 21)}]


def _measured(draft):
    volumes = [item["code"] for item in draft.measures]
    if volumes and draft.chance(0.5):
        return {"steps": _steps(draft), "measure": draft.rng.choice(volumes)}
    return {"steps": _steps(draft)}


def _differential_order(draft):
    params = {
        **_rows(draft),
        "own": draft.pick("pays", "counts", "ignored"),
        "ineligible": draft.pick("passes_up", "breakage"),
    }
    if draft.chance(0.4):
        return {**params, "rates": draft.by_rank(draft.percent)}, _walk(draft)
    return {**params, **_measured(draft)}, _walk(draft)


def _stairstep(draft):
    params = {**_measured(draft), "ineligible": draft.pick("passes_up", "breakage")}
    if draft.chance(0.4):
        params["breakaway_rank"] = draft.rank()
    return params, {}


def _low_rank(draft):
    """The first rank is everybody's, so that small networks have heads, too."""
    return draft.pick(draft.ranks[0], draft.ranks[0], draft.rank())


def _breakaway(draft):
    params = {"rank": _low_rank(draft), "mode": draft.pick("flat", "flat", "differential")}
    if params["mode"] == "flat":
        params["rates"] = draft.percents()
        if draft.chance(0.5):
            params["guarantee"] = draft.pick(100, 5000)
    else:
        params["rates_of_rank"] = draft.by_rank(draft.percent)
        params["min_pct"] = draft.pick(0, 1)
    if draft.chance(0.3):
        params["levels_by_rank"] = draft.by_rank(lambda: draft.pick(0, 1, 2))
    if draft.chance(0.3):
        params["keep_heads"], params["keep_group"] = draft.pick(1, 2), draft.pick(50, 400)
    return params, {}


def _equal_rank(draft):
    return {"rank": _low_rank(draft), "rates": [draft.pick(1, 5), *draft.percents()]}, {}


def _personal_rebate(draft):
    params = {
        "base": draft.pick("cv", "pv"),
        "customers": draft.pick("include", "exclude", "only"),
        "steps": _steps(draft),
        "above": draft.pick(0, 0, 50),
    }
    names = [item["code"] for item in draft.measures]
    params["measure"] = draft.pick("own_pv", "own_pv_period", "own_cv_period", *names)
    return params, {}


def _matching(draft):
    others = [code for code, rule in draft.bonuses if rule != "matching"]
    reach = draft.chance(0.5)
    params = {**_levels(draft, reach=reach), **_compression(draft, pass_up=True)}
    if draft.chance(0.5):  # what it reads pays seldom: let it pay then
        params = {"rates": [10, 5, 2.5]}
    params["bonuses"] = draft.rng.sample(
        others, draft.rng.randint(min(1, len(others)), len(others))
    )
    if draft.chance(0.4):
        params["tiers"] = [{"pv": 50, "pct": 50}, {"pv": 100.5, "pct": draft.pick(80, 100)}]
    return params, {}


def _pool(draft):
    params = {
        "pct": draft.percent(),
        "of": draft.pick("cv", "pv"),
        "remainder": draft.pick("spread", "company"),
    }
    if draft.measures and draft.chance(0.4):
        return {**params, "points": draft.rng.choice(draft.measures)["code"]}, {}
    return {**params, "shares": draft.by_rank(lambda: draft.pick(0, 1, 2.5, 3))}, {}


def _award(draft):
    awards = [
        draft.named(
            f"a{place}",
            requires=draft.conditions(),
            amount=draft.pick(10, 99.995),
            kind=draft.pick("cash", "goods", "trip"),
        )
        for place in range(draft.rng.randint(1, 3))
    ]
    return {
        "awards": awards,
        "in_a_row": draft.pick(1, 1, 2),
        "once": draft.chance(0.6),
        "highest_only": draft.chance(0.4),
    }, {}


def _contest(draft):
    names = [item["code"] for item in draft.measures]
    params = {
        "measure": draft.pick("own_pv_period", *names),
        "start": draft.pick("2026-07-01", "2026-08-20", "2026-08-24"),
        "end": draft.pick("2026-08-20", "2026-08-23", "2026-08-31", "2026-09-13"),
        "mode": draft.pick("threshold", "top"),
        "min": draft.pick(0, 1, 50),
    }
    places = draft.pick((1,), (1, 2), (1, 3))
    params["prizes"] = [
        {"place": place, "amount": draft.pick(10, 25.5), "kind": "cash"} for place in places
    ]
    return params, {}


def _package_bonus(draft):
    amounts = {code: [draft.pick(0, 5, 25.5) for _ in range(3)] for code in draft.packages}
    params = {"amounts": amounts, "active_only": draft.chance(0.7)}
    if draft.chance(0.5):
        params["pv_tiers"] = {"2": [{"pv": 100, "pct": 100}, {"pv": 10.4, "pct": 33.3333}]}
    return params, {}


def _retail_profit(draft):
    return {}, {}


def _binary(draft):
    params = {
        "step_cv": draft.pick(1, 50, 100),
        "min_cv": draft.pick(0, 50, 100),
        "active_each_side": draft.pick(0, 0, 1),
        "unqualified": draft.pick("keep", "flush", "consume"),
        "inactive": draft.pick("expire", "freeze"),
        "expire_after": draft.pick(1, 1, 2, 3),
        "own_excess_above_pv": draft.pick(50, 120),
        "own_excess_packages": draft.chance(0.5),
        "pct_from": draft.rng.sample(("package", "rank", "promotion", "fixed"), 2),
        "fixed_pct": draft.percent(),
        "mode": draft.pick("percentage", "percentage", "cycle"),
        "after_pay": draft.pick("net_off", "net_off", "flush", "carry_strong"),
        "over_cap": draft.pick("consumed", "kept"),
        "pays_on": draft.pick("lesser", "lesser", "both"),
        "ratio": draft.chance(0.2),
        "best_of": draft.chance(0.5),
        "cycle_left": draft.pick(10, 20.5, 50, 100),
        "cycle_right": draft.pick(10, 20, 50, 150),
        "cycle_amount": draft.pick(10, 33.3333),
    }
    for name, values in (
        ("leg_cap", (100, 300)),
        ("carry_cap", (50, 200)),
        ("max_matched", (100, 150)),
        ("pay_cap", (5, 20.5)),
    ):
        if draft.chance(0.25):
            params[name] = draft.rng.choice(values)
    if draft.chance(0.2):
        params["pay_cap_by_rank"] = draft.by_rank(lambda: draft.pick(5, 20.5))
    known = {
        item.name.removesuffix("_e4").removesuffix("_e6")
        for item in fields(rules.get("binary").Params)
    }
    return {name: value for name, value in params.items() if name in known}, {"tree": "placement"}


DRAW = {
    "retail_profit": _retail_profit,
    "package_bonus": _package_bonus,
    "binary": _binary,
    "unilevel": _unilevel,
    "matrix": _matrix,
    "fast_start": _fast_start,
    "generation": _generation,
    "infinity": _infinity,
    "differential_order": _differential_order,
    "stairstep": _stairstep,
    "breakaway": _breakaway,
    "equal_rank": _equal_rank,
    "personal_rebate": _personal_rebate,
    "matching": _matching,
    "pool": _pool,
    "award": _award,
    "contest": _contest,
}

#: How a parameter is drawn that a rule declares; of other kinds the default holds.
DECLARED = {
    "flag": lambda draft, item: draft.chance(0.5),
    "choice": lambda draft, item: draft.pick(*item["options"]),
    "integer": lambda draft, item: draft.pick(1, 2, 3),
    "percent": lambda draft, item: draft.pick(1, 2.5, 33.3333),
    "points": lambda draft, item: draft.volume(),
    "money": lambda draft, item: draft.volume(),
    "levels": lambda draft, item: draft.percents(),
    "steps": lambda draft, item: _steps(draft),
    "ref": lambda draft, item: draft.rank(),
}


def draw(draft, rule):
    """Return params and settings, of a rule that is not in ``DRAW`` by what it declares."""
    if rule in DRAW:
        return DRAW[rule](draft)
    found = describe(rules.get(rule).Params)
    return {
        item["key"]: DECLARED[item["kind"]](draft, item)
        for item in found
        if item["kind"] in DECLARED
    }, {}
