# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a scenario file, each read into its dataclasses."""

from ..exact import E6
from . import model
from .read_opening import OpeningReader
from .read_people import PeopleReader
from .read_sales import SaleReader


def company(check, value, plan):
    """Read ``company``; without it the plan's currency and 1 : 1."""
    path = ("company",)
    data = check.mapping(value or {}, path, (), ("currency", "timezone", "rates"))
    currency = data.get("currency", plan["company_currency"])
    rates = []
    for where, item in check.sequence(data.get("rates"), (*path, "rates")):
        row = check.mapping(item, where, ("from", "rate"), ("currency",))
        rate = check.number(row.get("rate", 1), (*where, "rate"), E6, 0)
        code = row.get("currency")
        code = None if code in (None, plan["base_currency"]) else str(code)
        rates.append(model.Rate(check.day(row.get("from"), (*where, "from")), rate, code))
    rates.sort(key=lambda item: item.start)
    if not any(rate.currency is None for rate in rates) and plan["base_currency"] != currency:
        check.wrong(
            path,
            f"no rate from {plan['base_currency']} to {currency}",
            "Add `rates: [{from: 2026-01-01, rate: 4500}]`",
        )
    zone = data.get("timezone", "America/Bogota")
    return model.Company(str(currency), str(zone), tuple(rates))


def cycles(check, value):
    """Read ``cycles``: consecutive numbers, because one carries into the next."""
    numbers = [check.integer(item, path, 0) for path, item in check.sequence(value, ("cycles",))]
    if not numbers:
        check.wrong(("cycles",), "no cycle to play", "Write e.g. `cycles: [924, 925]`")
        return (0,)
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        check.wrong(("cycles",), "cycles must follow each other without a gap")
    return tuple(numbers)


class Sections(PeopleReader, OpeningReader, SaleReader):
    """The readers of all sections; ``distributors`` must be read first."""
