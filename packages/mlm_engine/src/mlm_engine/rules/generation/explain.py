# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generations: the sale, the leaders up to the payee, the generation and its rate."""

from ...kernel.text import _
from ...telling import entitled, line, plain, shapes
from .._by_level.explain import ByLevelTelling


class GenerationTelling(ByLevelTelling):
    level = _("generation")

    def steps(self, view, found, index):
        """Source, path, generation, base and rate."""
        return [
            *plain.source_step(view, found),
            line.step(view, found, self.told),
            _generation(view, found),
            plain.base_step(view, found),
            plain.rate_step(view, found),
            *plain.fx_step(view, found),
            *self.less_step(view, found),
        ]

    def told(self, path, upline):
        """Why somebody on the line is paid no generation."""
        view, params, member = path.view, path.params, upline.member
        rank = _held(path, member)
        if rank < params.rank:
            named = entitled.rank_name(view, rank)
            return view.say("not a leader: {named}", named=named)
        if params.ineligible == "skip" and path.eligibility.reason[member]:
            return line.short(path, upline)
        return view.say("leader without a generation to pay")

    def lacks(self, path, upline):
        return not _leads(path, upline.member)

    def absent(self, path, member):
        """Why somebody on the line got no row."""
        view, params, upline = path.view, path.params, path.of_member(member)[0]
        rank = _held(path, member)
        if rank < params.rank:
            mine, needed = (entitled.rank_name(view, one) for one in (rank, params.rank))
            return view.say(
                "is not a leader: has rank {mine}, and the bonus requires {needed}",
                mine=mine,
                needed=needed,
            )
        blocked = entitled.clause(view, path.bonus, member)
        if blocked:
            return blocked
        below = [
            one for one in path.uplines if one.level < upline.level and _leads(path, one.member)
        ]
        count = len(below) + int(path.origin >= 0 and _leads(path, path.origin))
        return view.how_many(
            count,
            "there is {count} leader between the purchase and this place, and the bonus pays no "
            "such generation",
            "there are {count} leaders between the purchase and this place, and the bonus pays no "
            "such generation",
        )


def _held(path, member):
    ctx = path.context
    return int((ctx.paying_rank if path.params.rank_by == "paid" else ctx.title)[member])


def _leads(path, member):
    skipped = path.params.ineligible == "skip" and path.eligibility.reason[member]
    return _held(path, member) >= path.params.rank and not skipped


def _generation(view, found):
    number, level = found.paid_level, found.level
    away = view.how_many(level, "{count} level", "{count} levels")
    text = view.say(
        "Generation {number}: leader {away} above the purchase",
        number=number,
        away=away,
    )
    return shapes.sentence(view, "level", text, level=level, paid_level=number)
