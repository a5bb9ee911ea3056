# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The difference of a bonus between two periods in parts that add up exactly.

By volume at the percentage of before, by the percentage, by the rate of exchange, and by what
caps and guarantees took or gave. The last part takes what rounding leaves.
"""

from fractions import Fraction

from ..kernel.exact import rounded
from .rates import rate_text


def split(first, last, code):
    """Return ``[(label in words, ten-thousandths)]`` without zeros, which sums to the
    difference of bonus ``code`` between two ``compare.Side``."""
    view = last.view
    was, now = (_Sums(one.rows.get(code, ())) for one in (first, last))
    parts = _of_worth(was, now)
    paid, exchange = last.paid, last.paid.view.exchange
    unit = int(exchange.unit_e4[exchange.home(paid.member)])
    whole, given = now.worth - was.worth, 0
    told = []
    for place, (kind, value) in enumerate(parts):
        amount = whole - given if place == len(parts) - 1 else _to_unit(value, unit)
        given += amount
        told.append((_label(first, last, code, was, now, kind), amount))
    told.append((view.say("caps and guarantees"), now.limited - was.limited))
    return [(label, amount) for label, amount in told if amount]


class _Sums:
    """Sums over rows that pay: base, base × percentage, worth before limits, and limits."""

    def __init__(self, rows):
        self.paying = [row for row in rows if row.amount_e4 or row.cap_e4 or row.scale_e4]
        self.base = sum(row.base_e4 for row in self.paying)
        self.rated = sum(row.base_e4 * row.rate_e6 for row in self.paying)
        self.limited = sum(row.scale_e4 - row.cap_e4 for row in self.paying)
        self.worth = sum(row.amount_e4 for row in self.paying) - self.limited
        self.exchange = {(row.fx_e6, row.per_e6) for row in self.paying}
        self.rates = {row.rate_e6 for row in self.paying}

    @property
    def positive(self):
        return self.base > 0 and self.rated > 0 and self.worth > 0


def _of_worth(was, now):
    """Return ``[(kind, exact value)]``; what cannot be told apart is volume."""
    if not (was.positive and now.positive):
        return [("volume", now.worth - was.worth)]
    by_volume = Fraction(was.worth * now.base, was.base)
    by_rate = Fraction(was.worth * now.rated, was.rated)
    parts = [("volume", by_volume - was.worth)] if now.base != was.base else []
    if by_rate != by_volume:
        parts.append(("rate", by_rate - by_volume))
    if now.exchange != was.exchange:
        parts.append(("exchange", now.worth - by_rate))
    return parts or [("volume", now.worth - was.worth)]


def _to_unit(value, unit):
    return rounded(Fraction(value) / unit, "half_even") * unit


def _label(first, last, code, was, now, kind):
    view = last.view
    if kind == "exchange":
        return view.say("exchange rate")
    if kind == "rate":
        return view.say(
            "percentage: {was} → {now}", was=_rate(first, code, was), now=_rate(last, code, now)
        )
    side = last if now.paying else first
    row = (now.paying or was.paying)[0]
    shown = " → ".join(view.points(one.base) for one in (was, now))
    return view.say("base: {shown} {unit}", shown=shown, unit=side.view.unit(row))


def _rate(side, code, sums):
    """Return the percentage with where it comes from, or of several their mean."""
    if len(sums.rates) == 1:
        told = rate_text(side.view, sums.paying[0])
        return f"{side.view.percent(sums.paying[0].rate_e6)} ({told})"
    mean = rounded(Fraction(sums.rated, sums.base), "half_even")
    return side.view.say("{percent} on average", percent=side.view.percent(mean))
