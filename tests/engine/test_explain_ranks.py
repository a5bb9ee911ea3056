# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Evaluation of ranks in words: required, reached, missing, and what the policy made of it."""

import json
from pathlib import Path

import pytest
from company_kit import Company, noon, plan
from mlm_engine import plans
from mlm_engine import scenario as scenarios
from mlm_engine.kernel import run
from mlm_engine.kernel.codes import Measure
from mlm_engine.telling import explain
from networks import ints, seeded

FOLDER = Path(__file__).parents[1] / "scenarios"


def of(played, number, code, lang="es"):
    period = next(one for one in played.periods if one.number == number)
    people = [played.maker.code(one) for one in period.snapshot.member_id]
    return explain.explain_ranks(period.snapshot, period.result, people.index(code), lang=lang)


def texts(found):
    return [step["text"] for step in found["steps"]]


@pytest.fixture(scope="module")
def months():
    return scenarios.play(scenarios.load(FOLDER / "ranks_over_periods.yaml"))


def test_required_reached_missing(months):
    found = of(months, 9, "TOP")
    assert (found["held"], found["before"], found["misses"]) == ("silver", "silver", 1)
    assert (found["next"], found["earned"], found["title"]) == ("gold", "none", "silver")
    silver, gold, ruby = found["ranks"]
    assert [one["held"] for one in found["ranks"]] == [True, False, False]
    (pv,) = gold["conditions"]
    assert pv == {
        "holds": False,
        "text": "PV: 50 de 200 (faltan 150)",
        "required": "200",
        "reached": "50",
        "missing": "150",
        "done": 25,
    }
    assert [one["text"] for one in ruby["conditions"]] == [
        "Ever: 900 de 1.000 (faltan 100)",
        "Lines with gold: 2 de 1",
    ]
    assert not silver["holds"] and not ruby["holds"]
    english = of(months, 9, "TOP", "en")["ranks"][2]["conditions"]
    assert english[0]["text"] == "Ever: 900 of 1,000 (100 missing)"


def test_sentences_of_the_policy(months):
    assert texts(of(months, 9, "TOP")) == [
        "Por las condiciones alcanza None",
        "No se alcanza Silver: período de gracia 1 de 1, se conserva",
    ]
    assert texts(of(months, 8, "LUZ", "en")) == [
        "The conditions give None",
        "Gold is not reached (2 in a row after 1 of grace): it drops by one rank only",
    ]
    assert texts(of(months, 9, "LUZ")) == [
        "Por las condiciones alcanza None",
        "El paquete Kit concede Silver hasta el 20 nov 2026",
    ]
    assert texts(of(months, 10, "ANA"))[-1] == "Por decisión aprobada: al menos Gold"
    assert texts(of(months, 10, "EVA", "en"))[-1] == "By an approved decision: exactly None"


def test_a_run_that_decides_no_ranks():
    played = scenarios.play(scenarios.load(FOLDER / "weeks_and_month.yaml"))
    found = of(played, 926, "A")
    assert texts(found) == [
        "El rango se decide por período «month»; hasta entonces queda en Leader"
    ]
    month = of(played, 8, "A")
    assert month["ranks"][0]["conditions"][0]["reached"] == "1610"


def test_choices_packages_and_titles():
    either = {"any": [[{"measure": "own_pv", "min": 100}], [{"title": "gold"}, {"package": "K"}]]}
    document = {
        **plan({"rule": "retail_profit"})["source"],
        "packages": [{"code": "K", "name": "Kit", "months": 1}],
        "ranks": [
            {"code": "none", "name": "None"},
            {"code": "silver", "name": "Silver", "requires": [either]},
            {"code": "gold", "name": "Gold", "requires": [{"package": "K", "in_term": True}]},
        ],
        "rank_policy": {"mode": "ladder", "paid_rank": "last_closed"},
    }
    found = Company(plans.load_plan(document)).person("A", rank="gold", pv=60)
    snapshot = found.snapshot()
    snapshot.held_moment, snapshot.held_member = ints([noon(-200)]), ints([0])
    snapshot.held_package, snapshot.held_package_from = ints([0]), ints([-1])
    result = run.compute(snapshot)
    told = explain.explain_ranks(snapshot, result, 0, lang="en")
    silver, gold = told["ranks"]
    assert silver["holds"] and not gold["holds"]
    assert silver["conditions"][0]["text"] == (
        "(Own PV in the window: 60 of 100 (40 missing)) or (title Gold, package Kit)"
    )
    assert gold["conditions"][0]["text"] == "package Kit, valid (has none)"
    assert texts(told) == [
        "The conditions give Silver; each rank also requires those below it",
        "Gold is not reached (1 in a row): it drops to the rank reached",
        "Bonuses use the rank of the last closed period: Gold",
    ]
    person = explain.explain_member(snapshot, result, 0, lang="en")
    assert "Rank of the period: Silver; next is Gold" in texts(person)
    assert "Bonuses use the rank of the last closed period: Gold" in texts(person)


@pytest.mark.parametrize("lang", ["es", "en"])
def test_everybody_can_be_told(lang):
    for seed in range(8):
        data = seeded(seed)
        result = run.compute(data)
        figures = result.measures
        for member in range(data.member_id.size):
            found = explain.explain_ranks(data, result, member, lang=lang)
            json.dumps(found)
            mine = (figures.member == member) & (figures.measure == Measure.RANK)
            held = figures.value[mine].sum()
            assert found["held"] == data.plan["ranks"][held]["code"]
            reached = [one["holds"] for one in found["ranks"]]
            assert held == max((at for at, holds in enumerate(reached, 1) if holds), default=0) or (
                data.member_kind[member] or data.member_state[member]
            )
