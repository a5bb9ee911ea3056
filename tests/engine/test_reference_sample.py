# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The reference calculator of a sample costs no more than what lies below it."""

import random
from array import array
from collections import Counter

import pytest
import random_networks
import random_plans
from mlm_engine.plan import schema
from mlm_reference import row_bonus
from mlm_reference.inputs import _narrow
from mlm_reference.network import Network
from side_by_side import calculator


def seeded(rule, number):
    rng = random.Random(f"sample {rule} {number}")
    plan, problems = schema.canonical(random_plans.draw(rng, rule))
    assert not problems
    return random_networks.draw(rng, plan, lively=True)


@pytest.mark.parametrize("rule", ["unilevel", "generation", "infinity", "matching", "matrix"])
def test_no_row_is_looked_at_twice(rule, monkeypatch):
    """… however many of those above it are asked for, and for what they are matched."""
    looked = Counter()
    found = row_bonus.RowBonus._way

    def counted(self, row):
        looked[self.index, row] += 1
        return found(self, row)

    monkeypatch.setattr(row_bonus.RowBonus, "_way", counted)
    rows = 0
    for number in range(6):
        asked = calculator(seeded(rule, number), whole=False)
        if asked.whole:  # a limit of the company needs everybody
            continue
        for member in random.Random(number).sample(list(asked.inputs.members), k=5):
            asked.payee(member)
        assert max(looked.values(), default=1) == 1
        rows += len(looked)
        looked.clear()
    assert rows > 20


@pytest.mark.parametrize("number", range(8))
def test_where_a_position_stands(number):
    """By their numbers as by going up from one to the next."""
    snapshot = seeded("binary", number)
    network = Network(calculator(snapshot).inputs)
    parent = snapshot.position_parent.tolist()

    def climbed(position, top):
        while position >= 0 and parent[position] != top:
            position = parent[position]
        return position

    for top in network.inputs.positions:
        for position in network.inputs.positions:
            assert network.leg_towards(position, top) == climbed(position, top)


@pytest.mark.parametrize(
    "low, high",
    [(0, 1), (-128, 127), (-129, 0), (0, 32768), (0, 2**31 - 1), (0, 2**31), (-(2**63), 0)],
)
def test_columns_take_the_bytes_they_need(low, high):
    values = array("q", [low, high, 0])
    kept = _narrow(values)
    assert kept.tolist() == [low, high, 0]
    limit = max(high, -low - 1)
    assert kept.itemsize == next(size for size in (1, 2, 4, 8) if limit < 1 << (8 * size - 1))
