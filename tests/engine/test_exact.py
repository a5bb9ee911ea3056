# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Exact arithmetic against ``fractions.Fraction``."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mlm_engine.kernel.exact import INT64_MAX, MODES, allocate, amounts, mul_div, sum_by

small = st.integers(-(10**9), 10**9)
large = st.integers(-(2**62), 2**62)


def rounded(value, mode):
    """Round a Fraction by one of the modes, symmetrically."""
    size = abs(value)
    whole = size.numerator // size.denominator
    rest, half = size - whole, Fraction(1, 2)
    if mode == "half_up" and rest >= half:
        whole += 1
    if mode == "half_even" and (rest > half or (rest == half and whole % 2)):
        whole += 1
    if mode == "up" and rest:
        whole += 1
    return whole if value >= 0 else -whole


@settings(max_examples=300)
@given(
    st.lists(large | small, min_size=1, max_size=8),
    st.integers(-(10**18), 10**18),
    st.integers(1, 10**19),
    st.sampled_from(MODES),
)
def test_mul_div_is_the_rounded_fraction(values, numerator, denominator, mode):
    expected = [rounded(Fraction(v * numerator, denominator), mode) for v in values]
    if max(abs(item) for item in expected) > INT64_MAX:
        with pytest.raises(OverflowError):
            mul_div(np.array(values), numerator, denominator, mode)
    else:
        assert mul_div(np.array(values), numerator, denominator, mode).tolist() == expected


@settings(max_examples=300)
@given(
    st.lists(st.tuples(large | small, small, st.integers(1, 2**62)), min_size=1, max_size=8),
    st.sampled_from(MODES),
)
def test_mul_div_by_element(rows, mode):
    expected = [rounded(Fraction(a * b, c), mode) for a, b, c in rows]
    values, numerators, denominators = (np.array(column) for column in zip(*rows, strict=True))
    if max(abs(item) for item in expected) > INT64_MAX:
        with pytest.raises(OverflowError):
            mul_div(values, numerators, denominators, mode)
    else:
        assert mul_div(values, numerators, denominators, mode).tolist() == expected


@given(
    st.lists(
        st.tuples(
            st.integers(-(10**12), 10**12),
            st.sampled_from((100_000, 170_000, 333_333, 10**6, 0)),
            st.sampled_from((10**6, 4500 * 10**6, 4123_456789)),
        ),
        max_size=8,
    ),
    st.sampled_from(MODES),
    st.sampled_from((1, 100, 10_000)),
)
def test_amounts_are_rounded_once(rows, mode, unit):
    base, rate, fx = (np.array([row[i] for row in rows], dtype=np.int64) for i in range(3))
    expected = [rounded(Fraction(b * r * f, 10**12 * unit), mode) * unit for b, r, f in rows]
    assert amounts(base, rate, fx, mode, unit).tolist() == expected


@pytest.mark.parametrize(
    ("mode", "expected"),
    [
        ("half_up", [1, 2, 3, -1, -2, -3]),
        ("half_even", [0, 2, 2, 0, -2, -2]),
        ("down", [0, 1, 2, 0, -1, -2]),
        ("up", [1, 2, 3, -1, -2, -3]),
    ],
)
def test_halves(mode, expected):
    halves = np.array([1, 3, 5, -1, -3, -5])
    assert mul_div(halves, 1, 2, mode).tolist() == expected


def test_wrong_use_is_refused():
    with pytest.raises(ValueError, match="rounding mode"):
        mul_div(np.array([1]), 1, 2, "nearest")
    with pytest.raises(ValueError, match="positive"):
        mul_div(np.array([1]), 1, 0)
    with pytest.raises(ValueError, match="nothing to allocate"):
        allocate(1, [], [])
    with pytest.raises(OverflowError):
        allocate(10**15, [10**15, 1 - 10**15], [1, 2])
    with pytest.raises(OverflowError):
        amounts(*(np.array([2**62]) for _ in range(3)), "down", 1)


# Weights of both signs may nearly cancel; then parts grow beyond the total.
mixed = st.integers(-(10**9), 10**9)
large_weights = st.lists(st.integers(0, 10**15), min_size=1, max_size=12)
weights = st.lists(mixed | st.just(0), min_size=1, max_size=12)


@settings(max_examples=400)
@given(
    st.tuples(mixed, weights) | st.tuples(st.integers(-(10**15), 10**15), large_weights),
    st.randoms(use_true_random=False),
)
def test_allocate_sums_exactly(case, rng):
    total, found = case
    ids = list(range(len(found)))
    rng.shuffle(ids)
    parts = allocate(total, found, ids)
    assert sum(parts.tolist()) == total
    assert allocate(-total, found, ids).tolist() == (-parts).tolist()
    # Who asks in which order does not matter.
    again = list(range(len(found)))
    rng.shuffle(again)
    other = allocate(total, [found[i] for i in again], [ids[i] for i in again])
    assert [int(parts[i]) for i in again] == other.tolist()


@given(st.integers(0, 10**12), st.lists(st.integers(0, 10**9), min_size=1, max_size=9))
def test_allocate_is_fair(total, found):
    parts = allocate(total, found, range(len(found))).tolist()
    whole = sum(found)
    for part, weight in zip(parts, found, strict=True):
        if whole:
            assert abs(part - Fraction(total * weight, whole)) < 1
            assert weight or not part


def test_allocate_gives_ties_to_the_smallest_id():
    assert allocate(100, [1, 1, 1], [7, 5, 9]).tolist() == [33, 34, 33]
    assert allocate(10, [3, 0, -3], [1, 2, 3]).tolist() == [5, 0, 5]
    assert allocate(5, [0, 0], [2, 1]).tolist() == [2, 3]


def test_sum_by_leaves_none_out():
    index, values = np.array([0, -1, 2, 0]), np.array([5, 7, 11, 13])
    assert sum_by(index, values, 3).tolist() == [18, 0, 11]
