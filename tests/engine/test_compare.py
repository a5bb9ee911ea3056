# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two periods of a person compared in words: under every shipped plan and every rule."""

import copy
import json
import random
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest
import random_homes
import random_networks
import random_plans
from mlm_engine import plans, rules
from mlm_engine import scenario as scenarios
from mlm_engine.kernel import run
from mlm_engine.kernel.codes import Reason
from mlm_engine.plan import schema
from mlm_engine.telling import compare, compare_parts, shapes
from mlm_engine.telling.view import View

SCENARIOS = Path(__file__).parents[1] / "scenarios"


def hidden(kind, index):
    return "somebody"


def check(before, after, person):
    """Assert that a comparison adds up and has the declared shapes; return it."""
    found = compare.compare(before, after, person)
    assert json.loads(json.dumps(found)) == found
    sums = {name: Decimal(found[name]) for name in ("before", "after", "difference")}
    assert sums["after"] - sums["before"] == sums["difference"]
    for name, total in sums.items():
        if name == "difference":
            assert sum(Decimal(one[name]) for one in found["bonuses"]) == total
    for one in found["bonuses"]:
        assert Decimal(one["difference"])
        assert Decimal(one["after"]) - Decimal(one["before"]) == Decimal(one["difference"])
        rows = one["step"]["rows"]
        assert rows and sum(Decimal(row["value"]) for row in rows) == Decimal(one["difference"])
    for step in (*found["steps"], *(one["step"] for one in found["bonuses"])):
        assert not shapes.problems(step)
    return found


def another_period(data, rng):
    """The same network with other sales, ranks and rate of exchange."""
    other = copy.deepcopy(data)
    for at in range(other.row_cv_e4.size):
        factor = rng.choice((0, 0, 1, 2, 3))
        for name in ("row_pv_e4", "row_cv_e4", "row_retail_e4"):
            values = getattr(other, name)
            values[at] = values[at] * factor // 2
    other.window_pv_e4 = other.window_pv_e4 * rng.choice((0, 1, 2))
    if data.plan["company_currency"] != data.plan["base_currency"]:
        other.fx_e6 = rng.choice((data.fx_e6, 4_321_987_654))
    return other


def compared(data, rng):
    """Compare everybody, as staff and as a discreet reader; return how many bonuses
    differ, and of how many people are named."""
    other = another_period(data, rng)
    results = run.compute(data), run.compute(other)
    count = named = 0
    for lang in ("es", "en"):
        views = [View(*one, lang=lang) for one in zip((data, other), results, strict=True)]
        discreet = [
            View(*one, hidden, lang, discreet=True)
            for one in zip((data, other), results, strict=True)
        ]
        for person in data.member_id.tolist():
            found = check(*views, person)
            count += len(found["bonuses"])
            told = check(*discreet, person)
            assert told["difference"] == found["difference"]
            # how many, and never whose sales (RULES 38)
            assert not any("Most of it" in one["step"]["text"] for one in told["bonuses"])
            named += sum("Most of it" in one["step"]["text"] for one in found["bonuses"])
    return count, named


@pytest.mark.parametrize("name", plans.plan_names())
def test_every_shipped_plan(name):
    plan, told = plans.load_plan(name), []
    for number in range(12):
        rng = random.Random(f"compare {name} {number}")
        told.append(compared(random_networks.draw(rng, plan, lively=True), rng))
    count, named = map(sum, zip(*told, strict=True))
    assert count > 10 and named


@pytest.mark.parametrize("name", rules.names())
def test_every_rule(name):
    for number in range(12):
        rng = random.Random(f"compare rule {name} {number}")
        plan, problems = schema.canonical(random_plans.draw(rng, name))
        if problems:
            continue
        data = random_networks.draw(rng, plan, lively=True)
        compared(random_homes.draw(data, rng) if number % 2 else data, rng)


def told(name, person, lang="en"):
    """The comparison of the first two cycles of a scenario."""
    played = scenarios.play(scenarios.load(SCENARIOS / f"{name}.yaml"))
    pair = [View(one.snapshot, one.result, lang=lang) for one in played.cycles[:2]]
    return check(*pair, person)


def test_nothing_now_says_why():
    found = told("refund_later_cycle", 1)
    assert found["text"] == "Earned in cycle 925: 0; in cycle 924: 135,000; 135,000 less"
    (bonus,) = found["bonuses"]
    assert Reason.NO_ACTIVE_RIGHT.text in bonus["step"]["text"]
    assert bonus["step"]["rows"][0]["label"] == "base: 300 → 0 CV"


def test_who_was_terminated_is_not_said_to_lack_volume():
    found = told("suspended_and_terminated", 3)
    assert "No longer active: Terminated" in [step["text"] for step in found["steps"]]
    assert "Paid-as rank: Bronze → No rank" in [step["text"] for step in found["steps"]]


def test_more_than_before_in_spanish():
    found = told("gx_gen5_07_five_generations", 2, "es")
    assert found["text"].endswith("1.350.000 más")
    assert "Personas de quienes vino: 0 → 2" in found["bonuses"][0]["step"]["text"]


def test_who_came_later_was_not_there():
    played = scenarios.play(scenarios.load(SCENARIOS / "refund_later_cycle.yaml"))
    first, last = (View(one.snapshot, one.result, lang="en") for one in played.cycles[:2])
    keep = first.snapshot.member_id != 1
    first.snapshot.member_id = np.where(keep, first.snapshot.member_id, 0)
    found = check(first, last, 1)
    assert found["steps"][0]["text"] == "Not in the network in cycle 924"


def test_who_left_is_told_in_the_currency_of_home():
    """Somebody who is not in the later cycle has the amounts of the earlier one's home."""
    plan, seen = plans.load_plan("gano_excel_co_2026"), 0
    for number in range(80):
        rng = random.Random(f"compare left {number}")
        data = random_homes.draw(random_networks.draw(rng, plan, lively=True), rng)
        result = run.compute(data)
        first = View(data, result, lang="en")
        member = data.member_id.size - 1  # ids stay sorted when the last one goes
        person = int(data.member_id[member])
        other = copy.deepcopy(data)
        other.member_id = np.where(data.member_id == person, 10**9, data.member_id)
        for bonus in check(first, View(other, result, lang="en"), person)["bonuses"]:
            assert {row["unit"] for row in bonus["step"]["rows"]} == {first.currency(member)}
            seen += first.currency(member) != first.currency(-1)
    assert seen


def test_percentage_and_volume_are_told_apart():
    parts = compare_parts_of(was=[(1000, 200_000)], now=[(800, 100_000)])
    assert parts == {"volume": -40_0000, "percentage": -80_0000}


def test_limits_are_a_part_of_their_own():
    parts = compare_parts_of(was=[(1000, 200_000)], now=[(1000, 200_000)], cap=50_0000)
    assert parts == {"caps": -50_0000}


def compare_parts_of(was, now, cap=0):
    """Parts by kind of two lists of ``(points, rate)`` of one bonus."""

    def rows(listed, cap):
        return [
            SimpleNamespace(
                base_e4=base * 10_000,
                rate_e6=rate,
                fx_e6=10**6,
                per_e6=0,
                cap_e4=cap,
                scale_e4=0,
                amount_e4=base * rate // 100 - cap,
                bonus=0,
                rate_source=0,
            )
            for base, rate in listed
        ]

    data = random_networks.draw(random.Random(1), plans.load_plan("gano_excel_co_2026"))
    view = View(data, None, lang="en")
    view.unit = lambda row: "CV"
    view.exchange = SimpleNamespace(unit_e4=np.array([100]), home=lambda member: 0)
    sides = [
        SimpleNamespace(view=view, member=0, rows={"x": rows(listed, taken)})
        for listed, taken in ((was, 0), (now, cap))
    ]
    sides[1].paid = sides[1]
    kinds = {"base": "volume", "perc": "percentage", "caps": "caps"}
    return {kinds[label[:4]]: value for label, value in compare_parts.split(*sides, "x")}
