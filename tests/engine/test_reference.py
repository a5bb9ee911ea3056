# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine agrees with the reference calculator, to the last unit.

Random plans on random networks: each rule stands in the plans of its own cases, beside
others. A few hundred cases here; ``./mlm test tests/engine/test_reference.py --nightly`` makes
thousands. The seeds are fixed; MLM_SEED=<number> draws other ones.
"""

import os
import random

import pytest
import random_networks
import random_plans
from mlm_engine import rules
from mlm_engine.kernel import codes as engine_codes
from mlm_engine.plan import schema
from mlm_reference import codes, numbers
from side_by_side import computed, differences
from smallest_case import reduced, shown

NIGHTLY = os.environ.get("MLM_NIGHTLY") == "1"
CASES = 320 if NIGHTLY else 36
SEED = os.environ.get("MLM_SEED", "0")


def case(rule, number):
    """Return the snapshot of a case and whether it is calculated whole."""
    rng = random.Random(f"{SEED} {rule} {number}")
    plan, problems = schema.canonical(random_plans.draw(rng, rule))
    assert not problems, [str(one) for one in problems]
    return random_networks.draw(rng, plan), rng.random() < 0.5


@pytest.mark.parametrize("rule", rules.names())
def test_random_plans(rule):
    for number in range(CASES):
        snapshot, whole = case(rule, number)
        if differences(snapshot, whole):
            pytest.fail(f"case {number} of {rule} (MLM_SEED={SEED}): {shown(reduced(snapshot))}")


def test_the_cases_pay():
    """Random cases that pay nobody would prove nothing: each rule pays in some, its own or
    those of others. One that does not by what it declares needs a draw of its own."""
    assert set(random_plans.random_bonuses.DRAW) <= set(rules.names())
    paid = dict.fromkeys(rules.names(), 0)
    for rule in rules.names():
        for number in range(CASES):
            for name in _that_pay(case(rule, number)[0]):
                paid[name] += 1
    assert min(paid.values()) >= 3, paid


def _that_pay(snapshot):
    """Return the rules whose bonuses pay somebody."""
    earnings = computed(snapshot).earnings
    bonuses = set(earnings.bonus[earnings.amount_e4 > 0].tolist())
    return {snapshot.plan["bonuses"][index]["rule"] for index in bonuses}


def test_a_difference_is_found_and_shown(monkeypatch):
    """One unit more on one side is seen, and the smallest case says where."""
    cases = (case("retail_profit", number)[0] for number in range(CASES))
    snapshot = next(one for one in cases if "retail_profit" in _that_pay(one))
    rounded = numbers.rounded
    monkeypatch.setattr(
        "mlm_reference.homes.rounded",
        lambda value, mode="half_up", unit=1: rounded(value, mode, unit) + unit * (value > 0),
    )
    assert differences(snapshot)
    text = shown(reduced(snapshot))
    assert "engine:" in text and "reference:" in text


def test_codes_agree():
    """Both sides number reasons and figures alike, though neither reads the other."""
    assert {item.name: int(item) for item in engine_codes.Reason} == codes.REASONS
    assert set(codes.CARRY) == set(map(int, engine_codes.CARRIED))
    assert (codes.PLAN, codes.STREAKS) == (engine_codes.PLAN, engine_codes.STREAKS)
    state = {int(item) for item in engine_codes.Measure if item.state}
    assert {codes.AWARDED, codes.STANDING} == state
    for item in engine_codes.Measure:
        assert getattr(codes, item.name, item) == item
