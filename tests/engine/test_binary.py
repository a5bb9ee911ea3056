# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Variants of the binary: published examples, then one case of each setting."""

import itertools
from types import SimpleNamespace

import numpy as np
import pytest
from company_kit import Company, plan
from mlm_engine import plans
from mlm_engine.kernel.codes import Measure, Reason
from mlm_engine.rules.binary import matching
from mlm_engine.telling import explain
from networks import ints

SIDES = ("LEFT", "RIGHT")
MIXED = {
    **{"mode": "cycle", "cycle_left": 400, "cycle_right": 200, "cycle_amount": 35},
    "best_of": True,
}


def company(left, right, *, carried=(), active=True, sides=(True, True), **params):
    """A with B on the left and C on the right; their sales, and what A brought forward."""
    params = {"pct_from": ["fixed"], "fixed_pct": 10, "step_cv": 1, "min_cv": 1, **params}
    if params.get("mode") == "cycle":
        params = {name: params[name] for name in params if name not in ("pct_from", "fixed_pct")}
    bonus = {"rule": "binary", "tree": "placement", "params": params}
    found = Company(plan(bonus, trees=["placement"], ranks=("none", "one")))
    found.person("A", active=active).person("B", "A", active=sides[0])
    found.person("C", "A", active=sides[1])
    found.seat("a", "A").seat("b", "B", "a", 0).seat("c", "C", "a", 1)
    for buyer, seat, volume in (("B", "b", left), ("C", "c", right)):
        if volume:
            found.sale(buyer, volume, pv=0, seat=seat)
    snapshot = found.snapshot()
    snapshot.carry_position, snapshot.carry_bonus = (
        ints([0] * len(carried)),
        ints([0] * len(carried)),
    )
    snapshot.carry_measure = ints(code for code, _value in carried)
    snapshot.carry_value = ints(value for _code, value in carried)
    found.snapshot = lambda: snapshot
    return found.run()


def carry(found):
    """Return ``[left, right]`` of A's position handed on, in CV."""
    result = found.result
    kept = dict(zip(result.carry_measure.tolist(), result.carry_value.tolist(), strict=True))
    return [kept.get(code, 0) / 10**4 for code in (Measure.CARRY_LEFT, Measure.CARRY_RIGHT)]


def figure(found, code):
    rows = found.result.measures
    mine = (rows.measure == code) & (rows.position == 0)
    return int(rows.value[mine].sum())


def forward(found):
    """Return what the next period brings forward."""
    result = found.result
    return list(zip(result.carry_measure.tolist(), result.carry_value.tolist(), strict=True))


def balanced(found):
    """On each side all that came in was matched, expired or is carried."""
    for name in SIDES:
        came = sum(figure(found, Measure[f"{name}_{part}"]) for part in ("IN", "NEW", "EXCESS"))
        gone = figure(found, Measure.MATCHED) + figure(found, Measure[f"{name}_EXPIRED"])
        assert came == gone + figure(found, Measure[f"CARRY_{name}"])
    return found


def test_binv_01_cap_on_what_a_leg_holds():
    """BINV-01: 5,000 and 250, points of both legs paid at 8 %: 40, and 4,750 go on.

    The source first cuts 20,000 to 5,000; it names neither company nor rate, 40 of 500
    points are 8 %.
    """
    cut = {"leg_cap": 5000, "carry_cap": 5000, "pays_on": "both", "fixed_pct": 8}
    found = balanced(company(20000, 250, **cut))
    assert found.paid() == {"A": 40}
    assert carry(found) == [4750, 0]
    assert found.result.earnings.base_e4.tolist() == [500_0000]


def test_binv_03_carry_forward_and_full_flush():
    """BINV-03: 200 of 500 leave 300; with 100 more 400 match. Flushed, only 100 do."""
    for after, second, left in (("carry_strong", 40, [0, 300]), ("flush", 10, [0, 0])):
        first = balanced(company(200, 500, after_pay=after))
        assert (first.paid(), carry(first)) == ({"A": 20}, left)
        then = balanced(company(400, 100, after_pay=after, carried=forward(first)))
        assert then.paid() == {"A": second}


def test_binv_04_ratio():
    """BINV-04: 10 % of 3,000 times 3,000 ÷ 5,000."""
    assert company(3000, 5000).paid() == {"A": 300}
    assert balanced(company(3000, 5000, ratio=True)).paid() == {"A": 180}


CYCLES = [
    ({"cycle_left": 150, "cycle_right": 150}, 500, 320, 2, [200, 20]),
    ({"cycle_left": 200, "cycle_right": 100}, 500, 320, 2, [100, 120]),
    ({"cycle_left": 200, "cycle_right": 100}, 320, 500, 1, [120, 400]),
    ({"cycle_left": 200, "cycle_right": 100, "best_of": True}, 320, 500, 2, [120, 100]),
    # 500/500 → 200:100 → 300/400 → 100:200 → 200/200 → 200:100 → 0/100
    ({"cycle_left": 200, "cycle_right": 100, "best_of": True}, 500, 500, 3, [0, 100]),
    ({"cycle_left": 100, "cycle_right": 200, "best_of": True}, 500, 500, 3, [100, 0]),
    # one cycle each way uses up 600 and 600; either way alone holds one
    ({"cycle_left": 400, "cycle_right": 200, "best_of": True}, 600, 600, 2, [0, 0]),
    ({"cycle_left": 400, "cycle_right": 200}, 600, 600, 1, [200, 400]),
    ({"cycle_left": 400, "cycle_right": 200, "best_of": True}, 1000, 600, 2, [200, 200]),
    ({"cycle_left": 400, "cycle_right": 200, "best_of": True}, 600, 1000, 2, [200, 200]),
    # both legs together are one CV short of two cycles
    ({"cycle_left": 400, "cycle_right": 200, "best_of": True}, 599, 600, 1, [399, 200]),
    ({"cycle_left": 400, "cycle_right": 200, "best_of": True}, 5000, 450, 2, [4200, 50]),
    ({"cycle_left": 400, "cycle_right": 200, "best_of": True}, -100, 900, 0, [-100, 900]),
    # the cap of a leg comes first, that of the carry last
    (
        {"cycle_left": 400, "cycle_right": 200, "best_of": True, "leg_cap": 600},
        *(5000, 1000, 2, [0, 0]),
    ),
    (
        {"cycle_left": 400, "cycle_right": 200, "best_of": True, "carry_cap": 150},
        *(1000, 700, 2, [150, 150]),
    ),
    (
        {"cycle_left": 400, "cycle_right": 200, "best_of": True, "after_pay": "carry_strong"},
        *(1000, 600, 2, [400, 0]),
    ),
    ({"cycle_left": 150, "cycle_right": 150, "after_pay": "flush"}, 500, 320, 2, [0, 0]),
]


@pytest.mark.parametrize("params, left, right, cycles, rest", CYCLES)
def test_cycles(params, left, right, cycles, rest):
    found = balanced(company(left, right, mode="cycle", cycle_amount=35, **params))
    assert (found.paid(), carry(found)) == ({"A": 35 * cycles} if cycles else {}, rest)


def test_most_that_is_paid():
    """3,450 match, 1,000 are paid; the rest is used up or stays."""
    found = balanced(company(3450, 5000, max_matched=1000))
    assert (found.paid(), carry(found)) == ({"A": 100}, [0, 1550])
    found = balanced(company(3450, 5000, max_matched=1000, over_cap="kept"))
    assert (found.paid(), carry(found)) == ({"A": 100}, [2450, 4000])


def test_cycles_are_paid_up_to_the_most_cv():
    """Six cycles of 150 fit; up to 400 CV two are paid, the other four are used up or stay."""
    params = {"mode": "cycle", "cycle_left": 150, "cycle_right": 150, "cycle_amount": 35}
    found = balanced(company(1000, 900, max_matched=400, **params))
    assert (found.paid(), carry(found)) == ({"A": 70}, [100, 0])
    assert figure(found, Measure.MATCHED) == 900_0000
    found = balanced(company(1000, 900, max_matched=400, over_cap="kept", **params))
    assert (found.paid(), carry(found)) == ({"A": 70}, [700, 600])
    assert figure(found, Measure.MATCHED) == 300_0000


def test_the_first_cycles_of_both_ways_are_paid():
    """1,000 and 1,000 hold three cycles, of which two match 600 and one matches 200."""
    params = {**MIXED, "over_cap": "kept"}
    for most, count, rest in ((599, 1, [600, 800]), (600, 2, [400, 400]), (0, 3, [0, 200])):
        found = balanced(company(1000, 1000, max_matched=most, **params))
        assert (found.paid(), carry(found)) == ({"A": 35 * count}, rest)


def test_carried_points_make_the_cycles_of_the_next_period():
    """599 and 600 hold one; with the 399 and 200 left, 201 and 400 more make two."""
    first = company(599, 600, **MIXED)
    again = balanced(company(201, 400, carried=forward(first), **MIXED))
    assert (again.paid(), carry(again)) == ({"A": 70}, [0, 0])


@pytest.mark.parametrize("sizes", [(400, 200), (200, 400), (7, 2), (3, 5), (5, 4), (6, 6)])
def test_cycle_by_cycle_is_the_most_there_can_be(sizes):
    """Beside each other: cycle by cycle, all mixtures tried, and what the engine computes."""
    a, b = sizes
    scale = 100 if a >= 200 else 1
    params = SimpleNamespace(cycle_left_e4=a, cycle_right_e4=b, best_of=True)
    for left, right in itertools.product(range(-3 * scale, 40 * scale, scale), repeat=2):
        legs = [np.array([left]), np.array([right])]
        one_by_one = list(greedy(left, right, a, b))
        count = matching.cycles(params, legs)
        assert count[0] == len(one_by_one) - 1 == most_of_any(left, right, a, b)
        for place, taken in enumerate(one_by_one):
            found = matching.taken(params, legs, np.array([place]))
            assert [int(one[0]) for one in found] == taken


def greedy(left, right, a, b):
    """Yield what the first 0, 1, 2, … cycles take, as the page says it in words."""
    taken = [0, 0]
    while True:
        yield list(taken)
        one, other = a, b
        if left != right:
            one, other = (max(a, b), min(a, b)) if left > right else (min(a, b), max(a, b))
        if left < one or right < other:
            return
        left, right, taken = left - one, right - other, [taken[0] + one, taken[1] + other]


def most_of_any(left, right, a, b):
    return max(
        straight + max(0, min((left - straight * a) // b, (right - straight * b) // a))
        for straight in range(max(0, min(left // a, right // b)) + 1)
    )


def test_caps_of_legs_and_of_carry_never_cut_a_debt():
    found = balanced(company(-300, 900, leg_cap=500, carry_cap=100))
    assert (found.paid(), carry(found)) == ({}, [-300, 100])
    assert figure(found, Measure.RIGHT_EXPIRED) == 800_0000


def test_most_money_per_position():
    found = company(3000, 3000, pay_cap=120)
    assert found.rows() == [("A", 0, 0, 120, 180, Reason.CAPPED)]
    assert found.result.earnings.cap_e4.tolist() == [180_0000]
    assert company(3000, 3000, pay_cap=120, pay_cap_by_rank={"none": 250}).paid() == {"A": 250}
    assert company(3000, 3000, pay_cap=120, pay_cap_by_rank={"one": 250}).paid() == {"A": 120}
    texts = [step["text"] for step in explain.explain_earning(found.data, found.result, 0)["steps"]]
    assert "Tope por posición (máximo 120): -180" in texts


@pytest.mark.parametrize(
    "kind, rest, breakage",
    [("keep", [300, 500], 0), ("flush", [0, 0], 0), ("consume", [0, 200], 30)],
)
def test_who_does_not_qualify(kind, rest, breakage):
    found = balanced(company(300, 500, sides=(True, False), unqualified=kind))
    assert (found.paid(), carry(found), found.breakage()) == ({}, rest, breakage)
    assert figure(found, Measure.REASON) == Reason.NO_ACTIVE_RIGHT


def test_points_expire_in_the_third_period_of_inactivity():
    settings = {"active": False, "expire_after": 3}
    first = balanced(company(300, 500, **settings))
    second = balanced(company(0, 0, carried=forward(first), **settings))
    assert carry(second) == [300, 500]
    assert figure(second, Measure.INACTIVE_PERIODS) == 2
    third = balanced(company(0, 0, carried=forward(second), **settings))
    assert carry(third) == [0, 0]
    back = balanced(company(0, 0, carried=forward(second), **{**settings, "active": True}))
    assert back.paid() == {"A": 30} and figure(back, Measure.INACTIVE_PERIODS) == 0
    frozen = balanced(company(0, 0, carried=forward(second), **settings, inactive="freeze"))
    assert carry(frozen) == [300, 500]


def test_only_positions_of_its_tree_count():
    trees = ["placement", {"code": "other", "kind": "binary"}]
    params = {"pct_from": ["fixed"], "fixed_pct": 10, "active_each_side": 0}
    bonus = {"rule": "binary", "tree": "placement", "params": params}
    found = Company(plan(bonus, trees=trees))
    found.person("A").person("B", "A").person("C", "A")
    for tree, name in enumerate(("p", "o")):
        found.seat(f"{name}a", "A", tree=tree).seat(f"{name}b", "B", f"{name}a", 0, tree)
        found.seat(f"{name}c", "C", f"{name}a", 1, tree)
    found.sale("B", 300, seat="pb").sale("C", 500, seat="pc").sale("C", 900, seat="oc")
    assert found.run().paid() == {"A": 30}


@pytest.mark.parametrize("mode", ["pro_rata", "protect_ranks", "hard_stop"])
@pytest.mark.parametrize("sold, limit", [(200, 70), (100, 50), (0, 70)])
def test_points_are_paid_in_a_period_of_more_returns_than_sales(mode, sold, limit):
    """1,000 and 1,000 are brought forward, 300 come back on the right: 700 match, 10 % is 70.
    The cap of 50 % counts the sales alone: 100 of 200 sold, 50 of 100, none of none."""
    payout = {"cap_pct": 50, "mode": mode, "protect_from": "none"}
    if mode != "protect_ranks":
        del payout["protect_from"]
    params = {"pct_from": ["fixed"], "fixed_pct": 10, "step_cv": 1, "min_cv": 1}
    bonus = {"rule": "binary", "tree": "placement", "params": params}
    found = Company(plan(bonus, trees=["placement"], payout=payout))
    found.person("A").person("B", "A").person("C", "A")
    found.seat("a", "A").seat("b", "B", "a", 0).seat("c", "C", "a", 1)
    found.sale("C", -300, pv=0, seat="c", reversal=1)
    if sold:
        found.sale("B", sold, pv=0, seat="b")
    snapshot = found.snapshot()
    snapshot.carry_position = snapshot.carry_bonus = ints([0, 0])
    snapshot.carry_measure = ints([Measure.CARRY_LEFT, Measure.CARRY_RIGHT])
    snapshot.carry_value = ints([1000_0000, 1000_0000])
    found.snapshot = lambda: snapshot
    assert found.run().paid() == {"A": limit} and carry(found) == [300 + sold, 0]
    reasons = [Reason.COMPANY_CAP] if limit < 70 else [0]
    assert found.result.earnings.reason.tolist() == reasons


def test_points_that_cycles_used_have_not_expired():
    """Cycles of 200 : 100, three as written and one the other way: 700 and 500 are used."""
    params = {"mode": "cycle", "cycle_left": 200, "cycle_right": 100, "cycle_amount": 20}
    found = company(750, 500, best_of=True, **params)
    told = explain.explain_earning(found.data, found.result, 0, lang="en")["steps"]
    texts = {step["step"]: step["text"] for step in told}
    assert texts["match"] == "The cycles use 700 CV of the left and 500 CV of the right"
    assert texts["left"].endswith("carried 50, expired 0")
    assert texts["right"].endswith("carried 0, expired 0")
    capped = company(750, 500, best_of=True, carry_cap=20, **params)
    told = explain.explain_earning(capped.data, capped.result, 0, lang="es")["steps"]
    texts = {step["step"]: step["text"] for step in told}
    assert texts["match"] == "Los ciclos usan 700 CV de la izquierda y 500 CV de la derecha"
    assert texts["left"].endswith("pasan 20, vencen 30")


def test_explained_in_both_languages():
    cases = [
        (company(500, 320, mode="cycle", cycle_left=150, cycle_right=150, cycle_amount=35), "es"),
        (company(1000, 1000, max_matched=600, **MIXED), "es"),
        (company(600, 600, **MIXED), "en"),
        (company(300, 500, **MIXED), "en"),
        (company(3000, 5000, ratio=True, pays_on="both"), "en"),
        (company(3450, 5000, max_matched=1000), "es"),
    ]
    told = []
    for found, lang in cases:
        steps = explain.explain_earning(found.data, found.result, 0, lang=lang)["steps"]
        told.append(next(step["text"] for step in steps if step["step"] == "base"))
    assert told == [
        "Ciclos de 150 : 150 CV a 35 cada uno: 70",
        "Ciclos de 400 : 200 CV (1) y de 200 : 400 CV (1) a 35 cada uno: 70; caben 3 y se "
        "pagan 2, hasta 600 CV",
        "Cycles of 400 : 200 CV (1) and of 200 : 400 CV (1) at 35 each: 70",
        "Cycles of 200 : 400 CV at 35 each: 35",
        "3,000 CV of each leg are paid: 3,600, times the ratio 3,000 ÷ 5,000",
        "Se pagan 1.000 CV",
    ]


@pytest.mark.parametrize(
    "params, problem",
    [
        ({"mode": "cycle"}, "a cycle needs 'cycle_left'"),
        ({**MIXED, "max_matched": 199}, "less than one cycle"),
        ({"pct_from": ["fixed"]}, "the fixed percentage is missing"),
        ({"pct_from": []}, "the percentage has no source"),
        ({"expire_after": 0}, "after one period at the earliest"),
    ],
)
def test_settings_that_contradict(params, problem):
    bonus = {"rule": "binary", "tree": "placement", "params": params}
    with pytest.raises(plans.PlanError) as caught:
        plan(bonus, trees=["placement"])
    assert problem in str(caught.value)
