# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a scenario file, each read into its dataclasses."""

from datetime import date

from ..kernel.exact import E6
from ..kernel.periods import bounds, number_of
from ..kernel.text import _
from ..plan.document import YEARS, iso_day, scaled, shown
from . import model
from .read_opening import OpeningReader
from .read_people import PeopleReader
from .read_sales import SaleReader

#: Twenty years of weeks.
_MOST_CYCLES = 1_040
#: A day that every calendar has, where no cycle can be read.
_TODAY = date(2026, 1, 1).toordinal()


def company(check, value, plan):
    """Read ``company``; without it the plan's currency and 1 : 1."""
    path = ("company",)
    data = check.mapping(value or {}, path, (), ("currency", "timezone", "rates"))
    currency = check.text(data.get("currency", plan["company_currency"]), (*path, "currency"))
    if currency and currency != plan["company_currency"]:
        check.wrong(
            (*path, "currency"),
            _("{currency} is not the company currency of the plan", currency=shown(currency)),
            _(
                "Write `currency: {company_currency}`, or change the plan's",
                company_currency=plan["company_currency"],
            ),
        )
    rates = []
    for where, item in check.sequence(data.get("rates"), (*path, "rates")):
        row = check.mapping(item, where, ("from", "rate"), ("currency",))
        rate = check.number(row.get("rate", 1), (*where, "rate"), E6, 0)
        code = row.get("currency")
        code = None if code is None else check.text(code, (*where, "currency"))
        code = None if code == plan["base_currency"] else code
        rates.append(model.Rate(check.day(row.get("from"), (*where, "from")), rate, code))
    rates.sort(key=lambda item: item.start)
    if not any(rate.currency is None for rate in rates) and plan["base_currency"] != currency:
        check.wrong(
            path,
            _(
                "no rate from {base_currency} to {currency}",
                base_currency=plan["base_currency"],
                currency=currency,
            ),
            _("Add `rates: [{from: 2026-01-01, rate: 4500}]`"),
        )
    zone = check.text(data.get("timezone", "America/Bogota"), (*path, "timezone"))
    return model.Company(currency, zone, tuple(rates))


def cycles(check, value, plan):
    """Read ``cycles``: consecutive numbers, because one carries into the next."""
    kind = next(iter(plan["periods"].values()))
    numbers, first = [], kind["anchor_number"]
    for path, item in check.sequence(value, ("cycles",), _MOST_CYCLES):
        try:
            number = scaled(item, 1)
        except ValueError as error:
            check.wrong(path, str(error), _("Write the number of a cycle, e.g. 924"))
            continue
        if not _in_reach(kind, number):
            check.wrong(
                path,
                _(
                    "cycle {item} lies outside the years {first} to {last}",
                    item=shown(item),
                    first=YEARS[0],
                    last=YEARS[-1],
                ),
                _(
                    "Cycle {first} begins on {iso_day}",
                    first=first,
                    iso_day=iso_day(kind["anchor_start"]),
                ),
            )
            continue
        numbers.append(number)
    if not value:
        check.wrong(("cycles",), _("no cycle to play"), _("Write e.g. `cycles: [924, 925]`"))
    if not numbers:
        return (number_of(kind, _TODAY),)
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        check.wrong(("cycles",), _("cycles must follow each other without a gap"))
    return tuple(numbers)


def _in_reach(kind, number):
    """Tell whether a period lies within the years that scenarios are about."""
    if abs(number - kind["anchor_number"]) > 366 * len(YEARS):
        return False
    start, end, _pay = bounds(kind, number)
    return date(YEARS[0], 1, 8).toordinal() <= start and end <= date(YEARS[-1], 12, 1).toordinal()


class Sections(PeopleReader, OpeningReader, SaleReader):
    """The readers of all sections; ``distributors`` must be read first."""
