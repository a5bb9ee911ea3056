# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks explained condition by condition: required, reached, missing."""

from pathlib import Path

import pytest
from mlm_engine import scenario as scenarios
from mlm_engine.kernel import run
from mlm_engine.kernel.codes import figure_name
from mlm_engine.telling import explain, rank_ladder
from mlm_engine.telling.view import View
from networks import ints
from test_examples import three


def test_each_condition_says_what_is_missing():
    """2,000 CV matched on each side: Bronze (1,500) is held, Silver (2,500) lacks 500."""
    data = three(2000, 2000, 10)
    view = View(data, run.compute(data), lang="es")
    found = explain.ranks_of(view, 0)
    assert (found["held"], found["next"]) == ("bronce", "plata")
    (silver,) = [one for one in found["ranks"] if one["rank"] == "plata"]
    (condition,) = silver["conditions"]
    assert (condition["required"], condition["reached"], condition["missing"]) == (
        "2500",
        "2000",
        "500",
    )
    assert condition["done"] == 80 and not condition["holds"]
    assert "faltan 500" in condition["text"]


@pytest.mark.parametrize(
    "name, told",
    [
        ("gx_bin_06_ranks", True),
        ("ranks_over_periods", True),
        ("step_03_leadership", True),
        ("leg_caps", False),
    ],
)
def test_stored_figures_tell_the_same(name, told):
    """What a run stores gives the same conditions as the run itself, where it can."""
    path = Path(__file__).parents[1] / "scenarios" / f"{name}.yaml"
    seen = 0
    for cycle in scenarios.play(scenarios.load(path)).periods:
        view = View(cycle.snapshot, cycle.result, lang="en")
        codes = {item["code"]: at for at, item in enumerate(view.plan["bonuses"])} | {"": -1}
        for member in range(view.context.members):

            def value(bonus, figure, member=member, view=view, codes=codes):
                found = view.figures(member, bonus=codes[bonus])
                named = {figure_name(code, view.plan): one for code, one in found.items()}
                return named.get(figure, 0)

            for index, rank in enumerate(explain.ranks_of(view, member)["ranks"], 1):
                found = rank_ladder.stored(view.plan, index, "en", value)
                assert found in ([], rank["conditions"])
                seen += len(found)
    assert bool(seen) == told


def test_ranks_stand_in_the_explanation_of_a_person():
    data = three(2000, 2000, 10)
    view = View(data, run.compute(data), lang="en")
    person = explain.person(view, 0)
    assert person["ranks"]["held"] == "bronce"
    assert any("next is Silver" in step["text"] for step in person["steps"])


def test_a_rank_given_by_decision_is_said():
    data = three(0, 0, 10)
    data.override_member, data.override_rank = ints([0]), ints([2])
    data.override_exact = ints([1])
    view = View(data, run.compute(data), lang="en")
    found = explain.ranks_of(view, 0)
    assert found["held"] == "plata"
    assert found["notes"] == ["By an approved decision: exactly Silver"]
