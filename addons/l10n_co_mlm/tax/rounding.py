# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The one rounding of a withholding (RULES 55)."""


def share(base_e4, rate_e6, unit_e4):
    """Return ``base × rate`` to whole units, a half away from zero.

    Bases and units in ten-thousandths, the rate in millionths; 10,000 is a peso.

    >>> share(333_333_0000, 110_000, 10_000)
    366670000
    """
    return round_to(base_e4 * rate_e6, 1_000_000, unit_e4)


def round_to(numerator, denominator, unit_e4):
    """Return ``numerator / denominator`` to whole units, a half away from zero."""
    step = denominator * unit_e4
    units = (2 * abs(numerator) + step) // (2 * step)
    return (units if numerator >= 0 else -units) * unit_e4
