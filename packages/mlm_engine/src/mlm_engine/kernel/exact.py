# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Exact arithmetic on scaled integers: products, rounding, allocation.

Every figure of the engine is an ``int64``. A product of base, rate and rate of
exchange does not fit into 64 bits before it is divided again, so products are
made with reduced fractions, in ``int64`` where that is provably safe and with
Python's unbounded integers elsewhere. No float takes part, not even as a guard.
"""

from math import gcd

import numpy as np

from .text import _

E4 = 10**4
E6 = 10**6
INT64_MAX = 2**63 - 1
#: Rounding modes, all symmetric: ``round(-x) == -round(x)``. ``half_up`` takes a
#: half away from zero, ``half_even`` to the even neighbour, ``down`` always goes
#: towards zero and ``up`` always away from it.
MODES = ("half_up", "half_even", "down", "up")

# Operands stay below this in the fast path, so sums and comparisons of two of
# them cannot overflow either.
_SAFE = 2**62


def mul_div(values, numerator, denominator, mode="half_up"):
    """Return ``values * numerator / denominator`` rounded to integers.

    ``values``: int64 array. ``numerator`` and ``denominator``: integers of any
    size or int64 arrays of the same shape; denominators are positive.
    Raises ``ValueError`` for another mode or a denominator that is not positive
    and ``OverflowError`` when a result does not fit into 64 bits.

    >>> mul_div(np.array([15, -15]), 1, 10).tolist()
    [2, -2]
    """
    if mode not in MODES:
        raise ValueError(f"unknown rounding mode {mode!r}; use one of {MODES}")
    values = np.asarray(values, dtype=np.int64)
    if isinstance(numerator, np.ndarray) or isinstance(denominator, np.ndarray):
        return _by_element(values, numerator, denominator, mode)
    numerator, denominator = int(numerator), int(denominator)
    if denominator <= 0:
        raise ValueError("the denominator must be positive")
    common = gcd(numerator, denominator)
    numerator, denominator = numerator // common, denominator // common
    if not values.size:
        return values.copy()
    largest = max(abs(int(values.min())), abs(int(values.max())))
    if largest * abs(numerator) < _SAFE and denominator < _SAFE:
        return _divide(values * numerator, denominator, mode)
    return _narrow(_divide(values.astype(object) * numerator, denominator, mode))


def amounts(base_e4, rate_e6, fx_e6, mode, unit_e4, per_e6=0):
    """Return the money of earning rows, rounded once.

    ``base_e4 * rate_e6 * fx_e6 / 10**12``, where ``per_e6`` is not 0 ``base_e4 * rate_e6 *
    fx_e6 / (10**6 * per_e6)``, in ten-thousandths of a currency, to whole units of
    ``unit_e4`` (100 = one hundredth). All but the mode are int64 arrays of the shape of
    ``base_e4``, or integers for all rows.

    >>> one = np.array([1], dtype=np.int64)
    >>> amounts(one * 1300_0000, one * 170_000, one * 4_500_000_000, "half_up", 100)
    array([9945000000])
    """
    base_e4 = np.asarray(base_e4, dtype=np.int64)
    result = np.zeros_like(base_e4)
    # A plan has a handful of rates: one reduced fraction for each of them.
    for chosen, (unit, per, fx, rate) in _alike(..., unit_e4, per_e6, fx_e6, rate_e6):
        money = mul_div(base_e4[chosen], rate * fx, E6 * (per or E6) * unit, mode)
        result[chosen] = _times(money, unit)
    return result


def _alike(chosen, *columns):
    """Yield ``(mask, values)`` of the rows in ``chosen`` that are alike in all columns."""
    if not columns:
        yield chosen, ()
        return
    column, *others = columns
    if np.size(column) and not any(np.asarray(column).strides):
        column = np.ravel(column)[0]  # a view of one value
    for value in np.unique(np.asarray(column)[chosen]).tolist() if np.ndim(column) else (column,):
        mask = chosen
        if np.ndim(column):
            mask = (column == value) if chosen is ... else chosen & (column == value)
        for found, values in _alike(mask, *others):
            yield found, (int(value), *values)


def rounded(value, mode):
    """Return a ``Fraction`` of any size as an integer, rounded by a mode.

    >>> from fractions import Fraction
    >>> rounded(Fraction(-5, 2), "half_up")
    -3
    """
    return int(mul_div(np.ones(1, dtype=np.int64), value.numerator, value.denominator, mode)[0])


def sum_by(index, values, size):
    """Return int64 sums of ``values`` grouped by ``index``; ``-1`` is left out."""
    total = np.zeros(size, dtype=np.int64)
    inside = index >= 0
    if not inside.all():
        index, values = index[inside], values[inside]
    np.add.at(total, index, values)
    return total


def allocate(total, weights, ids):
    """Split the integer ``total`` over ``weights``; the parts sum to it exactly.

    Largest remainder: everybody gets the exact share rounded down and the units
    left go to the largest fractions, ties to the smallest id. Explanations and
    clawbacks use this one function, so they agree to the last unit.

    ``weights`` may be zero (part zero) or negative (a returned row). Where they
    sum to zero their absolute values are used, and where all are zero everybody
    weighs the same. ``allocate(-t, ...) == -allocate(t, ...)``.
    Raises ``ValueError`` when there is a total and nobody to give it to, and
    ``OverflowError`` when weights of both signs nearly cancel and a part therefore
    does not fit into 64 bits.

    >>> allocate(100, [1, 1, 1], [7, 5, 9]).tolist()
    [33, 34, 33]
    """
    weights = np.asarray(weights, dtype=np.int64)
    ids = np.asarray(ids, dtype=np.int64)
    if weights.shape != ids.shape:
        raise ValueError("weights and ids must have the same length")
    total = int(total)
    if not weights.size:
        if total:
            raise ValueError("nothing to allocate the total to")
        return weights.copy()
    weights, whole = _weights(weights)
    sign = -1 if total < 0 else 1
    share, fraction = _shares(abs(total), weights, whole)
    left = abs(total) - sum(share.tolist())
    if left:
        # Highest fraction first, then smallest id.
        order = np.lexsort((ids, -fraction))
        share[order[:left]] += 1
    return share * sign


def _weights(weights):
    whole = sum(weights.tolist())
    if whole < 0:
        return -weights, -whole
    if whole == 0:
        weights = np.abs(weights)
        whole = sum(weights.tolist())
    if whole == 0:
        return np.ones_like(weights), weights.size
    return weights, whole


def _shares(total, weights, whole):
    """Floor of ``total * weight / whole`` and the remainder, as arrays."""
    largest = max(abs(int(weights.min())), abs(int(weights.max())))
    if total * largest < _SAFE and whole < _SAFE:
        return np.divmod(weights * total, whole)
    product = weights.astype(object) * total
    share = product // whole
    fraction = product - share * whole
    # Fractions are only compared: their ranks are enough, and fit.
    ranks = np.unique(fraction, return_inverse=True)[1].astype(np.int64)
    return _narrow(share), ranks


def _by_element(values, numerator, denominator, mode):
    numerator = np.broadcast_to(np.asarray(numerator, dtype=np.int64), values.shape)
    denominator = np.broadcast_to(np.asarray(denominator, dtype=np.int64), values.shape)
    if (denominator <= 0).any():
        raise ValueError("the denominator must be positive")
    common = np.gcd(numerator, denominator)
    numerator, denominator = numerator // common, denominator // common
    fits = np.abs(numerator) <= _SAFE // np.maximum(np.abs(values), 1)
    result = np.zeros_like(values)
    result[fits] = _divide(values[fits] * numerator[fits], denominator[fits], mode)
    if not fits.all():
        wide = values[~fits].astype(object) * numerator[~fits].astype(object)
        result[~fits] = _narrow(_divide(wide, denominator[~fits].astype(object), mode))
    return result


def _divide(product, denominator, mode):
    size = np.abs(product)
    quotient = size // denominator
    remainder = size - quotient * denominator
    if mode == "half_up":
        bump = remainder >= denominator - remainder
    elif mode == "half_even":
        other = denominator - remainder
        bump = (remainder > other) | ((remainder == other) & (quotient % 2 == 1))
    elif mode == "up":
        bump = remainder > 0
    else:
        bump = np.zeros(np.shape(size), dtype=bool)
    quotient = quotient + np.asarray(bump, dtype=bool)
    return np.where(product < 0, -quotient, quotient)


def _times(values, factor):
    if values.size:
        largest = max(abs(int(values.min())), abs(int(values.max())))
        if largest * factor > INT64_MAX:
            raise OverflowError(_("an amount does not fit into 64 bits"))
    return values * factor


def _narrow(values):
    """Python integers back to int64, or ``OverflowError``."""
    try:
        return np.array(values.tolist(), dtype=np.int64)
    except OverflowError as error:
        raise OverflowError(_("an amount does not fit into 64 bits")) from error
