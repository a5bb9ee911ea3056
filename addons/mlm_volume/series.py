# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Endless series of numbered periods: equal stretches of days, or calendar months.

A definition is a dict: ``kind`` (``days`` or ``month``), ``days`` (of one stretch),
``anchor_number`` and ``anchor_date`` (number and first day of one that is known), and the
day of payment: ``pay_after`` days after the first day of a stretch, or the ``pay_day`` of
the month after a month (the last one where that is shorter). Numbers are never reset.
"""

from datetime import timedelta

from dateutil.relativedelta import relativedelta


def bounds(definition, number):
    """First day, last day and pay day of the period ``number``.

    >>> from datetime import date
    >>> week = {"kind": "days", "days": 7, "anchor_number": 924,
    ...         "anchor_date": date(2026, 8, 17), "pay_after": 18}
    >>> bounds(week, 925)[1]
    datetime.date(2026, 8, 30)
    """
    steps = number - definition["anchor_number"]
    if definition["kind"] == "month":
        start = definition["anchor_date"].replace(day=1) + relativedelta(months=steps)
        end = start + relativedelta(months=1, days=-1)
        return start, end, start + relativedelta(months=1, day=definition["pay_day"])
    start = definition["anchor_date"] + timedelta(days=definition["days"] * steps)
    end = start + timedelta(days=definition["days"] - 1)
    return start, end, start + timedelta(days=definition["pay_after"])


def number_on(definition, day):
    """Number of the period that contains ``day``.

    >>> from datetime import date
    >>> month = {"kind": "month", "anchor_number": 1, "anchor_date": date(2026, 1, 1)}
    >>> number_on(month, date(2027, 2, 28))
    14
    """
    anchor = definition["anchor_date"]
    if definition["kind"] == "month":
        months = 12 * (day.year - anchor.year) + day.month - anchor.month
        return definition["anchor_number"] + months
    return definition["anchor_number"] + (day - anchor).days // definition["days"]
