# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a scenario file, each read into its dataclasses."""

from datetime import date

from ..kernel.periods import bounds, number_of
from ..kernel.text import _
from ..plan.document import YEARS, iso_day, scaled, shown
from .read_opening import OpeningReader
from .read_people import PeopleReader
from .read_sales import SaleReader

#: Twenty years of weeks.
_MOST_CYCLES = 1_040
#: A day that every calendar has, where no cycle can be read.
_TODAY = date(2026, 1, 1).toordinal()


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
                    "cycle {item} is outside the years {first} to {last}",
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
        check.wrong(("cycles",), _("no cycle to compute"), _("Write e.g. `cycles: [924, 925]`"))
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
