# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Infinity: the sale, the line up, who of the same rank stands between, the rate."""

from ...telling import entitled, line, plain, shapes
from .._sales.explain import OfSales
from .rule import rates_of


class InfinityTelling(OfSales):
    def steps(self, view, found, index):
        """Source, path, equals below, base and rate."""
        return [
            *self.source_steps(view, found),
            line.step(view, found, self.told),
            _equals(view, found),
            plain.base_step(view, found),
            plain.rate_step(view, found),
            *plain.fx_step(view, found),
            *plain.less_step(view, found),
        ]

    def told(self, path, upline):
        """Why somebody on the line is paid nothing."""
        return line.short(path, upline) or self.absent(path, upline.member)

    def lacks(self, path, upline):
        rank = int(path.context.paying_rank[upline.member])
        return not rates_of(path.params, path.view.plan)[rank].any()

    def absent(self, path, member):
        """Why somebody on the line got no row."""
        view, upline = path.view, path.of_member(member)[0]
        blocked = entitled.clause(view, path.bonus, member)
        if blocked:
            return blocked
        rank = int(path.context.paying_rank[member])
        named, rates = entitled.rank_name(view, rank), rates_of(path.params, view.plan)[rank]
        if not rates.any():
            return view.say("rank {named} has no percentage", named=named)
        if upline.level < path.params.from_level:
            return view.say(
                "is on level {level} and the bonus begins at {from_level}",
                level=upline.level,
                from_level=path.params.from_level,
            )
        count = equals_below(path, upline)
        return view.say(
            "{count} of rank {named} or higher are between the purchase and this place",
            count=count,
            named=named,
        )


def equals_below(path, upline):
    """Count the people of the same rank or higher between the purchase and somebody."""
    held = path.context.paying_rank
    people = [one.member for one in path.uplines if one.level < upline.level]
    people += [path.origin] if path.origin >= 0 else []
    return sum(int(held[one] >= held[upline.member]) for one in people)


def _equals(view, found):
    path = line.of_earning(view, found)
    upline = next(one for one in path.uplines if one.level == found.level)
    count = equals_below(path, upline)
    named = entitled.rank_name(view, view.context.paying_rank[found.payee])
    if view.discreet:  # the ranks of others are theirs
        text = view.say("Reduced percentage") if count else view.say("Full percentage")
        return shapes.sentence(view, "level", text, level=found.level)
    if not count:
        text = view.say(
            "Nobody of rank {named} or higher between: full percentage",
            named=named,
        )
    else:
        text = view.say(
            "{count} of rank {named} or higher between: reduced percentage",
            count=count,
            named=named,
        )
    return shapes.sentence(view, "level", text, level=found.level, equals=count)
