# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Differential per order: the own percentage and what was paid below."""

from ...kernel.codes import RateSource
from ...telling import entitled, line, plain, shapes
from .._sales.explain import OfSales
from .rule import own_rates


class DifferentialOrderTelling(OfSales):
    def steps(self, view, found, index):
        """Source, path, base, both percentages."""
        return [
            *self.source_steps(view, found),
            line.step(view, found, self.told),
            plain.base_step(view, found),
            _rate(view, found),
            *plain.fx_step(view, found),
            *plain.less_step(view, found),
        ]

    def told(self, path, upline):
        """Why somebody on the line is paid nothing."""
        view = path.view
        own = view.percent(int(own_rates(path.context, path.bonus)[upline.member]))
        own = view.say("own {own} is not above what was paid", own=own)
        return line.short(path, upline) or own

    def lacks(self, path, upline):
        return not own_rates(path.context, path.bonus)[upline.member]

    def absent(self, path, member):
        """Why somebody on the line got no row."""
        view = path.view
        blocked = entitled.clause(view, path.bonus, member)
        if blocked:
            return blocked
        own = view.percent(int(own_rates(path.context, path.bonus)[member]))
        return view.say(
            "the own percentage, {own}, is not above what was already paid closer to the purchase",
            own=own,
        )


def _rate(view, found):
    bonus = view.bonus(found.bonus)
    own = int(own_rates(view.context, bonus)[found.payee])
    if found.rate_source == RateSource.STEP:
        text = view.say("{own}: own percentage", own=view.percent(own))
    else:
        paid = view.percent(own - found.rate_e6)
        text = view.say(
            "{own} own − {paid} paid below = {rate}",
            own=view.percent(own),
            paid=paid,
            rate=view.percent(found.rate_e6),
        )
    rates = {"rate": view.rate(found.rate_e6), "own": view.rate(own)}
    return shapes.sentence(view, "rate", text, **rates)
