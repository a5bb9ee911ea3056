# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is paid which level: one function per kind of compression (rules.md §2).

Each takes a ``Walk`` and returns ``[(level, Upline or None)]``.
"""

from dataclasses import dataclass
from itertools import islice, takewhile


@dataclass(frozen=True)
class Walk:
    """What a kind of compression asks about.

    ``uplines``: ``Uplines``, or a list; ``levels``: those with an offered rate; ``origin``: a member
    or -1; the functions take a member.
    """

    bonus: object
    levels: object
    origin: int
    uplines: object
    settings: dict

    def unlock(self, member):
        return self.levels.unlock(self.bonus.run.ranks.paying(member))

    def entitled(self, member, level):
        return not self.bonus.refusal(member) and self.unlock(member) >= level

    def present(self, member):
        return self.bonus.present(member)

    def threshold(self, member):
        """Tell whether somebody present is at the threshold as well."""
        run, settings = self.bonus.run, self.settings
        if not self.present(member):
            return False
        rank = settings.get("threshold_rank")
        if rank is not None and run.ranks.paying(member) < run.plan.rank_index[str(rank)]:
            return False
        return self.unlock(member) >= int(settings.get("threshold_levels") or 0)


def payees(bonus, levels, origin, uplines):
    """Return ``[(level, Upline or None)]`` under the bonus's compression."""
    settings = bonus.param("compression") or {}
    deepest = int(settings.get("max_depth") or 0)
    if deepest:
        uplines = list(takewhile(lambda one: one.distance <= deepest, uplines))
    walk = Walk(bonus, levels, origin, uplines, settings)
    return KINDS[settings.get("kind", "none")](walk)


def _by_place(walk, chosen):
    """The k-th of the chosen uplines is paid level k."""
    chosen = [*islice(chosen, walk.levels.count), *[None] * walk.levels.count]
    return [(level, chosen[level - 1]) for level in walk.levels.walked]


def none(walk):
    return _by_place(walk, walk.uplines)


def skip_inactive(walk):
    return _by_place(walk, (one for one in walk.uplines if walk.present(one.member)))


def skip_below_rank(walk):
    return _by_place(walk, (one for one in walk.uplines if walk.threshold(one.member)))


def roll_up(walk):
    found, last = [], 0
    for level in walk.levels.walked:
        payee = next(
            (
                one
                for one in walk.uplines
                if one.distance >= level
                and one.distance > last
                and walk.entitled(one.member, level)
            ),
            None,
        )
        if payee and not walk.settings.get("twice", True):
            last = payee.distance
        found.append((level, payee))
    return found


def dynamic(walk):
    found, last = [], 0
    for level in walk.levels.walked:
        payee = next(
            (
                one
                for one in walk.uplines
                if one.distance > last and walk.entitled(one.member, level)
            ),
            None,
        )
        last = payee.distance if payee else last
        found.append((level, payee))
    return found


def volume(walk):
    chosen = (one for one in walk.uplines if walk.present(one.member))
    inactive = walk.origin >= 0 and not walk.bonus.run.people.active(walk.origin)
    return _by_place(walk, islice(chosen, int(inactive), None))


def segment(walk):
    chosen = [one for one in walk.uplines if walk.threshold(one.member)]
    qualified = walk.origin >= 0 and walk.threshold(walk.origin)
    found = {level: [] for level in walk.levels.walked}
    for place, one in enumerate(chosen, 1):
        level = place if qualified else max(1, place - 1)
        if level in found:
            found[level].append(one)
    return [(level, one) for level, ones in found.items() for one in ones or [None]]


KINDS = {
    "none": none,
    "roll_up": roll_up,
    "skip_inactive": skip_inactive,
    "skip_below_rank": skip_below_rank,
    "dynamic": dynamic,
    "volume": volume,
    "segment": segment,
    "pass_up": none,
}
