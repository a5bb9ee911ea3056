# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Several positions and several trees of a scenario."""

import copy

import pytest
from message_kit import BASE, SPLIT
from mlm_engine import scenario as scenarios
from mlm_engine.scenario import report
from mlm_engine.telling import problem_words


def test_two_heads_of_one_tree_are_refused():
    data = {
        **BASE,
        "distributors": [{"code": "A", "place": "root"}, {"code": "B", "place": "root"}],
    }
    with pytest.raises(scenarios.ScenarioError, match="B and A are both the head of the same tree"):
        scenarios.load(data)


def test_further_positions_have_codes_of_their_own():
    data = copy.deepcopy(BASE)
    data["distributors"][0]["place"] = [
        {"parent": "B", "leg": "left", "at": "2026-08-20"},
        "root",
        {"parent": "A", "leg": "right", "at": "2026-08-18"},
    ]
    data["distributors"].append(
        {"code": "C", "sponsor": "A", "place": {"parent": "A-3", "leg": "left", "at": "2026-08-21"}}
    )
    scenario = scenarios.load(data)
    assert [(one.code, one.parent) for one in scenario.person("A").places] == [
        ("A", None),
        ("A-2", "A"),
        ("A-3", "B"),
    ]
    data["distributors"].append({"code": "A-2", "sponsor": "A"})
    with pytest.raises(scenarios.ScenarioError, match="would have the code of another person, A-2"):
        scenarios.load(data)


def in_trees(places, **sections):
    """Return a scenario of A at these places, in the trees `placement` and `grid`."""
    trees = [
        {"code": "placement", "kind": "binary"},
        {"code": "grid", "kind": "matrix", "width": 3},
    ]
    pairs = {
        "code": "pairs",
        "name": "Pairs",
        "rule": "binary",
        "tree": "placement",
        "params": {"pct_from": ["fixed"], "fixed_pct": 10},
    }
    data = copy.deepcopy(SPLIT)
    bonuses = [*data["plan"]["bonuses"], pairs]
    data["plan"].update(trees=trees, bonuses=bonuses, activity={"period": "week", "pv": 0})
    data["distributors"] = [
        {"code": "A", "place": places},
        {"code": "B", "sponsor": "A", "place": {"parent": "A", "leg": "right"}},
    ]
    return {**data, "sales": [], **sections}


def test_the_first_tree_is_the_same_named_or_not():
    places = ["root", {"tree": "placement", "parent": "A", "leg": "left"}]
    below = {"code": "C", "sponsor": "A", "place": {"parent": "A-2", "leg": "left"}}
    data = in_trees(places)
    data["distributors"].append(below)
    assert [one.code for one in scenarios.load(data).person("A").places] == ["A", "A-2"]
    data["distributors"].append({"code": "A-2", "sponsor": "A"})
    with pytest.raises(scenarios.ScenarioError, match="would have the code of another person, A-2"):
        scenarios.load(data)


def test_what_is_carried_stands_in_the_tree_of_its_bonus():
    grid = [{"tree": "grid"}, {"tree": "grid", "parent": "A", "leg": 1}]
    opening = {"carry": {"A-2": {"pairs": {"carry_left": 5}}}}
    with pytest.raises(scenarios.ScenarioError) as caught:
        scenarios.load(in_trees(["root", *grid], opening=opening))
    assert str(caught.value) == (
        "opening.carry.A-2.pairs: A-2 is not a position in the tree of pairs. Choose a position of "
        "that tree"
    )
    assert problem_words.of_error(caught.value, "es") == (
        "opening.carry.A-2.pairs: A-2 no es una posición del árbol de pairs. Elija una posición "
        "de ese árbol"
    )
    places = ["root", {"parent": "A", "leg": "left"}]
    played = scenarios.play(scenarios.load(in_trees(places, opening=opening)))
    assert report.document(played)["cycles"][0]["carry"] == {"A-2": {"pairs": {"carry_left": "5"}}}
    # an unknown tree is said once, not again about what stands in it
    with pytest.raises(scenarios.ScenarioError, match="unknown tree 'gird'") as caught:
        scenarios.load(in_trees(["root", {**grid[1], "tree": "gird"}], opening=opening))
    assert "no position" not in str(caught.value)
