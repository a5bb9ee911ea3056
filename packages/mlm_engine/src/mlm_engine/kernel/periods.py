# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbered periods: where one starts and ends, and when it is paid.

A kind of period is an endless series, numbered from an anchor and never reset
(RULES 10): equal stretches of days, calendar months, or the weeks that end in a
calendar month. Days are proleptic ordinals.
"""

from datetime import date


def bounds(kind, number):
    """Return ``(start, end, pay)`` days of a period; ``end`` is inclusive.

    ``kind`` is an entry of the canonical plan's ``periods``.
    """
    if kind["kind"] == "days":
        start = kind["anchor_start"] + (number - kind["anchor_number"]) * kind["days"]
        return start, start + kind["days"] - 1, start + kind["pay_after_start"]
    month = _month_of(kind["anchor_start"]) + number - kind["anchor_number"]
    start, after = _first(month), _first(month + 1)
    last = _first(month + 2) - 1
    pay = min(after + kind["pay_day"] - 1, last)
    if kind["kind"] == "month":
        return start, after - 1, pay
    week = kind["week"]
    return _week_ending(week, start), _week_ending(week, after) - 1, pay


def number_of(kind, day):
    """Return the number of the period that contains ``day``."""
    if kind["kind"] == "days":
        return kind["anchor_number"] + (day - kind["anchor_start"]) // kind["days"]
    if kind["kind"] == "weeks_of_month":
        week = kind["week"]
        day = bounds(week, number_of(week, day))[1]
    return kind["anchor_number"] + _month_of(day) - _month_of(kind["anchor_start"])


def parts(kind, base, number):
    """Return the numbers of the ``base`` periods that end inside a longer one."""
    start, end, _ = bounds(kind, number)
    first, last = number_of(base, start), number_of(base, end)
    return [part for part in range(first, last + 1) if start <= bounds(base, part)[1] <= end]


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


def _week_ending(week, day):
    """Return the first day of the first week that ends on ``day`` or later."""
    return bounds(week, number_of(week, day))[0]


def _month_of(day):
    found = date.fromordinal(int(day))
    return found.year * 12 + found.month - 1


def _first(month):
    return date(month // 12, month % 12 + 1, 1).toordinal()
