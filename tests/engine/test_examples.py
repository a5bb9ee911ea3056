# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Worked examples that isolate one rule, with the percentage as input (RULES 16).

Provenance: the goldens GX-* of the plan gano_excel_co_2026. ``caution`` ones
assert the plan's own figure, with the step of 100 CV, and record the difference.
"""

import numpy as np
import pytest
from mlm_engine import plans
from mlm_engine.kernel import ranks, run
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.exact import allocate, amounts
from networks import BINARY, GANO, empty, ints

USD = 10**6


def three(left, right, pct, fx_e6=USD):
    """Return a person with a leg on each side at a fixed percentage."""
    document = plans.read_document("gano_excel_co_2026").data
    fixed = [{"code": "FIX", "name": "Fix", "pct": pct, "from": "2026-01-01", "to": "2026-12-31"}]
    override = {
        "promotions": fixed,
        "bonuses": [{"code": "binary", "params": {"pct_from": ["promotion"]}}],
    }
    data = empty(plans.load_plan(plans.merge(document, override)), fx_e6)
    data.member_id = data.position_id = ints([1, 2, 3])
    for name in ("member_kind", "member_state", "member_title", "member_joined"):
        setattr(data, name, ints([0] * 3))
    data.sponsor, data.window_pv_e4 = ints([-1, 0, 0]), ints([60 * 10**4] * 3)
    data.position_member, data.position_parent = ints([0, 1, 2]), ints([-1, 0, 0])
    data.position_leg = ints([-1, 0, 1])
    data.row_id = ints([1, 2])
    data.row_member = data.row_buyer = data.row_position = ints([1, 2])
    data.row_cv_e4 = ints([left * 10**4, right * 10**4])
    data.row_moment = ints([data.period_end_moment - 1000] * 2)
    for name in ("row_pv_e4", "row_package_qty", "row_retail_e4", "row_reversal"):
        setattr(data, name, ints([0, 0]))
    data.row_package = data.row_package_from = ints([-1, -1])
    return data


def binary_pay(left, right, pct, fx_e6=USD):
    """Return what the binary pays, in ten-thousandths."""
    rows = run.compute(three(left, right, pct, fx_e6)).earnings
    return int(rows.amount_e4[rows.bonus == BINARY].sum())


@pytest.mark.parametrize(
    ("golden", "lesser", "pct", "usd"),
    [("GX-BIN-01", 10_000, 10, 1000), ("GX-BIN-02", 10_000, 17, 1700)],
)
def test_percentage_of_the_lesser_leg(golden, lesser, pct, usd):
    assert binary_pay(lesser, lesser + 7, pct) == usd * 10**4, golden


@pytest.mark.parametrize(
    ("clients", "printed", "paid"),
    [(10, 95.2, 85), (25, 238, 238), (50, 476, 476), (100, 952, 952), (1000, 9520, 9520)],
)
def test_consumption_table(clients, printed, paid):
    """GX-BIN-07, caution: the source ignores the step, the plan pays whole hundreds."""
    assert binary_pay(clients * 56, clients * 56, 17) == paid * 10**4
    # without the step: the figure that the source prints
    exact = amounts(ints([clients * 56 * 10**4]), ints([170_000]), ints([USD]), "half_up", 100)
    assert exact[0] == round(printed * 10**4)


def test_quick_formula_in_pesos():
    """GX-BIN-09, caution: 10 clients × 17 % × 2,520 = 428,400 printed; 382,500 paid."""
    assert binary_pay(560, 560, 17, 4500 * USD) == 382_500 * 10**4
    assert 10 * 17 * 252000 // 100 == 428_400


def test_unbalanced_legs():
    """GX-BIN-08, caution: 5,600 CV is whole hundreds, so both agree."""
    assert binary_pay(11_200, 5_600, 17) == 952 * 10**4


def test_twelve_levels():
    """GX-BIN-10, caution: printed without the step; the plan drops up to 99 CV a week."""
    printed = {1: 25_200, 2: 75_600, 4: 378_000, 6: 1_587_600, 8: 6_426_000}
    printed |= {10: 25_779_600, 12: 103_194_000}
    cumulative = paid = 0
    for level in range(1, 13):
        cv = 56 * 2 ** (level - 1)
        exact = cv * 10 * 4500 // 100
        cumulative += exact
        if level in printed:
            assert cumulative == printed[level]
        paid = binary_pay(cv, cv, 10, 4500 * USD)
        assert paid == cv // 100 * 100 * 450 * 10**4
        assert 0 <= exact * 10**4 - paid < 100 * 450 * 10**4
    assert (exact, cv) == (51_609_600, 114_688)
    assert paid == 51_570_000 * 10**4
    assert 2 * (2**12 - 1) == 8190


def test_rank_by_weekly_cv():
    """GX-BIN-06, strict: the table is printed, the boundary inputs are ours."""
    cv = [0, 1499, 1500, 2500, 4000, 8000, 12000]
    data = empty()
    data.member_id = ints(range(1, len(cv) + 1))
    for name in ("member_kind", "member_state", "member_joined", "member_title", "window_pv_e4"):
        setattr(data, name, ints([0] * len(cv)))
    data.sponsor = ints([-1] * len(cv))
    reached = ints(value * 10**4 for value in cv)
    rank = ranks.by_figure(run.prepared(data), BINARY, Measure.PAID_CV, reached)
    assert (ranks.rates(GANO)[rank] // 10**4).tolist() == [10, 10, 11, 12, 13, 14, 15]


def test_legs_may_fall_below_zero():
    data = three(500, 300, 10)
    data.row_reversal, data.row_cv_e4 = ints([0, 1]), ints([500 * 10**4, -300 * 10**4])
    result = run.compute(data)
    assert result.earnings.payee.size == 0
    assert result.carry_value.tolist() == [500 * 10**4, -300 * 10**4]


def test_a_large_leg_is_exact():
    """Beyond 53 bits a float would lose units; the engine may not."""
    cv = 900_719_925_500
    assert binary_pay(cv, cv + 1, 10) == cv // 10 * 10**4


def test_allocation_of_an_amount_over_its_orders():
    """One function serves explanation and clawback: parts sum to the amount."""
    parts = allocate(100_0000, [333, 333, 334], [11, 12, 13])
    assert parts.sum() == 100_0000
    assert np.array_equal(-parts, allocate(-100_0000, [333, 333, 334], [11, 12, 13]))
