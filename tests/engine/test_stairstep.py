# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep."""

import pytest
from group_kit import INDIA, stairs, texts
from hypothesis import given, settings
from hypothesis import strategies as st
from mlm_engine import plans
from mlm_engine.kernel import run
from mlm_engine.kernel.codes import Reason
from mlm_engine.telling import explain
from weeks import check_laws, play, rows_of


def test_amw_in_03():
    """X 1,000 PV; A 2,000; B 2,000; C 1,000; D 4,000; 60 BV per PV: 55,800."""
    people = {"X": None, "A": "X", "B": "X", "C": "X", "D": "X"}
    pv = {"X": 1000, "A": 2000, "B": 2000, "C": 1000, "D": 4000}
    sales = [(name, 60 * value, value) for name, value in pv.items()]
    data, result, money = play(stairs(), people, sales)
    assert money["stairstep"] == {"X": 55_800, "A": 14_400, "B": 14_400, "C": 5_400, "D": 36_000}
    # the whole 21 % of 600,000 is paid to somebody
    assert result.earnings.amount_e4.sum() == 126_000 * 10**4
    check_laws(result)
    told = texts(explain.explain_earning(data, result, 4))
    assert "Grupo de #105: 240.000 CV = 240.000 propio + 0 de 0 personas debajo" in told
    assert "21 % de #101 (PV del grupo: 10.000) - 15 % de #105 (PV del grupo: 4.000) = 6 %" in told


@pytest.mark.parametrize(
    ("golden", "steps", "pv", "bv", "paid"),
    [
        ("AMW-IN-01", INDIA, 300, 15_000, 900),
        ("AMW-US-01", {100: 3, 300: 6, 600: 9, 1000: 12}, 1000, 2500, 300),
        ("AMW-AU-01", {100: 3}, 100, 400, 12),
        ("AMW-AU-02", {200: 3}, 200, 800, 24),
    ],
)
def test_own_volume_alone(golden, steps, pv, bv, paid):
    money = play(stairs(steps), {"X": None}, [("X", bv, pv)])[2]
    assert money == {"stairstep": {"X": paid}}, golden


def test_amw_au_with_retail_profit():
    """AMW-AU-01: 120 + 12 = 132 a month; AMW-AU-02 (caution): 264; its source prints
    3,166 a year, 264 × 12 is 3,168."""
    for pv, bv, month, year in ((100, 400, 132, 1584), (200, 800, 264, 3168)):
        plan = stairs({100: 3}, more=({"rule": "retail_profit"},))
        people = {"X": None, "buyer": "X"}
        data, _, _ = play(plan, people, [("X", bv, pv, "buyer")])
        data.row_retail_e4[:] = bv * 30 // 100 * 10**4
        total = int(run.compute(data).earnings.amount_e4.sum())
        assert (total, 12 * total) == (month * 10**4, year * 10**4)


def test_step_01():
    """New distributors of 300, 300 and 100: 20 % of 700 = 140."""
    people = {"A": None, "B": "A", "C": "A", "D": "A"}
    sales = [("B", 300), ("C", 300), ("D", 100)]
    assert play(stairs({700: 20}), people, sales)[2] == {"stairstep": {"A": 140}}


def test_somebody_not_entitled_stands_aside():
    people = {"A": None, "B": "A", "C": "B", "D": "C"}
    sales = [("A", 100), ("B", 100), ("C", 100), ("D", 700)]
    plan = stairs({100: 5, 700: 10, 900: 20}, settings={"min_rank": "r1"}, rank_minima=(0, 100))
    plan["bonuses"][0]["requires"] = [{"measure": "team", "min": 800}]
    plan["measures"] = [{"code": "team", "name": "Team", "kind": "group"}]
    # entitled: A (group 1,000) and B, C (900, 800); D (700) stands aside
    data, result, money = play(plan, people, sales)
    assert money == {"stairstep": {"A": 20, "B": 20 + 80, "C": 10 + 70}}
    assert (2, 3, 1, 700.0, 10.0, 70.0, 0.0) in rows_of(result)
    check_laws(result)
    told = texts(explain.explain_absence(data, result, 0, 3))
    assert "Team: 700 de 800 (faltan 100)" in told
    index = rows_of(result).index((2, 3, 1, 700.0, 10.0, 70.0, 0.0))
    assert "Volumen propio de #104, que no califica: 700 CV" in texts(
        explain.explain_earning(data, result, index)
    )
    # a discreet reader learns the base, not that somebody bought it all alone
    told = texts(explain.earning(explain.View(data, result, discreet=True), index))
    assert "Base: 700 CV" in told and "Volumen propio" not in told


def test_the_part_of_somebody_not_entitled_may_be_breakage():
    people = {"A": None, "B": "A", "C": "B"}
    plan = stairs({100: 5, 300: 10, 1000: 20}, ineligible="breakage", rank_minima=(0, 200))
    plan["bonuses"][0]["min_rank"] = "r1"
    _, result, money = play(plan, people, [("A", 700), ("B", 100), ("C", 200)])
    # B has 10 % and is below the rank: 10 of the own and 10 of C are breakage
    assert money == {"stairstep": {"A": 140 + 30, "C": 10}}
    rows = result.earnings
    assert rows.breakage_e4[rows.payee == 1].tolist() == [10 * 10**4, 10 * 10**4]
    assert set(rows.reason[rows.payee == 1].tolist()) == {Reason.RANK_BELOW}
    check_laws(result)


def test_who_broke_away_leaves_the_groups_above():
    people = {"A": None, "B": "A", "C": "B", "D": "C"}
    plan = stairs({100: 10}, breakaway_rank="r1", rank_minima=(0, 500))
    _, result, money = play(plan, people, [("A", 100), ("B", 40), ("C", 500), ("D", 60)])
    # C and D are out of the groups of A and B; p still sees the whole group
    assert money == {"stairstep": {"A": 10, "B": 4, "C": 50 + 6}}
    check_laws(result)


def test_what_a_sale_does_for_a_leader():
    """Of the 9 % of 120,000 that A gives X, half is the sale of 60,000."""
    people = {"X": None, "A": "X", "B": "A"}
    sales = [("X", 480_000, 8000), ("A", 60_000, 1000), ("B", 60_000, 1000)]
    data, result, money = play(stairs(), people, sales)
    assert money["stairstep"]["X"] == 480_000 * 0.21 + 120_000 * 0.09
    told = explain.explain_why_not(data, result, 0, 2)["bonuses"][0]["text"]
    steps = texts(explain.explain_earning(data, result, 1, lang="en"))
    assert "own + 60,000 of 1 person below" in steps
    assert "cuenta en el volumen de #102; le corresponden 5.400 de lo del período" in told
    told = explain.explain_why_not(data, result, 2, 1, lang="en")["bonuses"][0]["text"]
    assert "the sale is in no volume that pays" in told


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 8), st.integers(1, 2000)), min_size=1, max_size=9),
)
def test_the_differences_sum_to_the_highest_percentage(people):
    """Up to a single root the parts are p(root) of everything, whoever is between."""
    names = {
        f"m{place}": None if not place else f"m{up % place}" for place, (up, _) in enumerate(people)
    }
    sales = [(f"m{place}", 100 * cv, cv) for place, (_, cv) in enumerate(people)]
    _, result, _ = play(PLAN, names, sales)
    check_laws(result)
    whole = sum(cv for _, cv in people)
    pct = max([pct for least, pct in INDIA.items() if whole >= least], default=0)
    assert result.earnings.amount_e4.sum() == whole * pct * 10**4


PLAN = plans.load_plan(stairs())
