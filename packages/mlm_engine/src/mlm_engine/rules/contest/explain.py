# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contest: the standing, the place, the prize."""

from ...kernel.exact import E4
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import shapes
from ...telling.entitled import figure_label
from ...telling.language import tell
from ...telling.rule import Telling, currency_of
from .._groups import explain as groups
from ..award.rule import KINDS
from . import rule

_DATES = _("The dates")


class ContestTelling(Telling):
    level = _("place")
    origin = _("A contest")

    def base_unit(self, plan, item):
        """Money: a prize has a value."""
        return currency_of(plan, item)

    def steps(self, view, found, index):
        """Standing, place and prize of a winner."""
        bonus = view.bonus(found.bonus)
        prize = next(one for one in bonus.params.prizes if one["place"] == found.level)
        kind = tell(KINDS[prize["kind"]], view.lang).lower()
        return [
            *_standing(view, bonus, found.payee),
            shapes.sentence(
                view,
                "prize",
                view.say("Prize: {kind}", kind=kind),
                _("The prize"),
                kind=prize["kind"],
            ),
        ]

    def absence(self, view, bonus, member):
        """Standing, and why there is no prize for it."""
        params, ctx = bonus.params, view.context
        result = groups.not_entitled(view, bonus, member)
        if not (rule.counts(ctx, params) or rule.pays_now(ctx, params)):
            start, end = view.day(params.start), view.day(params.end)
            said = view.say("The contest runs: {start} – {end}", start=start, end=end)
            return [shapes.sentence(view, "dates", said, _DATES)]
        result += _standing(view, bonus, member)
        if not rule.pays_now(ctx, params):
            end = view.day(params.end)
            said = view.say("Prizes are given on {end}", end=end)
            result.append(shapes.sentence(view, "dates", said, _DATES))
        return result


def _standing(view, bonus, member):
    params = bonus.params
    standing = rule.standings(view.context, bonus)
    place = int(rule.places(view.context, bonus, standing)[member])
    points = view.number(unscaled(int(standing[member]), E4))
    label = figure_label(view, params.measure)
    text = f"{label}: {points}"
    if params.min_e4:
        needed = view.number(unscaled(params.min_e4, E4))
        text += view.say(" (at least {needed})", needed=needed)
    if params.mode == "top" and place:
        text += view.say(", place {place}", place=place)
    title = _("The standing")
    return [shapes.sentence(view, "standing", text, title, standing=points, place=place)]
