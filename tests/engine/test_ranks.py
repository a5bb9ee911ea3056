# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks from period to period: grace, demotion, grants, overrides, titles."""

import pytest
from company_kit import Company, noon, plan
from mlm_engine import plans
from mlm_engine.kernel.codes import Measure
from networks import ints

RETAIL = {"rule": "retail_profit"}
NAMES = ("none", "silver", "gold", "ruby")
LEAST = {"silver": 100, "gold": 200, "ruby": 300}


def company(people, ranks=None, packages=(), **policy):
    """People as ``(code, own PV, rank before, misses)``; 100, 200, 300 PV for the ranks."""
    document = {
        **plan(RETAIL)["source"],
        "ranks": ranks
        or [
            {"code": code, "name": code, "requires": [{"measure": "own_pv", "min": LEAST[code]}]}
            if code in LEAST
            else {"code": code, "name": code}
            for code in NAMES
        ],
        "packages": list(packages),
        "rank_policy": policy,
    }
    found = Company(plans.load_plan(document))
    for code, pv, rank, misses in people:
        found.person(code, rank=rank, pv=pv, misses=misses)
    return found


def misses(found):
    """Return ``{person: misses}``, zeros left out."""
    rows = found.result.measures
    chosen = rows.measure == Measure.RANK_MISSES
    return {
        found.people[member]["code"]: value
        for member, value in zip(
            rows.member[chosen].tolist(), rows.value[chosen].tolist(), strict=True
        )
    }


KEPT = [
    ({}, "silver", 0),
    ({"grace": 1}, "ruby", 1),
    ({"grace": 1, "missed": 1}, "silver", 0),
    ({"grace": 2, "missed": 1}, "ruby", 2),
    ({"demotion": "one_step"}, "gold", 1),
    ({"demotion": "one_step", "grace": 1}, "ruby", 1),
    ({"demotion": "one_step", "grace": 1, "missed": 1}, "gold", 2),
    ({"demotion": "none", "missed": 4}, "ruby", 5),
]


@pytest.mark.parametrize("policy, rank, missed", KEPT)
def test_who_misses_the_rank(policy, rank, missed):
    """Ruby before, silver earned."""
    before = policy.pop("missed", 0)
    found = company([("A", 150, "ruby", before), ("B", 350, "silver", 3)], **policy).run()
    assert found.ranks() == {"A": rank, "B": "ruby"}
    assert misses(found) == ({"A": missed} if missed else {})


def test_one_step_never_falls_below_what_is_earned():
    found = company([("A", 250, "ruby", 0), ("B", 0, "silver", 0)], demotion="one_step").run()
    assert found.ranks() == {"A": "gold"}


def test_title_never_falls_or_follows():
    people = [("A", 150, "ruby", 0)]
    assert company(people).run().result.title.tolist() == [3]
    assert company(people, title="paid").run().result.title.tolist() == [1]


def test_ladder_asks_for_every_rank_below():
    title = {"title": "gold"}
    ranks = [
        {"code": "none", "name": "None"},
        {"code": "silver", "name": "Silver", "requires": [title]},
        {"code": "gold", "name": "Gold", "measure": "own_pv", "min": 100},
    ]
    people = [("A", 150, "none", 0), ("B", 150, "gold", 0)]
    assert company(people, ranks).run().ranks() == {"A": "gold", "B": "gold"}
    assert company(people, ranks, mode="ladder").run().ranks() == {"B": "gold"}


def test_package_grants_a_rank_for_a_term():
    """30 days after the purchase the term of one month is over."""
    packages = [
        {"code": "K", "name": "Kit", "rank": "gold", "rank_months": 1},
        {"code": "L", "name": "Life", "rank": "silver"},
    ]
    found = company([(code, 0, None, 0) for code in "ABCD"], packages=packages)
    snapshot = found.snapshot()
    held = [(noon(-5), 1, 0), (noon(3), 0, 0), (noon(3), 2, 1)]
    snapshot.held_moment, snapshot.held_member, snapshot.held_package = (
        ints(column) for column in zip(*held, strict=True)
    )
    snapshot.held_package_from = ints([-1] * 3)
    found.snapshot = lambda: snapshot
    assert found.run().ranks() == {"A": "gold", "C": "silver"}


def test_override_replaces_or_raises():
    found = company([("A", 350, None, 0), ("B", 350, None, 0), ("C", 0, None, 0)])
    snapshot = found.snapshot()
    snapshot.override_member, snapshot.override_rank = ints([0, 1, 2]), ints([1, 1, 2])
    snapshot.override_exact = ints([1, 0, 0])
    found.snapshot = lambda: snapshot
    found.run()
    assert found.ranks() == {"A": "silver", "B": "ruby", "C": "gold"}
    rows = found.result.measures
    earned = rows.value[rows.measure == Measure.RANK_EARNED]
    assert earned.tolist() == [3, 3]  # what the conditions gave is told apart


def test_who_is_suspended_or_no_distributor_has_the_first_rank():
    found = company([("A", 350, "ruby", 1), ("B", 350, "ruby", 1)], grace=3, demotion="none")
    found.people[0]["state"], found.people[1]["kind"] = 1, 1
    assert found.run().ranks() == {} and misses(found) == {}


def test_bonuses_use_the_last_closed_rank():
    bonus = {
        "rule": "unilevel",
        "min_rank": "gold",
        "params": {"rates": [10], "compression": {"kind": "none"}},
    }
    paid = {}
    for rule in ("current", "last_closed"):
        found = company([("A", 350, "silver", 0)], paid_rank=rule)
        document = {**found.plan["source"], "bonuses": [{"code": "u", "name": "U", **bonus}]}
        found.plan = plans.load_plan(document)
        found.person("B", "A").sale("B")
        paid[rule] = found.run().paid()
        assert found.ranks()["A"] == "ruby"
    assert paid == {"current": {"A": 10}, "last_closed": {}}


def test_runs_of_another_kind_keep_ranks_as_they_stand():
    periods = {
        "month": {"kind": "month", "anchor_number": 1, "anchor_start": "2026-01-01"},
        "year": {"kind": "days", "days": 364, "anchor_number": 1, "anchor_start": "2026-01-01"},
    }
    found = company([("A", 350, "silver", 2), ("B", 350, None, 0)])
    measures = [{"code": "n", "name": "N", "kind": "sponsored", "min_rank": "silver"}]
    document = {
        **found.plan["source"],
        "periods": periods,
        "rank_policy": {"period": "year"},
        "measures": measures,
    }
    found.plan = plans.load_plan(document)
    found.people[0]["sponsor"] = "B"
    found.run()
    assert found.ranks() == {"A": "silver"} and misses(found) == {"A": 2}
    assert found.measured("n") == {"B": 1}
    assert found.result.title.tolist() == [1, 0]


def test_ranks_below_are_this_periods_and_above_the_first():
    """C is gold by two silver legs that only become silver now."""
    legs = {"code": "legs", "name": "Legs", "kind": "qualified_legs", "rank": "silver"}
    ranks = [
        {"code": "none", "name": "None"},
        {"code": "silver", "name": "Silver", "measure": "own_pv", "min": 100},
        {"code": "gold", "name": "Gold", "measure": "legs", "min": 2},
        {"code": "ruby", "name": "Ruby", "measure": "golds", "min": 1},
    ]
    golds = {"code": "golds", "name": "Golds", "kind": "sponsored", "min_rank": "gold"}
    document = {**plan(RETAIL)["source"], "ranks": ranks, "measures": [legs, golds]}
    found = Company(plans.load_plan(document))
    found.person("R").person("C", "R").person("S", "C", pv=100).person("T", "C", pv=100)
    assert found.run().ranks() == {"S": "silver", "T": "silver", "C": "gold", "R": "ruby"}
