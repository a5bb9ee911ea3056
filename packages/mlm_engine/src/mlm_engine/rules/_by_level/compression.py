# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is paid which level: one function per kind, for all rows at once.

Each yields ``Found`` per offered level; the meaning of the kinds is §2 of
``docs/contracts/rules.md``. Tiny example, CV 100, rates 10, 5, 2; A active unlock 1 →
B active unlock 1 → C active unlock 3 → D inactive → E active unlock 3:

===============  ==  ==  ====  ==  ========
kind             A   B   C     E   breakage
===============  ==  ==  ====  ==  ========
none             10  0   2     0   5
roll_up          10  0   5+2   0   0
skip_inactive    10  0   2     0   5
skip_below_rank  0   0   10    5   2
dynamic          10  0   5     2   0
===============  ==  ==  ====  ==  ========
"""

from dataclasses import dataclass

import numpy as np

from ...kernel import trees
from ...kernel.uplines import Start, Uplines
from .walk import Walk


@dataclass(frozen=True)
class Found:
    """The payees of one level: walks ``index``, ``node`` -1 for nobody."""

    level: int
    index: np.ndarray
    node: np.ndarray
    distance: np.ndarray


def payees(walk, rates, settings):
    """Yield the ``Found`` of every offered level."""
    return KINDS[settings["kind"]](walk, rates, settings)


def walk_of(ctx, bonus, start, lines=None):
    """Return the ``Walk`` that a bonus's compression and boundary leave."""
    settings = bonus.params.compression
    if settings["kind"] == "pass_up":
        lines = passed_up(ctx, settings["pass_up"])
        start = restarted(ctx, lines, start)
    walk = Walk(ctx, bonus, start, lines)
    walk.bound(bonus.rule.boundary(bonus.params), settings["max_depth"])
    return walk


def threshold(walk, rates, settings):
    """Return the mask of members who are present and at the threshold."""
    rank = walk.ctx.paying_rank
    return (
        walk.eligibility.present
        & (rank >= settings["threshold_rank"])
        & (rates.unlock[rank] >= settings["threshold_levels"])
    )


def _entitled(walk, rates, level):
    members = walk.eligibility.entitled & (rates.unlock[walk.ctx.paying_rank] >= level)
    return walk.lines.mask(members)


def _by_place(walk, rates, mask, start=None):
    """The k-th upline in ``mask`` is paid level k."""
    everyone = np.arange(walk.start.first.size)
    node, distance = start or walk.first(mask)
    for level in range(1, rates.count + 1):
        if rates.offered[level - 1]:
            yield Found(level, everyone, node, distance)
        if level < rates.count:
            node, distance = walk.next(node, distance, mask)


def none(walk, rates, settings):
    """C0: the upline at distance k."""
    return _by_place(walk, rates, walk.lines.occupied)


def skip_inactive(walk, rates, settings):
    """C2: the k-th present upline."""
    return _by_place(walk, rates, walk.present)


def skip_below_rank(walk, rates, settings):
    """C3: the k-th present upline at the threshold."""
    return _by_place(walk, rates, walk.lines.mask(threshold(walk, rates, settings)))


def volume(walk, rates, settings):
    """C5: the first present upline becomes the origin of an inactive member's row."""
    moved = walk.of_origin(~walk.ctx.activity.active)
    node, distance = walk.first(walk.present)
    above = walk.next(node, distance, walk.present)
    start = np.where(moved, above[0], node), np.where(moved, above[1], distance)
    return _by_place(walk, rates, walk.present, start)


def roll_up(walk, rates, settings):
    """C1: the first upline at distance k or more who is entitled to level k."""
    everyone = np.arange(walk.start.first.size)
    at, far = walk.first(walk.lines.occupied)
    last, last_far = np.full(at.size, -1), np.zeros(at.size, dtype=np.int64)
    for level in range(1, rates.count + 1):
        if rates.offered[level - 1]:
            mask = _entitled(walk, rates, level)
            # Strictly above somebody paid, else from distance k on, that one included.
            after = last_far >= far if not settings["twice"] else np.zeros(at.size, dtype=bool)
            after &= (last >= 0) & (at >= 0)
            here = (at >= 0) & mask[at] & ~after
            above = walk.next(np.where(after, last, at), np.where(after, last_far, far), mask)
            node, distance = np.where(here, at, above[0]), np.where(here, far, above[1])
            yield Found(level, everyone, node, distance)
            last, last_far = (
                np.where(node >= 0, node, last),
                np.where(node >= 0, distance, last_far),
            )
        if level < rates.count:
            at, far = walk.next(at, far, walk.lines.occupied)


def dynamic(walk, rates, settings):
    """C4: the next upline above the last payee who is entitled to level k."""
    everyone = np.arange(walk.start.first.size)
    last, far = np.full(everyone.size, -1), np.zeros(everyone.size, dtype=np.int64)
    for level in rates.walked:
        mask = _entitled(walk, rates, level)
        first, above = walk.first(mask), walk.next(last, far, mask)
        node = np.where(last < 0, first[0], above[0])
        distance = np.where(last < 0, first[1], above[1])
        yield Found(level, everyone, node, distance)
        last, far = np.where(node >= 0, node, last), np.where(node >= 0, distance, far)


def segment(walk, rates, settings):
    """C7: below an unqualified buyer the first two qualified uplines share level 1."""
    members = threshold(walk, rates, settings)
    mask, qualified = walk.lines.mask(members), walk.of_origin(members)
    node, distance = walk.first(mask)
    for place in range(1, rates.count + 2):
        for level, these in ((place, qualified), (max(1, place - 1), ~qualified)):
            if place == 2 and level == 1:
                these = these & (node >= 0)  # level 1 has had somebody
            if level <= rates.count and rates.offered[level - 1]:
                index = np.flatnonzero(these)
                yield Found(level, index, node[index], distance[index])
        node, distance = walk.next(node, distance, mask)


def passed_up(ctx, count):
    """Return the ``Uplines`` of the sponsor tree in which everybody's first ``count``
    distributors stand under whoever their sponsor stands under: of somebody who is
    passed up, too, under the new one (§8).

    Tiny example: JOHN sponsors HARRY, his third; A is HARRY's first: A and A's first two
    stand under JOHN.
    """
    key = ("passed up", count)
    if key not in ctx.shared:
        data = ctx.snapshot
        sponsor = data.sponsor
        people = np.flatnonzero((sponsor >= 0) & (data.member_kind == 0))
        order = people[np.lexsort((people, data.member_joined[people], sponsor[people]))]
        above = sponsor[order]
        begins = np.flatnonzero(np.append(True, above[1:] != above[:-1])[: order.size])
        place = np.arange(order.size) - np.repeat(begins, np.diff(np.append(begins, order.size)))
        moved = order[(place < count) & (sponsor[above] >= 0)]
        # From who is passed up to the first one above who is not, doubling the stride.
        stays = np.arange(ctx.members)
        stays[moved] = sponsor[moved]
        while (on := stays[stays]).tobytes() != stays.tobytes():
            stays = on
        ctx.shared[key] = Uplines(ctx, trees.forest(sponsor[stays]), np.arange(ctx.members))
        ctx.shared[key].passing = count
    return ctx.shared[key]


def restarted(ctx, lines, start):
    """Return a ``Start`` in another tree of the same members."""
    above = lines.above(start.node, start.moment)
    first = np.where(start.node >= 0, above, start.first)
    return Start(start.origin, start.node, first, start.moment)


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
