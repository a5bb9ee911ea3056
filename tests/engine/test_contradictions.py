# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What rules say of parameters that contradict each other, and how much they may pay."""

from fractions import Fraction

import pytest
from company_kit import plan
from levels_kit import RANKS, unilevel
from mlm_engine import plans, rules

CONTRADICTIONS = [
    ({"rates": [1], "rates_by_rank": {"one": [1]}}, "two rates for one level"),
    ({"rates": []}, "no level pays"),
    ({"levels_by_rank": {"one": 4}}, "reaches level 4"),
    ({"compression": {"kind": "pass_up", "pass_up": 0}}, "nobody is passed up"),
]


@pytest.mark.parametrize("params, message", CONTRADICTIONS)
def test_contradictions(params, message):
    bonus = {"rule": "unilevel", "params": {"rates": [10, 5, 2], **params}}
    with pytest.raises(plans.PlanError, match=message):
        plan(bonus, ranks=RANKS)


def test_contradictions_of_other_rules():
    tree = [{"code": "m", "kind": "matrix", "width": 3}]
    for bonus, message in (
        ({"rule": "matrix", "params": {"rates": [1, 1], "height": 1}}, "1 high"),
        ({"rule": "matrix", "params": {"rates": [1], "width": 2}}, "2 wide"),
        ({"rule": "fast_start", "params": {"rates": [1]}}, "the window needs"),
        ({"rule": "generation", "params": {"rates": [1]}}, "the rank of a leader"),
        ({"rule": "infinity", "params": {}}, "no rank earns"),
        ({"rule": "differential_order", "params": {}}, "nobody has a percentage"),
        ({"rule": "personal_rebate", "params": {}}, "no step"),
        (
            {"rule": "matching", "params": {"rates": [1], "bonuses": ["matching"]}},
            "itself a matching bonus",
        ),
        ({"rule": "unilevel", "tree": "m", "params": PASSED_UP}, "only in the sponsor tree"),
    ):
        with pytest.raises(plans.PlanError, match=message):
            plan(bonus, ranks=RANKS, trees=tree)


PASSED_UP = {"rates": [1], "compression": {"kind": "pass_up"}}


def test_warnings():
    rates = {"one": [5], "two": [4]}
    bonus = unilevel("skip_below_rank", rates=[], rates_by_rank=rates, base_pct=33.3333)
    review = plans.review(plan(bonus, ranks=RANKS))
    found = [item.text for item in review if item.path[0] == "bonuses"]
    assert len(found) == 3 and all(
        any(part in text for text in found)
        for part in ("no threshold", "has less at level 1", "more than four decimals")
    )


def ceiling(bonus, **sections):
    found = plan(bonus, ranks=RANKS, **sections)["bonuses"][0]
    rule = rules.get(found["rule"])
    return rule.ceiling(rule.Params(**found["params"]), plan(bonus, ranks=RANKS, **sections))


def test_ceilings():
    assert ceiling(unilevel()) == Fraction(17, 100)
    assert ceiling(unilevel("segment")) == Fraction(27, 100)
    assert ceiling(unilevel(base_pct=50)) == Fraction(17, 200)
    assert ceiling(unilevel(base="pv")) is None
    catalog = [{"code": "p", "name": "p", "pv": 12, "cv": 10, "price": 1}]
    assert ceiling(unilevel(base="pv"), catalog=catalog) == Fraction(17, 100) * Fraction(6, 5)
    params = {"rates": {"one": 2, "two": 3}, "reduced": {"two": [1]}}
    assert ceiling({"rule": "infinity", "params": params}) == Fraction(10, 100)
