# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal rank."""

from fractions import Fraction

from group_kit import stairs, texts
from mlm_engine import plans, rules
from mlm_engine.telling import explain
from weeks import check_laws, document, play, ranks, rows_of


def test_step_03():
    """Direct 200, indirect 3,200, leadership 500 and 500: 4,400."""
    people = {"A": None, "new": "A", "C": "A", "E": "A", "B": "A", "B1": "B"}
    sales = [("A", 200), ("new", 300), ("C", 40000), ("E", 40000), ("B", 50000), ("B1", 50000)]
    equal = {"rule": "equal_rank", "active_only": False, "params": {"rank": "r1", "rates": [1, 1]}}
    plan = stairs({40000: 36, 50000: 40}, more=(equal,))
    plan["measures"] = [{"code": "gpv", "name": "GPV", "kind": "group"}]
    plan["ranks"] = [
        {"code": "r0", "name": "0"},
        {"code": "r1", "name": "40 %", "measure": "gpv", "min": 50000},
    ]
    data, result, money = play(plan, people, sales)
    assert money["stairstep"]["A"] == 200 + 3200
    assert money["equal_rank"]["A"] == 500 + 500
    assert money["stairstep"]["A"] + money["equal_rank"]["A"] == 4400
    leadership = [row for row in rows_of(result) if row[0] == 0 and row[4] == 1]
    assert leadership == [(0, 4, 1, 50000, 1, 500, 0), (0, 5, 2, 50000, 1, 500, 0)]
    check_laws(result)
    index = result.earnings.payee.tolist().index(0) + 5
    told = texts(explain.explain_earning(data, result, index))
    assert "Generación 2: #106 (40 %) → #105 (40 %) → #101 (40 %)" in told


def test_higher_ranks_are_heads_for_lower_ones_and_lower_ones_are_not():
    """u of rank 1: heads are 1 and 2; u of rank 2: heads are 2 only."""
    people = {"U": None, "L": "U", "H": "L", "K": "H"}
    equal = {
        "rule": "equal_rank",
        "active_only": False,
        "params": {"rank": "r1", "rates": [10, 5]},
    }
    plan = document(equal, ranks=ranks(0, 100, 1000))
    _, result, money = play(plan, people, [("U", 1000), ("L", 100), ("H", 1000), ("K", 200)])
    # U (r2): H generation 1 with K inside: 1,200 × 10 %; L (r1): H 1,000, K 200 × 5 %
    assert money == {"equal_rank": {"U": 120, "L": 110}}
    check_laws(result)


def test_ceilings():
    equal = {"rule": "equal_rank", "params": {"rank": "r1", "rates": [1, 1]}}
    plan = plans.load_plan(stairs(more=(equal,), rank_minima=(0, 10, 20)))
    share = [
        rules.get(item["rule"]).ceiling(rules.get(item["rule"]).Params(**item["params"]), plan)
        for item in plan["bonuses"]
    ]
    assert share == [Fraction(21, 100), Fraction(4, 100)]
