# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbered periods: where one starts and ends, and when it is paid.

A period kind is an endless series of equal stretches of days, numbered from an
anchor and never reset (RULES 10). Days are proleptic ordinals.
"""


def bounds(kind, number):
    """Return ``(start, end, pay)`` days of a period; ``end`` is inclusive.

    ``kind`` is an entry of the canonical plan's ``periods``.
    """
    start = kind["anchor_start"] + (number - kind["anchor_number"]) * kind["days"]
    return start, start + kind["days"] - 1, start + kind["pay_after_start"]


def number_of(kind, day):
    """Return the number of the period that contains ``day``."""
    return kind["anchor_number"] + (day - kind["anchor_start"]) // kind["days"]


def starts_period(plan):
    """Return ``[(code, day)]``: periods in which ``valid_from`` is no first day.

    ``day`` is the first day of the next one (RULES 11: a plan version starts at a
    period start of every kind that it uses).
    """
    day = plan["valid_from"]
    if day is None:
        return []
    found = []
    for code, kind in plan["periods"].items():
        number = number_of(kind, day)
        if bounds(kind, number)[0] != day:
            found.append((code, bounds(kind, number + 1)[0]))
    return found
