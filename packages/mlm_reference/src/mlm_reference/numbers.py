# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Exact numbers: fractions, one rounding, allocation to the last unit.

Volumes and money are counted in ten-thousandths, rates in millionths.
"""

from fractions import Fraction

E4, E6 = 10**4, 10**6
HALF = Fraction(1, 2)


def fraction(value):
    """Return a number of a document (``17``, ``"0.01"``) as a Fraction."""
    return Fraction(str(value))


def points(value):
    """Return points or money of a document in ten-thousandths."""
    return int(fraction(value) * E4)


def rate(percent):
    """Return a percentage of a document in millionths."""
    return int(fraction(percent) * E6 / 100)


def rounded(value, mode="half_up", unit=1):
    """Round a Fraction to a multiple of ``unit``, the same way below zero as above."""
    value = Fraction(value) / unit
    size = abs(value)
    whole = size.numerator // size.denominator
    part = size - whole
    if mode == "half_up":
        more = part >= HALF
    elif mode == "half_even":
        more = part > HALF or (part == HALF and whole % 2 == 1)
    elif mode == "up":
        more = part > 0
    elif mode == "down":
        more = False
    else:
        raise ValueError(f"unknown rounding {mode!r}")
    whole += more
    return (whole if value >= 0 else -whole) * unit


def floored(value):
    """Return the greatest integer that is not above a Fraction."""
    value = Fraction(value)
    return value.numerator // value.denominator


def allocate(total, weights, ids):
    """Split an integer over weights: everybody the share rounded down, what is left
    one by one to the largest fractions, on a tie to the smallest id.

    >>> allocate(100, [1, 1, 1], [7, 5, 9])
    [33, 34, 33]
    """
    if not weights:
        if total:
            raise ValueError("nothing to allocate the total to")
        return []
    whole = sum(weights)
    if whole < 0:
        weights, whole = [-weight for weight in weights], -whole
    elif whole == 0:
        weights = [abs(weight) for weight in weights]
        whole = sum(weights)
        if whole == 0:
            weights, whole = [1] * len(weights), len(weights)
    exact = [Fraction(abs(total) * weight, whole) for weight in weights]
    parts = [floored(share) for share in exact]
    left = abs(total) - sum(parts)
    order = sorted(range(len(parts)), key=lambda place: (parts[place] - exact[place], ids[place]))
    for place in order[:left]:
        parts[place] += 1
    return parts if total >= 0 else [-part for part in parts]
