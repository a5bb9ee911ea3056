# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Variants of the binary: published examples, then one case of each setting."""

import pytest
from company_kit import Company, plan
from mlm_engine import explain
from mlm_engine import plan as plans
from mlm_engine.measures import Measure
from mlm_engine.reasons import Reason
from networks import ints

SIDES = ("LEFT", "RIGHT")


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
    ({"cycle_left": 200, "cycle_right": 100, "best_of": True}, 500, 500, 2, [100, 300]),
    ({"cycle_left": 150, "cycle_right": 150, "after_pay": "flush"}, 500, 320, 2, [0, 0]),
]


@pytest.mark.parametrize("params, left, right, cycles, rest", CYCLES)
def test_cycles(params, left, right, cycles, rest):
    found = balanced(company(left, right, mode="cycle", cycle_amount=35, **params))
    assert (found.paid(), carry(found)) == ({"A": 35 * cycles}, rest)


def test_most_that_is_paid():
    """3,450 match, 1,000 are paid; the rest is used up or stays."""
    found = balanced(company(3450, 5000, max_matched=1000))
    assert (found.paid(), carry(found)) == ({"A": 100}, [0, 1550])
    found = balanced(company(3450, 5000, max_matched=1000, over_cap="kept"))
    assert (found.paid(), carry(found)) == ({"A": 100}, [2450, 4000])


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


def test_explained_in_both_languages():
    cases = [
        (company(500, 320, mode="cycle", cycle_left=150, cycle_right=150, cycle_amount=35), "es"),
        (company(3000, 5000, ratio=True, pays_on="both"), "en"),
        (company(3450, 5000, max_matched=1000), "es"),
    ]
    told = []
    for found, lang in cases:
        steps = explain.explain_earning(found.data, found.result, 0, lang=lang)["steps"]
        told.append(next(step["text"] for step in steps if step["step"] == "base"))
    assert told == [
        "Ciclos de 150 : 150 CV a 35 cada uno: 70",
        "3,000 CV of each leg are paid: 3,600, times the ratio 3,000 ÷ 5,000",
        "Se pagan 1.000 CV",
    ]


@pytest.mark.parametrize(
    "params, problem",
    [
        ({"mode": "cycle"}, "a cycle needs 'cycle_left'"),
        ({"pct_from": ["fixed"]}, "the fixed percentage is missing"),
        ({"pct_from": []}, "no source of the percentage"),
        ({"expire_after": 0}, "after 1 period at least"),
    ],
)
def test_settings_that_contradict(params, problem):
    bonus = {"rule": "binary", "tree": "placement", "params": params}
    with pytest.raises(plans.PlanError) as caught:
        plan(bonus, trees=["placement"])
    assert problem in str(caught.value)
