# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matrix."""

from company_kit import Company, plan
from levels_kit import unilevel
from mlm_engine.rules.matrix.rule import capacity


def test_several_positions_of_one_person():
    """In a free tree whoever owns two positions is paid for each; vacant ones are
    passed over and use up no level."""
    bonus = {**unilevel(), "tree": "f"}
    company = Company(plan(bonus, trees=[{"code": "f", "kind": "free"}])).chain("A", "B", "X")
    company.seat("a1", "A").seat("b", "B", "a1", 0).seat("v", None, "b", 0)
    company.seat("a2", "A", "v", 0).seat("x", "X", "a2", 0).sale("X", seat="x").run()
    assert company.rows() == [
        ("A", 1, 1, 10, 0, 0),
        ("A", 3, 3, 2, 0, 0),
        ("B", 2, 2, 5, 0, 0),
    ]
    assert company.result.earnings.position.tolist() == [3, 0, 1]


def test_mat_01():
    tree = [{"code": "m", "kind": "matrix", "width": 3}]
    params = {"rates": [2, 2, 2], "width": 3, "height": 3}
    company = Company(plan({"rule": "matrix", "tree": "m", "params": params}, trees=tree))
    company.chain("Root", "A").person("B", "Root").person("C", "Root").person("D", "Root")
    company.seat("root", "Root")
    for leg, code in enumerate("ABC"):
        company.seat(code, code, "root", leg)
    company.seat("d", "D", "A", 0).sale("D", seat="d").run()
    assert [row[:4] for row in company.rows() if row[3]] == [("Root", 2, 2, 2), ("A", 1, 1, 2)]
    assert (capacity(3, 7), capacity(2, 12)) == (3279, 8190)


def test_a_sale_of_nobody_has_no_uplines_where_it_was_placed():
    """rules.md §8: all levels of it are breakage of nobody."""
    company = Company(plan({**unilevel(), "tree": "f"}, trees=[{"code": "f", "kind": "free"}]))
    company.chain("A", "B").seat("a", "A").seat("b", "B", "a", 0).sale("B", seat="b")
    company.sales[0]["credited"] = None
    assert {row[0] for row in company.run().rows()} == {None}
