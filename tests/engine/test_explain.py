# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Explanations: complete, plain data, exact to the last unit."""

import json
import random
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest
import random_networks
import random_plans
from hypothesis import given, settings
from hypothesis import strategies as st
from mlm_engine import scenario as scenarios
from mlm_engine.kernel import codes, packages, run
from mlm_engine.plan import schema
from mlm_engine.scenario import report
from mlm_engine.telling import explain, words
from networks import BINARY, seeded

FOLDER = Path(__file__).parents[1] / "scenarios"


def played(name):
    return scenarios.play(scenarios.load(FOLDER / f"{name}.yaml"))


def texts(found):
    return [step["text"] for step in found["steps"]]


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(("es", "en")))
def test_everything_can_be_explained(seed, lang):
    data = seeded(seed)
    result = run.compute(data)
    for index in range(result.earnings.payee.size):
        json.dumps(explain.explain_earning(data, result, index, lang=lang))
        row, _weight, share = explain.volume_behind(data, result, index)
        assert share.sum() == result.earnings.amount_e4[index]
        assert row.size == np.unique(row).size
    for member in range(data.member_id.size):
        found = explain.explain_member(data, result, member, lang=lang)
        total = result.earnings.amount_e4[result.earnings.payee == member].sum()
        shown = sum(round(float(item["amount"]) * 10**4) for item in found["earnings"])
        assert shown == total
        for one in found["positions"]:
            assert one == explain.explain_position(data, result, one["position"], BINARY, lang=lang)
            assert [step["step"] for step in one["steps"]][:2] == ["left", "right"]
    for row in range(data.row_id.size):
        json.dumps(explain.explain_row(data, result, row, lang=lang))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32))
def test_volume_behind_a_binary_amount(seed):
    """The weights are the lesser leg: at least what was matched."""
    data = seeded(seed)
    result = run.compute(data)
    rows = result.earnings
    for index in np.flatnonzero(rows.bonus == BINARY):
        _, weight, _ = explain.volume_behind(data, result, index)
        assert rows.base_e4[index] <= weight.sum() < rows.base_e4[index] + 100 * 10**4


def test_percentages_say_where_they_come_from():
    game = played("package_terms")
    found = report.explanations(game, game.cycles[0], "en")
    rate = {
        code: next(
            step["text"]
            for step in found[code]["earnings"][-1]["steps"]
            if step["step"] == "rate" and found[code]["earnings"][-1]["bonus"] == "binary"
        )
        for code in ("H1", "H2", "H4")
    }
    assert rate["H1"] == "15 %: Package ESP-1, valid until 23 Aug 2026"
    assert rate["H2"] == "10 %: rank No rank of the period"
    assert rate["H4"] == "15 %: Package ESP-3 (bought again), valid until 18 Feb 2027"


def test_a_package_without_a_term_has_no_end():
    cycle = played("package_terms").cycles[0]
    rates = cycle.result.earnings.rate_source
    index = int(np.flatnonzero(rates == codes.RateSource.PACKAGE)[0])
    for lang, told in (("es", "vigente sin término"), ("en", ", valid without end")):
        view = explain.View(cycle.snapshot, cycle.result, lang=lang)
        view.context.holdings.until[:] = packages.NO_END
        steps = {one["step"]: one["text"] for one in explain.earning(view, index)["steps"]}
        assert steps["rate"].endswith(told)


def test_generations_say_who_was_passed_and_why():
    game = played("gen5_reasons")
    found = report.explanations(game, game.cycles[0], "es")["G5"]["earnings"]
    mine = next(item for item in found if item["source_name"] == "NINA")
    assert mine["rate_source"] == "pv_tier" and mine["reason"] == "pv_tier"
    path = next(step for step in mine["steps"] if step["step"] == "path")
    assert [(item["name"], item["reason"]) for item in path["path"]] == [
        ("G1", "smaller_package"),
        ("G2", "no_package"),
        ("G3", "suspended"),
        ("G4", "inactive"),
        ("G5", "pv_tier"),
    ]
    assert "50 %: nivel por PV propio (75 PV)" in texts(mine)


def test_nothing_paid_is_explained_too():
    game = played("unqualified_pause")
    ana = report.explanations(game, game.cycles[0], "en")["ANA"]
    assert ana["earnings"] == []
    legs = ana["positions"][0]
    assert legs["reason"] == "no_active_right"
    assert texts(legs)[-1] == ("Not paid: No active personally sponsored person in the right leg")
    assert "= 500 CV" in texts(legs)[0]


def test_names_are_the_callers():
    game = played("gx_gen5_columns")
    cycle = game.cycles[0]
    found = explain.explain_earning(
        cycle.snapshot, cycle.result, 0, name=lambda kind, index: f"<{kind}>", lang="en"
    )
    assert found["source_name"] == "<member>"


@pytest.mark.parametrize(
    "text, spanish, english",
    [
        ("5890500.00", "5.890.500", "5,890,500"),
        ("3120.4", "3.120,4", "3,120.4"),
        ("-0.05", "-0,05", "-0.05"),
        ("999", "999", "999"),
    ],
)
def test_numbers_as_people_write_them(text, spanish, english):
    assert (words.number(text, "es"), words.number(text, "en")) == (spanish, english)


def test_sentences_group_thousands_and_keys_stay_plain():
    game = played("gx_bin_03_rollover")
    found = [
        item
        for lang in ("es", "en")
        for person in report.explanations(game, game.cycles[0], lang).values()
        for item in person["earnings"]
        if item["bonus"] == "binary" and float(item["amount"]) >= 1000
    ]
    assert found
    spanish, english = found[0], found[len(found) // 2]
    shown = words.number(spanish["amount"], "es")
    assert texts(spanish)[-1].endswith(f"= {shown}") and "," not in spanish["amount"]
    assert texts(english)[-1].endswith("= " + words.number(english["amount"], "en"))


def test_a_reader_after_the_first_shares_what_was_indexed(monkeypatch):
    snapshot = seeded(7)
    result = run.compute(snapshot)
    kept = explain.View(snapshot, result)
    first = explain.person(explain.View(snapshot, result, lang="en", like=kept), 0)
    monkeypatch.setattr(run, "prepared", None)
    again = explain.View(snapshot, result, lang="en", like=kept)
    assert explain.person(again, 0) == first
    assert again.context is kept.context
    assert again.rows is kept.rows


def test_the_largest_rows_and_the_totals_of_all():
    """Whoever has many rows gets the largest explained, and sums of all of them."""
    for seed in range(30):
        rng = random.Random(seed)
        plan = schema.canonical(random_plans.draw(rng, "unilevel"))[0]
        data = random_networks.draw(rng, plan, lively=True)
        view = explain.View(data, run.compute(data), lang="en")
        for member in range(data.member_id.size):
            whole, some = explain.person(view, member), explain.person(view, member, 2)
            rows = [Decimal(one["amount"]) for one in whole["earnings"]]
            assert whole["count"] == some["count"] == len(rows)
            assert Decimal(whole["amount"]) == Decimal(some["amount"]) == sum(rows)
            assert whole["levels"] == some["levels"]
            assert sum(one["count"] for one in whole["levels"]) == len(rows)
            assert sum(Decimal(one["amount"]) for one in whole["levels"]) == sum(rows)
            indexes = [one["index"] for one in whole["earnings"]]
            assert indexes == sorted(indexes)
            if len(rows) <= 2:
                assert some == whole
                continue
            shown = [abs(Decimal(one["amount"])) for one in some["earnings"]]
            assert shown == sorted(map(abs, rows), reverse=True)[:2]
