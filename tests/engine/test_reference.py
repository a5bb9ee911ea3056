# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The engine agrees with the reference calculator, to the last unit.

Random plans on random networks: each rule stands in the plans of its own cases, beside
others. A few hundred cases here; ``./mlm test tests/engine/test_reference.py --nightly`` makes
thousands. The seeds are fixed; MLM_SEED=<number> draws other ones.
"""

import os
import random

import numpy as np
import pytest
import random_homes
import random_networks
import random_plans
from mlm_engine import plans, rules
from mlm_engine.kernel import codes as engine_codes
from mlm_engine.plan import schema
from mlm_reference import codes, numbers
from side_by_side import computed, differences
from smallest_case import reduced, shown

MODES = ("half_up", "half_even", "down", "up")
NIGHTLY = os.environ.get("MLM_NIGHTLY") == "1"
CASES = 320 if NIGHTLY else 36
SEED = os.environ.get("MLM_SEED", "0")


def case(rule, number):
    """Return the snapshot of a case and whether it is calculated whole."""
    rng = random.Random(f"{SEED} {rule} {number}")
    plan, problems = schema.canonical(random_plans.draw(rng, rule))
    assert not problems, [str(one) for one in problems]
    return random_networks.draw(rng, plan), rng.random() < 0.5


def case_of_several(name, number):
    """Return the same of a network of several companies; ``name``: a rule, or a plan that
    is shipped, with other rounding."""
    rng = random.Random(f"{SEED} companies {name} {number}")
    rounding = {"mode": rng.choice(MODES), "unit": rng.choice((0.01, 1))}
    if name in rules.names():
        document = random_plans.draw(rng, name)
    else:
        document = plans.merge(plans.read_document(name).data, {"rounding": rounding})
    if rng.random() < 0.2:  # a network that counts in what a point is
        document["currency"]["company"] = document["currency"]["base"]
    plan, problems = schema.canonical(document)
    assert not problems, [str(one) for one in problems]
    network = random_networks.draw(rng, plan, lively=True)
    return random_homes.draw(network, rng), rng.random() < 0.5


def agree(name, number, snapshot, whole):
    """Fail with the smallest case where the two calculations differ."""
    if differences(snapshot, whole):
        pytest.fail(f"case {number} of {name} (MLM_SEED={SEED}): {shown(reduced(snapshot))}")


@pytest.mark.parametrize("rule", rules.names())
def test_random_plans(rule):
    for number in range(CASES):
        agree(rule, number, *case(rule, number))


@pytest.mark.parametrize("name", [*rules.names(), *plans.plan_names()])
def test_several_companies(name):
    for number in range(CASES):
        agree(name, number, *case_of_several(name, number))


def test_the_cases_of_several_companies_pay_across():
    """Each rule pays people of two homes in some case, and some through the point."""
    across, through = dict.fromkeys(rules.names(), 0), set()
    for rule in rules.names():
        for number in range(CASES):
            snapshot, _ = case_of_several(rule, number)
            rows, rule_of = computed(snapshot).earnings, snapshot.plan["bonuses"]
            mine = np.array([rule_of[one]["rule"] == rule for one in rows.bonus], dtype=bool)
            paid = mine & (rows.amount_e4 > 0)
            across[rule] += np.unique(snapshot.member_home[rows.payee[paid]]).size > 1
            through |= {rule} if rows.per_e6[paid].any() else set()
    assert min(across.values()), across
    assert {"retail_profit", "matching"} <= through and len(through) > 4, through


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
