# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The walk that decides ranks: from the deepest people of the sponsor tree up.

One pass over the levels of the tree, each for all its people at once. Measures that
ask for ranks see those decided so far: of everybody farther from the root, and the
first rank of all others (``docs/contracts/rules.md`` §4).
"""

import numpy as np

from .. import measures as kinds
from . import conditions
from .snapshot import KIND_DISTRIBUTOR, STATE_ACTIVE


class Walk:
    """What the walk needs of the plan: measures to feed, conditions by rank.

    ``keep(earned, members)`` turns ranks earned by conditions into ``(earned with
    grants, paid-as, misses)``.
    """

    def __init__(self, ctx, keep):
        self._ctx, self._keep = ctx, keep
        self._measures = _started(ctx)
        self._ranks = ctx.plan["ranks"]
        self._ladder = ctx.plan["rank_policy"]["mode"] == "ladder"
        self._fixed, self._open = self._conditions()

    def _conditions(self):
        """Return by rank the mask of the conditions that no rank changes, and the list
        of the others."""
        plan, fixed, others = self._ctx.plan, [], []
        for item in self._ranks:
            late = [one for one in item["requires"] if conditions.needs_ranks(plan, one)]
            early = [one for one in item["requires"] if one not in late]
            fixed.append(conditions.holds(self._ctx, early))
            others.append(late)
        return fixed, others

    def decide(self):
        """Return ``(earned, paid-as, misses)`` of every member; fills ``ctx.values``."""
        ctx = self._ctx
        earned, paid, misses = (np.zeros(ctx.members, dtype=np.int64) for _ in range(3))
        levels = ctx.sponsorship.levels[::-1] if self._measures else pieces(ctx.members)
        for members in levels:
            self._look(members)
            found = self._earned(members)
            found, paid[members], misses[members] = self._keep(found, members)
            earned[members] = found
            for _index, measure in self._measures:
                measure.decided(members, paid[members])
        return earned, paid, misses

    def _look(self, members):
        for index, measure in self._measures:
            self._ctx.values[index][members] = measure.value(members)

    def _earned(self, members):
        rank = np.zeros(members.size, dtype=np.int64)
        climbing = may_rise(self._ctx.snapshot)[members]
        for index in range(1, len(self._ranks)):
            holds = climbing & self._fixed[index][members]
            if self._open[index]:
                holds &= conditions.holds(self._ctx, self._open[index], members)
            rank[holds] = index
            if self._ladder:
                climbing = holds
        return rank


def pieces(size):
    """Return all members in pieces that stay in the processor's cache."""
    return np.array_split(np.arange(size), (size >> 16) + 1)


def held(ctx, rank):
    """Fill ``ctx.values`` of the measures that ask for ranks in a run that decides none:
    they see the ranks that people hold."""
    everyone = np.arange(ctx.members)
    for index, measure in _started(ctx):  # each is complete before the next reads it
        for members in ctx.sponsorship.levels[::-1]:
            measure.decided(members, rank[members])
        ctx.values[index] = measure.value(everyone)


def may_rise(snapshot):
    """Tell who can reach a rank above the first: distributors in good standing."""
    return (snapshot.member_kind == KIND_DISTRIBUTOR) & (snapshot.member_state == STATE_ACTIVE)


def _started(ctx):
    """Return ``[(index, fed object)]`` of the measures that ask for ranks, in the order of
    the plan, and make room for their values."""
    found = []
    for index in range(len(ctx.plan["measures"])):
        if kinds.needs_ranks(ctx.plan, index):
            module, params = kinds.of(ctx.plan, index)
            ctx.values[index] = np.zeros(ctx.members, dtype=np.int64)
            found.append((index, module.start(ctx, params, index)))
    return found
