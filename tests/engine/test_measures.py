# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measures: one example of each kind, formulas, and all of them beside the reference."""

import random

import numpy as np
import pytest
import random_networks
import random_plans
from company_kit import START, Company, plan
from mlm_engine import form as plan_form
from mlm_engine import measures as figures
from mlm_engine import plans
from mlm_engine.kernel import run
from mlm_engine.plan import schema
from mlm_engine.telling import entitled, plan_document
from mlm_engine.telling.language import tell
from mlm_engine.telling.view import View
from side_by_side import calculator

RETAIL = {"rule": "retail_profit"}
RANKS = ("none", "silver", "gold")


def measure(kind, code="m", **params):
    return {"code": code, "name": code, "kind": kind, **params}


def company(*measures, ranks=RANKS, **sections):
    """M above B and C, D below B, E below D; B is inactive.

    Own volume: M 40, B 100, C 3, D 30, E 7.
    """
    found = Company(plan(RETAIL, measures=list(measures), ranks=ranks, **sections))
    found.person("M").person("B", "M", active=False).person("C", "M", rank="silver")
    found.person("D", "B", rank="silver").person("E", "D", rank="gold", joined=START + 3)
    for buyer, volume in (("M", 40), ("B", 100), ("C", 3), ("D", 30), ("E", 7)):
        found.sale(buyer, cv=volume / 2, pv=volume)
    return found


KINDS = [
    ("personal", {}, 40),
    ("personal", {"volume": "cv"}, 20),
    ("group", {}, 180),
    ("group", {"own": False}, 140),
    ("group", {"levels": 1}, 143),
    ("group", {"levels": 1, "compressed": True}, 143),
    ("group", {"levels": 2, "volume": "cv"}, 86.5),
    ("leg", {}, 137),
    ("leg", {"which": "weakest"}, 3),
    ("leg", {"which": "side"}, 3),
    ("sponsored", {}, 2),
    ("sponsored", {"state": "active"}, 2),
    ("sponsored", {"min_rank": "silver"}, 1),
    ("sponsored", {"joined": "period"}, None),
    ("qualified_legs", {"rank": "silver"}, 2),
    ("qualified_legs", {"rank": "silver", "depth": 1}, 1),
    ("qualified_legs", {"rank": "gold"}, 1),
    ("qualified_legs", {"rank": "gold", "depth": 2}, None),
    ("qualified_legs", {"rank": "silver", "enrolled": True}, 1),
    ("volume_legs", {"min": 137}, 1),
    ("volume_legs", {"min": 3}, 2),
    ("personal_group", {"boundary_rank": "silver"}, 140),
    ("personal_group", {"boundary_rank": "gold"}, 173),
    ("personal_group", {"boundary_rank": "none"}, 40),
    ("capped_group", {"cap_pct": 40, "of": "actual", "own": False}, 59),
    ("capped_group", {"cap_pct": 40, "of": "actual"}, 40 + 72 + 3),
    # 20 % of 40 + 137 + 3 is 36: the own 40 are cut, too; 40 % cut the leg alone
    ("capped_group", {"cap_pct": 20, "of": "actual", "cap_own": True}, 36 + 36 + 3),
    ("capped_group", {"cap_pct": 40, "of": "actual", "cap_own": True}, 40 + 72 + 3),
    ("met", {"requires": [{"measure": "own_pv_period", "min": 40}]}, 1),
    ("formula", {"formula": "own_pv_period + 0.5 * min(own_cv_period, 10)"}, 45),
]


@pytest.mark.parametrize("kind, params, value", KINDS)
def test_kind(kind, params, value):
    found = company(measure(kind, **params)).run().measured("m")
    assert found.get("M") == value


def test_inactive_people_use_up_no_level():
    """B is inactive: D stands on its level, E on the next."""
    cold = {"pv": 50, "window": 1, "period": "month"}
    found = company(measure("group", levels=1, compressed=True), activity=cold)
    found.sales = [sale for sale in found.sales if sale["buyer"] != "B"]
    assert found.run().measured("m") == {"M": 40 + 3 + 30, "B": 30, "C": 3, "D": 37, "E": 7}


def test_people_who_joined_in_the_period():
    found = company(measure("sponsored", joined="period")).run()
    assert found.measured("m") == {"D": 1}


def test_sponsored_who_reach_a_measure():
    own = measure("personal", "own")
    legs = measure("qualified_legs", "legs", rank="gold")
    pv = measure("sponsored", "pv", measure="own", min=30)
    led = measure("sponsored", "led", measure="legs", min=1)
    found = company(own, legs, pv, led).run()
    assert found.measured("pv") == {"M": 1, "B": 1}
    assert found.measured("led") == {"M": 1, "B": 1}


def test_leg_cap_of_required_and_of_actual():
    """LEG-01: 12,000 and 3,000 at 40 % count 8,600 of 14,000 required; 9,000 of actual."""
    required = measure("capped_group", "required", cap_pct=40, own=False)
    actual = measure("capped_group", "actual", cap_pct=40, own=False, of="actual")
    ranks = [
        {"code": "none", "name": "None"},
        {"code": "pearl", "name": "Pearl", "measure": "required", "min": 7000},
        {"code": "sapphire", "name": "Sapphire", "measure": "required", "min": 14000},
    ]
    document = {**plan(RETAIL)["source"], "ranks": ranks, "measures": [required, actual]}
    found = Company(plans.load_plan(document))
    found.person("A").person("B", "A").person("C", "A").sale("B", 12000).sale("C", 3000).run()
    assert found.measured("required") == {"A": 8600}
    assert found.measured("actual") == {"A": 9000}
    assert found.ranks() == {}  # of 7,000 required 2,800 a leg: 5,600


@pytest.mark.parametrize("cap_own, counted, rank", [(False, 20_000, "gold"), (True, 16_000, None)])
def test_the_own_volume_counts_up_to_the_cap(cap_own, counted, rank):
    """80 % of 20,000 required: whoever bought 20,000 alone has 16,000 and lacks 4,000 of
    others; with 4,000 below the rank is reached."""
    document = {
        **plan(RETAIL)["source"],
        "ranks": [
            {"code": "none", "name": "None"},
            {"code": "gold", "name": "Gold", "requires": [{"measure": "m", "min": 20_000}]},
        ],
        "measures": [measure("capped_group", cap_pct=80, cap_own=cap_own)],
    }
    found = Company(plans.load_plan(document)).person("A").person("B", "A").sale("A", 20_000).run()
    assert found.measured("m") == {"A": counted}
    assert found.ranks() == ({"A": rank} if rank else {})
    found.sale("B", 4000).run()
    assert found.ranks() == {"A": "gold"}
    assert found.measured("m") == {"A": counted + 4000, "B": 4000}


@pytest.mark.parametrize(
    "lang, text",
    [
        (
            "es",
            "M: 16.000 de 20.000 (el volumen propio y cada pierna cuentan hasta 16.000) "
            "(faltan 4.000)",
        ),
        (
            "en",
            "M: 16,000 of 20,000 (own volume and each leg count up to 16,000) (4,000 missing)",
        ),
    ],
)
def test_the_cap_of_the_own_volume_is_explained(lang, text):
    """Also in a condition of a bonus, which cuts by its own least."""
    group = measure("capped_group", cap_pct=80, cap_own=True)
    asked = {"rule": "unilevel", "params": {"rates": [1]}}
    asked["requires"] = [{"measure": "m", "min": 20_000}]
    found = Company(plan(asked, measures=[{**group, "name": "M"}])).person("A").person("B", "A")
    found.sale("A", 20_000).run()
    view = View(found.data, found.result, lang=lang)
    (told,) = entitled.conditions_of(view, view.bonus(0).common.requires, 0)
    assert told == {
        **{"holds": False, "text": text, "done": 80},
        **{"required": "20000", "reached": "16000", "missing": "4000"},
    }


def test_the_cap_of_the_own_volume_stands_in_the_document_and_the_form():
    group = {**measure("capped_group", cap_pct=80, cap_own=True), "name": "Capped"}
    told = str(plan_document.document(plan(RETAIL, measures=[group]), "es", today=START))
    assert "El volumen propio cuenta hasta el mismo tope" in told
    described = str(plan_form.describe_plan("en"))
    assert "Own volume counts up to that cap" in described


def test_weights_by_product():
    catalog = [
        {"code": code, "name": code, "pv": 1, "cv": 1, "price": 1} for code in ("tea", "soap")
    ]
    weighted = measure("weighted", weights={"tea": 0.5, "soap": 2}, default=0.333333)
    found = Company(plan(RETAIL, measures=[weighted], catalog=catalog)).person("A").person("B")
    found.sale("A", 100, product=0).sale("A", 40, product=1).sale("B", 1).sale("B", -2.5, product=0)
    assert found.run().measured("m") == {"A": 130, "B": -0.9167}


def test_accumulated_over_periods_and_ever():
    own, two, ever = (
        measure("personal", "own"),
        measure("accumulated", "two", of="own", periods=2),
        measure("accumulated", "ever", of="own"),
    )
    legs = measure("volume_legs", "legs", min=1)
    counted = measure("accumulated", "counted", of="legs")
    found = Company(plan(RETAIL, measures=[own, two, ever, legs, counted]))
    found.person("A").person("B", "A").sale("A", 300).sale("B", 10)
    snapshot = found.snapshot()
    rows = [(0, 0, 1, 200_0000), (0, 0, 2, 100_0000), (0, 2, 1, 300_0000), (0, 4, 1, 5)]
    columns = ("prior_member", "prior_measure", "prior_age", "prior_value")
    for name, column in zip(columns, zip(*rows, strict=True), strict=True):
        setattr(snapshot, name, np.array(column))
    found.snapshot = lambda: snapshot
    found.run()
    assert found.measured("two")["A"] == 500
    assert found.measured("ever")["A"] == 600
    assert found.measured("counted") == {"A": 6}  # a count stays one


def test_an_accumulated_count_is_a_count_wherever_it_is_asked():
    """Two people sponsored reach the step of two, and are two shares of a pool."""
    rebate = {
        "rule": "personal_rebate",
        "params": {"measure": "ever", "steps": [{"min": 1, "pct": 1}, {"min": 2, "pct": 10}]},
    }
    pool = {"rule": "pool", "params": {"pct": 3, "points": "ever"}}
    people = measure("sponsored", "people", state="active")
    ever = measure("accumulated", "ever", of="people")
    cold = {"pv": 1, "window": 1, "period": "month"}
    found = Company(plan(rebate, pool, measures=[people, ever], activity=cold))
    found.person("A").person("B", "A").person("C", "B").person("D", "A")
    found.sale("A", 100).run()
    assert found.measured("ever") == {"A": 2, "B": 1}
    assert found.paid("personal_rebate") == {"A": 10}
    assert found.paid("pool") == {"A": 2, "B": 1}


def test_group_in_a_placement_tree():
    """A position stands for its owner; a vacant one counts no level and heads a leg."""
    trees = [{"code": "team", "kind": "free"}]
    found = company(
        measure("group", "gv", tree="team"),
        measure("group", "near", tree="team", levels=1),
        measure("qualified_legs", "legs", rank="gold", tree="team"),
        measure("qualified_legs", "own", rank="silver", enrolled=True, tree="team"),
        trees=trees,
    )
    found.seat("p1", "E").seat("p2", None, "p1", 0).seat("p3", "M", "p2", 0)
    found.seat("p4", "B", "p3", 0).seat("p5", "C", "p4", 0)
    found.run()
    assert found.measured("gv") == {"E": 150, "M": 143, "B": 103, "C": 3}
    assert found.measured("near") == {"E": 47, "M": 140, "B": 103, "C": 3}
    assert found.measured("legs") == {}  # nobody below E is decided to be gold
    assert found.measured("own") == {"M": 1}


FORMULAS = [
    ("(own - 20) / 3", 6.6667),
    ("-own + 2 * (own + 1.5)", 43),
    ("max(own, 7, group / 10)", 40),
    ("people * 2.5", 5),
    ("1.5 * 2 - 1/4", 2.75),
    ("own * (2 - 3 / 2)", 20),
    ("own_pv_period * 1000000000 - own_pv_period * 999999999", 40),
]


@pytest.mark.parametrize("text, value", FORMULAS)
def test_formula(text, value):
    measures = [
        measure("personal", "own"),
        measure("group", "group"),
        measure("sponsored", "people"),
    ]
    found = company(*measures, measure("formula", formula=text)).run()
    assert found.measured("m")["M"] == value


def test_any_code_of_a_measure_is_a_name():
    """Also a word of the language that the engine is written in, and one with accents."""
    measures = [measure("personal", code) for code in ("in", "lambda", "señal", "ﬁrme")]
    text = "in + 2 * lambda + 3 * señal + 4 * ﬁrme"
    found = company(*measures, measure("formula", formula=text)).run()
    assert found.measured("m")["M"] == 10 * found.measured("in")["M"] > 0


WRONG = [
    ("own + ", "character 6: the formula ends too early"),
    ("own * group", "character 7: a measure times a measure. One side"),
    ("1 / own", "character 5: division by a measure"),
    ("own / (2 - 2)", "character 7: division by zero"),
    ("own + gruop", "character 7: unknown measure 'gruop'. Did you mean 'group'"),
    ("own # 2", "character 5: cannot read '#'"),
    ("own own", "character 5: unexpected 'own'"),
    ("min(own, 2", "character 11: ')' is expected here"),
    ("below + 1", "character 1: measure 'below' is further down"),
    ("own.__class__", "character 1: unknown measure"),
    ("(" * 60 + "1" + ")" * 60, "too many parentheses"),
    ("", "a formula is needed"),
]


@pytest.mark.parametrize("text, problem", WRONG)
def test_formula_that_cannot_be_read(text, problem):
    measures = [
        measure("personal", "own"),
        measure("group", "group"),
        measure("formula", formula=text),
        measure("personal", "below"),
    ]
    with pytest.raises(plans.PlanError, match=r"measures\.2") as caught:
        company(*measures)
    assert problem in str(caught.value)


MISSING = [
    (measure("qualified_legs"), "'rank' is missing"),
    (measure("personal_group"), "'boundary_rank' is missing"),
    (measure("accumulated"), "'of' is missing"),
    (measure("accumulated", of="m"), "is further down, or is this one"),
    (measure("formula"), "'formula' is missing"),
    (measure("met"), "'requires' is missing"),
    (measure("met", requires=[{"measure": "m", "min": 1}]), "is further down"),
    (measure("sponsored", measure="m", min=1), "is further down"),
    (measure("group", tree="nowhere"), "unknown code 'nowhere'"),
]


@pytest.mark.parametrize("item, problem", MISSING)
def test_measure_that_makes_no_sense(item, problem):
    with pytest.raises(plans.PlanError) as caught:
        company(item)
    assert problem in str(caught.value)


def test_random_measures_agree_with_the_reference():
    """All measures of everybody, on random networks, and how often a rank was missed."""
    compared = 0
    for number in range(60):
        rng = random.Random(f"measures {number}")
        document = random_plans.draw(rng, "retail_profit")
        canonical, problems = schema.canonical(document)
        assert not problems, [str(one) for one in problems]
        snapshot = random_networks.draw(rng, canonical)
        ctx, other = run.prepared(snapshot), calculator(snapshot, rng.random() < 0.5)
        for member in range(snapshot.member_id.size):
            assert other.ranks.earned(member) == ctx.earned_rank[member]
            assert other.ranks.misses(member) == ctx.misses[member]
            assert other.ranks.paying(member) == ctx.paying_rank[member]
            for index, item in enumerate(canonical["measures"]):
                compared += 1
                expected = other.measures.value(item["code"], member)
                assert expected == ctx.value(index)[member], (number, item, member)
    assert compared > 500


def test_every_kind_is_tested():
    tested = {kind for kind, _params, _value in KINDS} | {"accumulated", "weighted"}
    assert set(figures.names()) == tested
    for name in figures.names():
        assert tell(figures.get(name).label, "es") != figures.get(name).label


def test_a_long_chain_is_one_pass():
    """10,000 people in one line, ranks by legs of the ones below."""
    size = 10_000
    legs = measure("qualified_legs", "legs", rank="silver")
    near = measure("qualified_legs", "near", rank="silver", depth=2)
    group = measure("personal_group", "pgv", boundary_rank="gold")
    document = {
        **plan(RETAIL)["source"],
        "measures": [legs, near, group],
        "ranks": [
            {"code": "none", "name": "None"},
            {"code": "silver", "name": "Silver", "measure": "own_pv", "min": 60},
            {"code": "gold", "name": "Gold", "measure": "legs", "min": 1},
        ],
    }
    found = Company(plans.load_plan(document))
    snapshot = found.person("A").snapshot()
    zeros = np.zeros(size, dtype=np.int64)
    snapshot.member_id, snapshot.sponsor = np.arange(size) + 1, np.arange(size) - 1
    for name in ("member_kind", "member_state", "member_joined", "member_title", "member_paid"):
        setattr(snapshot, name, zeros)
    snapshot.member_misses = zeros
    snapshot.window_pv_e4 = np.where(np.arange(size) == size - 1, 60_0000, 50_0000)
    ctx = run.prepared(snapshot)
    assert ctx.rank.tolist() == [2] * (size - 1) + [1]
    assert ctx.value(1).tolist() == [1] * (size - 1) + [0]
