# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks that nobody reaches, or that do not rise."""

import pytest
from review_kit import found, measure, one, unilevel
from weeks import document, ranks


def leg_rank(rank, **more):
    return document(
        unilevel(),
        measures=[measure("legs", "qualified_legs", rank=rank)],
        ranks=[
            *ranks(0, 100),
            {"code": "r2", "name": "R2", "requires": [{"measure": "legs", "min": 2}]},
        ],
        **more,
    )


@pytest.mark.parametrize("rank", ["r1", "r2"])
def test_a_rank_that_asks_for_itself_below(rank):
    items = found(leg_rank(rank))
    if rank == "r1":
        assert items == []
        return
    severity, path, text = items[0]
    assert (severity, path) == ("error", ("ranks", 2, "requires"))
    assert "r2 can never be reached" in text


def test_ranks_that_ask_for_each_other():
    plan = document(
        unilevel(),
        measures=[
            measure("legs1", "qualified_legs", rank="r1"),
            measure("people2", "sponsored", min_rank="r2"),
        ],
        ranks=[
            {"code": "r0", "name": "R0"},
            {"code": "r1", "name": "R1", "requires": [{"measure": "people2", "min": 1}]},
            {"code": "r2", "name": "R2", "requires": [{"measure": "legs1", "min": 1}]},
        ],
    )
    assert [item[1] for item in found(plan)] == [
        ("ranks", 1, "requires"),
        ("ranks", 2, "requires"),
    ]


def test_a_package_or_an_alternative_is_a_way_to_a_rank():
    package = {"code": "P", "name": "P", "pct": 0, "months": 1, "rank": "r2"}
    assert found(leg_rank("r2", packages=[package])) == []
    plan = leg_rank("r2")
    legs = plan["ranks"][2]["requires"]
    plan["ranks"][2]["requires"] = [{"any": [legs, [{"measure": "own_pv_period", "min": 500}]]}]
    assert found(plan) == []


def test_a_ladder_needs_every_rung():
    plan = leg_rank("r2")
    plan["ranks"].append(
        {"code": "r3", "name": "R3", "requires": [{"measure": "own_pv_period", "min": 900}]}
    )
    # with ranks of their own r3 is a person of r2 or higher below
    assert found(plan) == []
    plan["rank_policy"] = {"mode": "ladder"}
    assert [item[1] for item in found(plan)] == [
        ("ranks", 2, "requires"),
        ("ranks", 3, "requires"),
    ]


def test_a_least_above_what_a_measure_can_show():
    plan = document(
        unilevel(),
        measures=[
            measure("group", "group"),
            measure("counted", "formula", formula="2 * min(group, 1000) + 500"),
        ],
        ranks=[
            {"code": "r0", "name": "R0"},
            {"code": "r1", "name": "R1", "requires": [{"measure": "counted", "min": 2500}]},
        ],
    )
    assert found(plan) == []
    plan["ranks"][1]["requires"][0]["min"] = 2501
    severity, path, text = one(plan)
    assert (severity, path) == ("error", ("ranks", 1, "requires"))
    assert "counted is at most 2500" in text


def test_a_title_that_only_the_rank_itself_gives():
    plan = document(
        unilevel(),
        ranks=[
            {"code": "r0", "name": "0"},
            {"code": "r1", "name": "1", "requires": [{"title": "r1"}]},
        ],
    )
    assert one(plan)[:2] == ("warning", ("ranks", 1, "requires"))


def test_more_legs_than_a_position_has():
    plan = document(
        unilevel(),
        measures=[measure("legs", "volume_legs", min=100, tree="placement")],
        ranks=[
            {"code": "r0", "name": "0"},
            {"code": "r1", "name": "1", "requires": [{"measure": "legs", "min": 3}]},
        ],
    )
    plan["trees"] = [{"code": "placement", "kind": "binary"}]
    assert one(plan)[0] == "warning"
    plan["ranks"][1]["requires"][0]["min"] = 2
    assert found(plan) == []


def test_ranks_that_do_not_rise():
    plan = document(unilevel(), ranks=ranks(0, 200, 100))
    severity, path, text = one(plan)
    assert (severity, path) == ("error", ("ranks", 2, "requires"))
    assert "nobody is ever r1" in text
    plan["measures"] = [measure()]
    plan["ranks"][2]["requires"].append({"measure": "m", "min": 3})
    assert one(plan)[:2] == ("warning", ("ranks", 2, "requires"))
    plan["ranks"][2]["requires"] = []
    assert one(plan)[0] == "error"


def test_percentages_that_fall():
    plan = document(unilevel(), ranks=ranks(0, 100, 200, r1=10, r2=8))
    falls, unread = found(plan)  # no bonus takes its percentage from the ranks here
    assert falls[:2] == ("warning", ("ranks", 2, "pct"))
    assert unread[:2] == ("warning", ("ranks", 1, "pct"))
