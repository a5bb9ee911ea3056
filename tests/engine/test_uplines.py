# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Walks up a tree: as somebody would do it step by step, at each moment."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlm_engine.kernel.sponsors import sponsor_at
from mlm_engine.kernel.trees import forest
from mlm_engine.kernel.uplines import Start, Uplines


def tree(rng, size, changes):
    """Return a context with a random sponsor tree and changes of it."""
    sponsor = np.array([-1, *(rng.integers(0, place) for place in range(1, size))])
    moments = np.sort(rng.integers(0, 100, changes))
    member = rng.integers(1, size, changes)
    before = np.array([rng.integers(-1, one) for one in member], dtype=np.int64)
    links = {"link_member": member, "link_sponsor": before, "link_moment": moments}
    return SimpleNamespace(snapshot=SimpleNamespace(sponsor=sponsor, **links))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**32), st.integers(2, 30), st.sampled_from((0, 1, 6)))
def test_the_nearest_match_of_a_moment(seed, size, changes):
    rng = np.random.default_rng(seed)
    ctx = tree(rng, size, changes)
    lines = Uplines(ctx, forest(ctx.snapshot.sponsor), np.arange(size), changes=True)
    node, moment = rng.integers(-1, size, 40), rng.integers(0, 100, 40)
    mask = rng.random(size) < 0.4
    found, distance = lines.next(node, np.zeros(40, dtype=np.int64), moment, mask)
    for at in range(40):
        above, steps = int(node[at]), 0
        while above >= 0:
            above, steps = int(sponsor_at(ctx.snapshot, above, moment[at])), steps + 1
            if above >= 0 and mask[above]:
                break
        assert (found[at], distance[at]) == ((above, steps) if above >= 0 else (-1, 0))


def test_vacant_positions_are_passed_over_and_count_nowhere():
    parent = np.array([-1, 0, 1, 2])
    lines = Uplines(None, forest(parent), np.array([0, -1, -1, 1]), position=True)
    start = Start(
        np.array([1]), np.array([3]), lines.above(np.array([3]), np.array([0])), np.array([0])
    )
    assert start.first.tolist() == [0]
    everyone = np.ones(2, dtype=bool)
    assert [one.tolist() for one in lines.first_match(start, lines.mask(everyone))] == [[0], [1]]
    assert list(lines.climb(start, 0)) == [0]


@pytest.mark.parametrize("size", [1, 40])
def test_sums_over_everybody_above(size):
    rng = np.random.default_rng(size)
    parent = np.array([-1, *(rng.integers(0, place) for place in range(1, size))])
    values = rng.integers(-5, 5, size)
    found = forest(parent)
    expected = [sum(values[one] for one in found.path(node)) for node in range(size)]
    assert found.path_sum(values).tolist() == expected


def test_pointers_are_kept_for_so_many_masks_only():
    lines = Uplines(None, forest(np.arange(-1, 9)), np.arange(10))
    for number in range(200):
        mask = np.array([bool(number >> bit & 1) for bit in range(10)])
        found, _ = lines.next(np.array([9]), np.array([0]), np.array([0]), mask)
        assert found[0] == max((bit for bit in range(9) if number >> bit & 1), default=-1)
    assert len(lines._near) == 32
