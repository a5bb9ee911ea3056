# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Trees against a naive implementation, at random shapes and at great depth."""

import random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from mlm_engine.kernel import trees


def random_parents(rng, size):
    """Return the parents of a random forest whose nodes come in any order."""
    names = list(range(size))
    rng.shuffle(names)
    parents = [-1] * size
    for place in range(1, size):
        if rng.random() < 0.9:
            parents[names[place]] = names[rng.randrange(place)]
    return parents


def below(parents, top):
    """Return a subtree's nodes by walking up from everybody."""
    found = set()
    for node in range(len(parents)):
        walk = node
        while walk >= 0 and walk != top:
            walk = parents[walk]
        if walk == top:
            found.add(node)
    return found


def walked(parents):
    """Return the rank of each node in a depth-first walk, children by index."""
    children = {}
    for node, parent in enumerate(parents):
        children.setdefault(parent, []).append(node)
    waiting, order = children.get(-1, [])[::-1], {}
    while waiting:
        node = waiting.pop()
        order[node] = len(order)
        waiting += reversed(children.get(node, []))
    return [order[node] for node in range(len(parents))]


@given(st.randoms(use_true_random=False), st.integers(0, 40))
def test_agrees_with_walking(rng, size):
    parents = random_parents(rng, size)
    tree = trees.forest(np.array(parents, dtype=np.int64))
    values = np.array([rng.randint(-50, 50) for _ in parents], dtype=np.int64)
    sums = tree.subtree_sum(values)
    for node in range(size):
        mine = below(parents, node)
        assert tree.size[node] == len(mine)
        assert sums[node] == sum(values[list(mine)])
        assert tree.depth[node] == len(tree.path(node)) - 1
        everybody = np.arange(size)
        inside = tree.inside(everybody, np.full(size, node))
        assert set(np.flatnonzero(inside).tolist()) == mine
    assert tree.preorder.tolist() == walked(parents)
    mask = np.array([rng.random() < 0.4 for _ in parents], dtype=bool)
    assert tree.nearest(mask).tolist() == [
        next((one for one in tree.path(node)[1:] if mask[one]), -1) for node in range(size)
    ]


@pytest.mark.parametrize("back", [1, 3, 5000])
def test_many_nodes_are_walked_in_order(back):
    rng = random.Random(back)
    parents = [-1] + [max(-1, place - rng.randint(1, back)) for place in range(1, 5000)]
    names = list(range(5000))
    rng.shuffle(names)
    shuffled = [0] * 5000
    for node, parent in enumerate(parents):
        shuffled[names[node]] = names[parent] if parent >= 0 else -1
    for one in (parents, shuffled):
        tree = trees.forest(np.array(one))
        assert tree.preorder.tolist() == walked(one)
        assert tree.depth.tolist() == [len(tree.path(node)) - 1 for node in range(5000)]


@pytest.mark.parametrize("depth", [10_000, 300_000])
def test_deep_chain(depth):
    parent = np.arange(depth) - 1
    shuffle = np.random.default_rng(5).permutation(depth)
    place = np.argsort(shuffle)
    parent = np.where(parent[shuffle] >= 0, place[parent[shuffle]], -1)
    tree = trees.forest(parent)
    assert tree.depth.max() == depth - 1
    sums = tree.subtree_sum(np.ones(depth, dtype=np.int64))
    assert (sums == depth - tree.depth).all()


def test_wide_and_deep():
    count = 200_000
    parent = np.r_[np.arange(10_000) - 1, np.random.default_rng(1).integers(0, 10_000, count)]
    tree = trees.forest(parent)
    assert tree.size[0] == parent.size
    assert tree.depth.max() >= 9_999


def test_an_empty_leg_has_nobody():
    tree = trees.forest(np.array([-1, 0]))
    assert not tree.inside(np.array([0, 1]), np.array([-1, -1])).any()


@pytest.mark.parametrize(
    ("parent", "message"),
    [
        ([1, 0], "cycle"),
        ([-1, 2, 1], "cycle: 1, 2"),
        ([-1, 3, 1, 2, 0, 3], "cycle: 1, 2, 3, 5"),
        ([0], "cycle"),
        ([3], "outside"),
    ],
)
def test_no_forest(parent, message):
    with pytest.raises(trees.TreeError, match=message):
        trees.forest(np.array(parent))


def test_two_on_one_spot():
    parent, leg = np.array([-1, 0, 0]), np.array([-1, 1, 1])
    with pytest.raises(trees.TreeError, match="one leg of node 0"):
        trees.child_on_leg(parent, leg, 1)
