# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters that the chosen mode does not read."""

import copy
import random

import numpy as np
import pytest
import random_networks
import random_plans
from company_kit import plan
from mlm_engine import checks as review
from mlm_engine import plans, rules
from mlm_engine.checks.declared import parameters
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.result import columns
from mlm_engine.plan import params as make
from mlm_engine.plan import schema
from mlm_engine.telling import plan_document, plan_findings
from review_kit import in_spanish
from side_by_side import computed
from unread_kit import FIXED, LEVELS, TREES, of

CYCLE = {"mode": "cycle", "cycle_left": 100, "cycle_right": 100, "cycle_amount": 5}


FLAT = {"rank": "one", "rates": [5]}


DIFFERENTIAL = {"rank": "one", "mode": "differential", "rates_of_rank": {"one": 5}}


#: rule, parameters that go together, one that is not read beside them, what is said of it
UNREAD = [
    ("binary", CYCLE, {"min_cv": 100}, "`min_cv` is not read with `mode: cycle`"),
    ("binary", CYCLE, {"step_cv": 1}, "`step_cv` is not read with `mode: cycle`"),
    ("binary", CYCLE, {"pays_on": "both"}, "`pays_on` is not read with `mode: cycle`"),
    ("binary", CYCLE, {"pct_from": ["rank"]}, "`pct_from` is not read with `mode: cycle`"),
    ("binary", CYCLE, {"fixed_pct": 10}, "`fixed_pct` is not read with `mode: cycle`"),
    ("binary", FIXED, {"cycle_left": 100}, "`cycle_left` is not read with `mode: percentage`"),
    ("binary", FIXED, {"cycle_right": 1}, "`cycle_right` is not read with `mode: percentage`"),
    ("binary", FIXED, {"cycle_amount": 1}, "`cycle_amount` is not read with `mode: percentage`"),
    ("binary", FIXED, {"best_of": True}, "`best_of` is not read with `mode: percentage`"),
    (
        *("binary", {"pct_from": ["package", "rank"]}, {"fixed_pct": 10}),
        "`fixed_pct` is not read with `pct_from: package, rank`",
    ),
    ("binary", FIXED, {"over_cap": "kept"}, "`over_cap` is not read without `max_matched`"),
    (
        *("binary", {**FIXED, "max_matched": 9, "after_pay": "flush"}, {"over_cap": "kept"}),
        "`over_cap` is not read with `after_pay: flush`",
    ),
    (
        *("binary", {**FIXED, "inactive": "freeze"}, {"expire_after": 2}),
        "`expire_after` is not read with `inactive: freeze`",
    ),
    (
        *("binary", {**FIXED, "active_each_side": 0}, {"unqualified": "flush"}),
        "`unqualified` is not read without `active_each_side`",
    ),
    (
        *("binary", FIXED, {"own_excess_packages": True}),
        "`own_excess_packages` is not read without `own_excess_above_pv`",
    ),
    (
        *("binary", {**FIXED, "pay_cap_by_rank": {"none": 5}}, {"pay_cap": 9}),
        "`pay_cap` is not read where `pay_cap_by_rank` names the first rank",
    ),
    ("breakaway", FLAT, {"rates_of_rank": {"one": 5}}, "`rates_of_rank` is not read with `mode: f"),
    ("breakaway", FLAT, {"min_pct": 1}, "`min_pct` is not read with `mode: flat`"),
    ("breakaway", DIFFERENTIAL, {"rates": [5]}, "`rates` is not read with `mode: differential`"),
    (
        *("breakaway", DIFFERENTIAL, {"guarantee": 100}),
        "`guarantee` is not read with `mode: differential`",
    ),
    (
        *("differential_order", {"rates": {"one": 5}}, {"measure": "own_pv"}),
        "`measure` is not read without `steps`",
    ),
]


#: kind of compression, one of its parameters that this kind does not read
COMPRESSION = [
    ("none", {"threshold_rank": "one"}),
    ("roll_up", {"threshold_levels": 1}),
    ("dynamic", {"pass_up": 2}),
    ("skip_inactive", {"twice": True}),
    ("skip_inactive", {"twice": False}),
    ("pass_up", {"twice": True}),
]


def said(found):
    """Return the findings in which something is not read; each has words in both languages."""
    items = [item for item in review.review(found) if " not read" in item.text]
    for item in items:
        assert item.severity == "warning" and in_spanish(item), item
    return items


@pytest.mark.parametrize("rule, params, extra, text", UNREAD)
def test_a_parameter_that_the_mode_does_not_read(rule, params, extra, text):
    assert said(of(rule, params)) == []
    (item,) = said(of(rule, {**params, **extra}))
    assert item.text.startswith(text)
    assert item.path == ("bonuses", 0, "params", *extra)


@pytest.mark.parametrize("kind, extra", COMPRESSION)
def test_a_parameter_that_the_compression_does_not_read(kind, extra):
    (name,) = extra
    for rule in ("unilevel", "fast_start"):
        params = {"rates": [5], "compression": {"kind": kind, **extra}}
        params |= {"window_days": 9} if rule == "fast_start" else {}
        (item,) = said(of(rule, params))
        assert item.text == f"`{name}` is not read with `kind: {kind}`"
        assert item.path == ("bonuses", 0, "params", "compression", name)


def test_a_cap_of_the_lower_ranks_is_read():
    assert said(of("binary", {**FIXED, "pay_cap_by_rank": {"one": 5}, "pay_cap": 9})) == []


def test_what_is_read_or_says_no_is_no_finding():
    for rule, params in (
        ("binary", {**FIXED, "best_of": False, "cycle_left": 0, "max_matched": 0}),
        ("binary", {**CYCLE, "best_of": True, "max_matched": 300, "over_cap": "kept"}),
        ("unilevel", {"rates": [5], "compression": {"kind": "roll_up", "twice": False}}),
        ("unilevel", {"rates": [5], "compression": {"kind": "pass_up", "pass_up": 1}}),
        (
            "unilevel",
            {"rates": [5], "compression": {"kind": "segment", "threshold_rank": "one"}},
        ),
    ):
        assert said(of(rule, params)) == []


def test_a_list_that_is_empty_is_none():
    found = of("binary", {"pct_from": ["rank"], "fixed_pct": 20})["source"]
    found["bonuses"][0]["params"]["pct_from"] = []
    told = plan_findings.findings_of(found)[1]
    assert [one["text"]["en"] for one in told if "fixed_pct" in one["text"]["en"]] == [
        "`fixed_pct` is not read without `pct_from`"
    ]
    assert "the percentage has no source" in [one["text"]["en"] for one in told]


def test_it_is_said_by_labels_in_spanish_at_its_place():
    found = of("binary", {**CYCLE, "min_cv": 100})["source"]
    told = plan_findings.findings_of(found)[1]
    (item,) = [one for one in told if "is not read" in one["text"]["en"]]
    assert item["text"]["es"] == (
        "«CV mínimo de la pierna menor» no cuenta cuando «Se paga» es «Ciclos»"
    )
    assert item["remedy"] == {
        "es": "Quítelo, o elija «Un porcentaje»",
        "en": "Remove it, or write `mode: percentage`",
    }
    assert item["place"]["es"] == "Bonos › Binary › CV mínimo de la pierna menor"
    item = said(of("binary", {**FIXED, "over_cap": "kept"}))[0]
    assert (
        in_spanish(item)[0]
        == "«Lo emparejado sobre ese máximo» no cuenta sin «CV máximo que se paga»"
    )


@pytest.mark.parametrize(
    "rule, params, as_of, text",
    [
        (
            "binary",
            FIXED,
            "period_end",
            "rule binary does not read `as_of`: it always takes `sale`",
        ),
        ("stairstep", {"steps": [{"min": 0, "pct": 5}]}, "sale", "it always takes `period_end`"),
        (
            "pool",
            {"pct": 1, "shares": {"one": 1}},
            "sale",
            "it does not look at the tree of a sale",
        ),
        (
            *("unilevel", {"rates": [5], "compression": {"kind": "pass_up"}}, "sale"),
            "rule unilevel with `kind: pass_up` does not read `as_of`: it always takes `period_end`",
        ),
    ],
)
def test_the_moment_of_the_tree(rule, params, as_of, text):
    assert said(of(rule, params)) == []
    (item,) = said(of(rule, params, as_of=as_of))
    assert item.text.endswith(text) and item.path == ("bonuses", 0, "as_of")


def test_a_moment_that_can_be_chosen_is_no_finding():
    for as_of in ("sale", "period_end"):
        assert said(of("unilevel", {"rates": [5]}, as_of=as_of)) == []
    assert said(of("binary", FIXED, as_of="sale")) == []


@pytest.mark.parametrize(
    "measure, text",
    [
        ({"kind": "group", "compressed": True}, "`compressed` is not read without `levels`"),
        ({"kind": "sponsored", "min": 3}, "`min` is not read without `measure`"),
        (
            {"kind": "capped_group", "cap_pct": 40, "own": False, "cap_own": True},
            "`cap_own` is not read with `own: false`",
        ),
    ],
)
def test_measures(measure, text):
    own = {"code": "own", "name": "Own", "kind": "personal"}
    found = plan(LEVELS, measures=[own, {"code": "m", "name": "M", **measure}])
    (item,) = said(found)
    assert item.text == text and item.path[:2] == ("measures", 1)
    # the first measure of the plan is something, too
    sponsored = {"code": "m", "name": "M", "kind": "sponsored", "measure": "own", "min": 3}
    assert said(plan(LEVELS, measures=[own, sponsored])) == []


@pytest.mark.parametrize(
    "sections, text",
    [
        ({"payout": {"mode": "hard_stop"}}, "`mode` is not read without `cap_pct`"),
        (
            {"payout": {"cap_pct": 40, "protect_from": "none"}},
            "`protect_from` is not read with `mode: pro_rata`",
        ),
        ({"payout": {"floor_bonus": "unilevel"}}, "`floor_bonus` is not read without `floor_pct`"),
        (
            {"activity": {"period": "month", "pv": 50, "held": "title"}},
            "`held` is not read without `by_rank`",
        ),
        (
            {"packages": [{"code": "P", "name": "P", "rank_months": 3}]},
            "`rank_months` is not read without `rank`",
        ),
        (
            {"packages": [{"code": "P", "name": "P", "pct": 17}]},
            "`pct` of packages is not read: no bonus has `pct_from: package`",
        ),
        (
            {
                "promotions": [
                    {"code": "x", "name": "X", "pct": 20, "from": "2026-01-01", "to": "2026-01-31"}
                ]
            },
            "`pct` of promotions is not read: no bonus has `pct_from: promotion`",
        ),
        (
            {"trees": [{"code": "placement", "kind": "binary", "width": 3}]},
            "`width` is not read with `kind: binary`",
        ),
    ],
)
def test_other_sections(sections, text):
    (item,) = said(plan(LEVELS, **sections))
    assert item.text == text


def test_percentages_of_ranks_that_no_bonus_takes():
    """A cycle binary takes none, one by percentage from ranks does."""
    ranks = [
        {"code": "none", "name": "None"},
        {"code": "one", "name": "One", "requires": [{"title": "one"}], "pct": 11},
    ]
    bonus = {"code": "b", "name": "B", "rule": "binary"}
    for params, told in ((CYCLE, [("ranks", 1, "pct")]), ({"pct_from": ["rank"]}, [])):
        source = of("binary", params)["source"]
        source = {**source, "ranks": ranks, "bonuses": [{**bonus, "params": params}]}
        assert [item.path for item in said(plans.load_plan(source))] == told


def leaves(document):
    """Yield ``(where, key)`` of the parameters of bonuses and measures that are not read."""
    found, problems = schema.canonical(document)
    assert not problems
    for item in parameters(found):
        wanted = item.item.metadata.get("only", {})
        if item.key in item.written and make.unread_by(wanted, item.values):
            yield item.path


def without(document, path):
    changed = copy.deepcopy(document)
    inside = changed
    for part in path[:-1]:
        inside = inside[part]
    del inside[path[-1]]
    return changed


@pytest.mark.parametrize("rule", rules.names())
def test_what_is_not_read_changes_nothing(rule):
    """Random plans pay and carry the same without the parameters said not to be read."""
    for number in range(20):
        rng = random.Random(f"unread {rule} {number}")
        document = random_plans.draw(rng, rule)
        bare = document
        for path in leaves(document):
            bare = without(bare, path)
        if bare is not document:
            data = random_networks.draw(rng, schema.canonical(document)[0])
            before = outcome(data)
            data.plan = schema.canonical(bare)[0]
            assert outcome(data) == before, (number, list(leaves(document)))


def outcome(snapshot):
    """Return what is paid, the ranks and the points handed on."""
    result = computed(snapshot)
    rows = [tuple(values.tolist()) for _name, values in columns(result.earnings)]
    legs = np.isin(result.carry_measure, (Measure.CARRY_LEFT, Measure.CARRY_RIGHT))
    handed = zip(result.carry_position[legs], result.carry_value[legs], strict=True)
    return rows, result.rank.tolist(), [tuple(map(int, one)) for one in handed]


def test_the_cases_hold_parameters_that_are_not_read():
    found = set()
    for number in range(20):
        rng = random.Random(f"unread binary {number}")
        found |= {path[-1] for path in leaves(random_plans.draw(rng, "binary"))}
    assert {"min_cv", "pays_on", "cycle_left", "best_of", "fixed_pct", "over_cap"} <= found


@pytest.mark.parametrize("name", plans.plan_names())
def test_plans_that_come_along_say_nothing_in_vain(name):
    found = plans.load_plan(name)
    told = [item for item in review.review(found) if "no upper bound" not in item.text]
    assert told == []


def test_the_document_leaves_out_what_is_not_read():
    trees = {"ranks": ("none", "one"), "trees": TREES}
    cycle = str(plan_document.document(plan(binary(CYCLE), **trees), "en", 738_000))
    assert "A cycle takes 100" in cycle and "in steps of" not in cycle
    assert "highest of" not in cycle
    fixed = str(plan_document.document(plan(binary(FIXED), **trees), "en", 738_000))
    assert "in steps of 100" in fixed and "A cycle" not in fixed
    settings = {"kind": "dynamic", "pass_up": 2, "max_depth": 5}
    level = plan({"rule": "unilevel", "params": {"rates": [5], "compression": settings}})
    text = str(plan_document.document(level, "en", 738_000))
    assert "Maximum distance: 5" in text and "People passed up" not in text


def binary(params):
    return {"rule": "binary", "tree": "placement", "params": params}
