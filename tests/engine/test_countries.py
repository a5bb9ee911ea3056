# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Networks of several companies by hand, computed by both calculators.

CO: pesos, 4,500 a point, whole. EC: dollars, 1 a point, cents. JP: yen, 150 a point, whole.
C2: another company in pesos, 4,000 a point.
"""

import pytest
from countries_kit import C2, CO, EC, JP, money, reference
from group_kit import pool
from mlm_reference.codes import REASONS
from weeks import document, ranks


def unilevel(*rates, **more):
    return {"rule": "unilevel", "active_only": False, "params": {"rates": list(rates)}, **more}


def plan(*bonuses, **more):
    return document(*bonuses, company="COP", unit=1, **more)


CHAIN = {"T": None, "E": "T", "C": "E", "X": "C"}  # X buys; C, E, T stand above
HOMES = {"T": EC, "E": EC, "C": CO, "X": CO}


def test_a_row_is_rounded_once_in_the_payees_home():
    """10 % of 33.33 CV: × 4,500 = 14,998.5 → 14,999 pesos; 3.333 → 3.33 dollars."""
    run, names = reference(plan(unilevel(10, 10)), CHAIN, [("X", 33.33)], HOMES)
    assert money(run, names) == {"C": 14_999, "E": 3.33}
    assert [(one.fx_e6, one.per_e6) for one in run.everything()] == [(10**6, 0), (4500 * 10**6, 0)]


def test_nobody_is_in_the_currency_of_the_run():
    """Of the fourth level there is nobody: 10 % of 33.33 in pesos."""
    run, _ = reference(plan(unilevel(0, 0, 0, 10)), CHAIN, [("X", 33.33)], HOMES)
    (row,) = run.everything()
    assert (row.payee, row.breakage_e4, row.fx_e6) == (-1, 14_999 * 10**4, 4500 * 10**6)


def test_a_bonus_in_the_currency_of_another_home():
    """10 % of 100,000 pesos: 10,000 pesos; ÷ 4,500 = 2.2222 dollars; × 150 ÷ 4,500 = 333.3 yen."""
    bonus = unilevel(10, 10, 10, currency="COP")
    run, names = reference(plan(bonus), CHAIN, [("X", 100_000)], {**HOMES, "T": JP})
    assert money(run, names) == {"C": 10_000, "E": 2.22, "T": 333}
    rates = [(one.fx_e6 // 10**6, one.per_e6 // 10**6) for one in run.everything()]
    assert rates == [(150, 4500), (1, 4500), (1, 0)]


def test_a_bonus_in_a_currency_of_no_home():
    """10 % of 100 euros: × 4,950 pesos, × 1.1 dollars, each by the company's own rate."""
    dollars = {**EC, "rates": {"EUR": 1_100_000}}
    pesos = {**CO, "rates": {"EUR": 4950 * 10**6}}
    homes = {"T": dollars, "E": dollars, "C": pesos, "X": pesos}
    bonus = unilevel(10, 10, currency="EUR")
    run, names = reference(plan(bonus), CHAIN, [("X", 100)], homes, sellers=[pesos])
    assert money(run, names) == {"C": 49_500, "E": 11}
    assert {one.per_e6 for one in run.everything()} == {0}


def test_matching_is_turned_from_the_home_of_the_source():
    """C has 14,999 pesos: E, 50 % ÷ 4,500 → 1.6666 dollars. E has 3.33 dollars: T, 50 %."""
    matching = {
        "rule": "matching",
        "active_only": False,
        "params": {"rates": [50], "bonuses": ["unilevel"]},
    }
    run, names = reference(plan(unilevel(10, 10), matching), CHAIN, [("X", 33.33)], HOMES)
    assert money(run, names, 1) == {"E": 1.67, "T": 1.67}
    rows = [one for one in run.everything() if one.bonus]
    assert [(one.fx_e6, one.per_e6) for one in rows] == [
        (10**6, 0),
        (10**6, 4500 * 10**6),
    ]
    # E's is in pesos of another value of the point: a peso stays a peso
    run, names = reference(
        plan(unilevel(10, 10), matching), CHAIN, [("X", 33.33)], {**HOMES, "E": C2}
    )
    assert money(run, names, 1) == {"E": 7500, "T": 1.67}
    # E itself: 10 % of 33.33 × 4,000 = 13,332 pesos; T: 50 % ÷ 4,000 = 1.6665
    assert money(run, names) == {"C": 14_999, "E": 13_332}


@pytest.mark.parametrize(("point", "dollars"), [(4400, 10.23), (0, 10)])
def test_retail_profit_at_the_point_of_the_sale(point, dollars):
    """45,000 pesos of profit of a dollar person: ÷ 4,400 at the sale = 10.227."""
    retail = {"rule": "retail_profit"}
    sales = [("E", 0, 0, "X")]
    run, names = reference(
        plan(retail), CHAIN, sales, HOMES, sellers=[CO], retail=[45_000], points=[point]
    )
    assert money(run, names) == {"E": dollars}
    (row,) = run.everything()
    assert (row.fx_e6, row.per_e6) == (10**6, (point or 4500) * 10**6)


def test_retail_profit_in_dollars_is_by_the_rate_of_the_payee():
    """10 dollars that EC sold to C's customer: the base currency, 4,500 pesos each."""
    run, names = reference(
        plan({"rule": "retail_profit"}),
        CHAIN,
        [("C", 0, 0, "X")],
        HOMES,
        sellers=[EC],
        retail=[10],
        points=[2],
    )
    assert money(run, names) == {"C": 45_000}


def test_caps_are_turned_into_the_home():
    """3 points at most: 13,500 pesos of 14,999, 3 dollars of 3.33."""
    cap = {"code": "cap", "name": "Cap", "bonuses": ["unilevel"], "amount": 3}
    run, names = reference(plan(unilevel(10, 10), caps=[cap]), CHAIN, [("X", 33.33)], HOMES)
    assert money(run, names) == {"C": 13_500, "E": 3}
    assert {one.reason for one in run.everything()} == {REASONS["CAPPED"]}


# C has 45,000 pesos (10 points) of each 100 CV, E 5 dollars (5 points): together 15 % of them.


def capped(cap_pct=None, **more):
    payout = {"mode": "pro_rata", "cap_pct": cap_pct, **more} if cap_pct else more
    return plan(unilevel(10, 5), payout=payout, ranks=ranks(0, 10))


def test_company_cap_in_each_home():
    """10 % of 100 CV are 10 of 15 points: 30,000 pesos, 3.3333 dollars, both rounded down."""
    run, names = reference(capped(10), CHAIN, [("X", 100)], HOMES)
    assert money(run, names) == {"C": 30_000, "E": 3.33}
    run, names = reference(capped(15), CHAIN, [("X", 100)], HOMES)
    assert money(run, names) == {"C": 45_000, "E": 5}


def test_company_cap_inside_a_home():
    """Two sales, 1 and 2 CV: C has 450 and 900 pesos, E 0.05 and 0.10. 7 % of 3 CV are 0.21 of
    0.45 points, 7 fifteenths: 630 pesos, 210 and 420; 0.07 dollars: 0.02333 and 0.04667, the
    cent that is left to the greater fraction."""
    run, _ = reference(capped(7), CHAIN, [("X", 1), ("X", 2)], HOMES)
    rows = [(one.payee, one.row, one.amount_e4) for one in run.everything()]
    assert rows == [(1, 0, 200), (1, 1, 500), (2, 0, 210 * 10**4), (2, 1, 420 * 10**4)]


def test_hard_stop_in_order_of_time():
    """100 CV each, 17 % of 200: 34 points. 5 + 10 + 5 + 10 = 30: all. With 11 %, 22: 15 of the
    first sale and E's 5 of the second, 2 points are left for C: 9,000 pesos."""
    sales = [("X", 100), ("X", 100)]
    run, names = reference(capped(17, mode="hard_stop"), CHAIN, sales, HOMES)
    assert money(run, names) == {"C": 90_000, "E": 10}
    run, names = reference(capped(11, mode="hard_stop"), CHAIN, sales, HOMES)
    assert money(run, names) == {"C": 54_000, "E": 10}


def test_one_row_meets_the_edge():
    """3.335 % of 100 CV: E, who comes first, has 3.33 of 3.335 dollars; what is left of a cent
    would be 22 pesos, but nobody after the edge is paid."""
    run, names = reference(capped(3.335, mode="hard_stop"), CHAIN, [("X", 100)], HOMES)
    assert money(run, names) == {"E": 3.33}


def test_high_ranks_first_over_all_homes():
    """E, by 10 PV, is protected and keeps 5 points of 10 (and of 2: 2); C has what is left."""
    sales = [("X", 100, 0), ("E", 0, 10)]
    more = {"mode": "protect_ranks", "protect_from": "r1"}
    run, names = reference(capped(10, **more), CHAIN, sales, HOMES)
    assert money(run, names) == {"C": 22_500, "E": 5}
    run, names = reference(capped(2, **more), CHAIN, sales, HOMES)
    assert money(run, names) == {"E": 2}


def test_guaranteed_minimum_by_what_the_homes_hold():
    """20 % of 100 CV are 20 points, 5 missing: C holds 10 of 15, 15,000 pesos; E 1.66 dollars."""
    more = {"floor_pct": 20, "floor_bonus": "unilevel", "mode": "pro_rata"}
    run, names = reference(capped(None, **more), CHAIN, [("X", 100)], HOMES)
    assert money(run, names) == {"C": 60_000, "E": 6.66}


FLAT = {"a": None, "b": None, "c": None, "d": None}
SOLD = [("a", 500), ("b", 250), ("c", 250)]
IN_TWO = {"a": CO, "b": EC, "c": EC, "d": CO}


def test_a_pool_over_two_homes():
    """1 % of 1,000 CV among a, b, c: 10 points, of CO a third: 3.3333 × 4,500 = 15,000 pesos;
    of EC two thirds: 6.66 dollars, 3.33 each. In pesos 45,000 − 15,000 − 29,970 = 30."""
    run, names = reference(plan(pool(), ranks=ranks(0, 10)), FLAT, SOLD, IN_TWO)
    assert money(run, names) == {"a": 15_000, "b": 3.33, "c": 3.33}
    nobody = run.payee(-1)
    assert [one.breakage_e4 for one in nobody] == [30 * 10**4]
    assert nobody[0].reason == REASONS["POOL_REMAINDER"]
    row = run.payee(1)[0]
    assert (row.base_e4, row.rate_e6, row.fx_e6, row.per_e6) == (66_600, 500_000, 10**6, 0)


def test_a_pool_of_nobody_is_told_in_the_currency_of_the_run():
    run, _ = reference(plan(pool(), ranks=ranks(0, 10**6)), FLAT, SOLD, IN_TWO)
    assert [one.breakage_e4 for one in run.everything()] == [45_000 * 10**4]


BREAKAWAY = {
    "rule": "breakaway",
    "active_only": False,
    "params": {"rank": "r1", "rates": [4], "guarantee": 200},
}


@pytest.mark.parametrize(
    ("homes", "expected"),
    [
        # R earns 4 % of 300 = 12 points and owes 4 % of the 100 missing: 4 points
        ((CO, EC), {"S": 36_000, "R": 8}),
        ((EC, CO), {"S": 8, "R": 36_000}),
        ((JP, C2), {"S": 1200, "R": 32_000}),
    ],
)
def test_a_guarantee_between_two_homes(homes, expected):
    """S earns 4 % of R's 100 CV, 4 points, and the 4 of the guarantee."""
    people = {"S": None, "R": "S", "D": "R"}
    sales = [("S", 50), ("R", 100), ("D", 300)]
    homes = dict(zip(people, (*homes, EC), strict=True))
    run, names = reference(plan(BREAKAWAY, ranks=ranks(0, 10)), people, sales, homes)
    assert money(run, names) == expected


def test_a_guarantee_takes_what_is_there():
    """R has 4 % of 30.1 CV: 1.2 dollars of 1.204. S gets these 1.2 points, 5,400 pesos, and 4 %
    of 100 CV: 18,000."""
    people = {"S": None, "R": "S", "D": "R"}
    sales = [("S", 50), ("R", 100), ("D", 30.1)]
    homes = {"S": CO, "R": EC, "D": EC}
    run, names = reference(plan(BREAKAWAY, ranks=ranks(0, 10)), people, sales, homes)
    assert money(run, names) == {"S": 23_400}


def test_one_home_is_one_company():
    """A list of one home gives what none gives, row by row."""
    for written in (
        capped(10),
        capped(7, mode="hard_stop"),
        capped(None, mode="pro_rata", floor_pct=20, floor_bonus="unilevel"),
        plan(pool(), ranks=ranks(0, 10)),
        plan(BREAKAWAY, ranks=ranks(0, 10)),
    ):
        sales = [("X", 33.33), ("C", 12.3), ("E", 150)]
        plain, _ = reference(written, CHAIN, sales, None)
        alone, _ = reference(written, CHAIN, sales, dict.fromkeys(CHAIN, CO))
        assert plain.everything() == alone.everything() != []
