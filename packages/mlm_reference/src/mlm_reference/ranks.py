# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks: earned, paid-as, title (rules.md §4), decided from the deepest person up."""

from .codes import KIND_DISTRIBUTOR, STATE_ACTIVE
from .conditions import measures_in


class Ranks:
    def __init__(self, run):
        self.run, self.plan, self.inputs = run, run.plan, run.inputs
        policy = self.plan.rank_policy
        self.policy = policy
        self.evaluates = self.inputs.period_kind == policy.get("period", self.plan.first_period)
        self._decided = {}
        self._of_ranks = any(
            run.measures.of_ranks(name)
            for rank in range(len(self.plan.ranks))
            for name, _ in measures_in(self.conditions(rank))
        )

    def conditions(self, rank):
        """Return the conditions of a rank, the short form included."""
        item = self.plan.ranks[rank]
        short = []
        if item.get("measure") is not None and rank:
            short = [{"measure": item["measure"], "min": item.get("min", 0)}]
        return short + list(item.get("requires") or ())

    # -- what others ask

    def paid(self, member):
        """Return the paid-as rank after this run."""
        return self._rank(member)[0]

    def misses(self, member):
        return self._rank(member)[1]

    def earned(self, member):
        return self._rank(member)[2]

    def title(self, member):
        before = self.inputs.member_title[member]
        if not self.evaluates:
            return before
        paid = self.paid(member)
        return paid if self.policy.get("title") == "paid" else max(before, paid)

    def paying(self, member):
        """Return the rank that bonuses use."""
        if self.policy.get("paid_rank", "current") == "last_closed":
            return self.run.people.paid_before(member)
        return self.paid(member)

    def seen(self, member, viewer):
        """Return the rank of somebody as it counts in a measure of ``viewer``."""
        if not self.evaluates:
            return self.run.people.paid_before(member)
        depth = self.run.network.depth
        return self.paid(member) if depth(member) > depth(viewer) else 0

    # -- deciding

    def _rank(self, member):
        if member not in self._decided:
            for one in self._before_it(member):
                self._decided[one] = self._decide(one)
        return self._decided[member]

    def _before_it(self, member):
        """Return who has to be decided first, the deepest first, and the member."""
        if not self._of_ranks or not self.evaluates:
            return [member]
        depth = self.run.network.depth
        if self.plan.trees:
            missing = [one for one in self.inputs.members if one not in self._decided]
            return sorted(missing, key=depth, reverse=True)
        found = [member]
        for one in found:
            below = self.run.network.sponsored.get(one, ())
            found += [other for other in below if other not in self._decided]
        return found[::-1]

    def _decide(self, member):
        before = self.run.people.paid_before(member)
        missed = self.inputs.member_misses[member] if self.inputs.member_misses else 0
        if not self.evaluates:
            return before, missed, before
        if not self._may_rise(member):
            return 0, 0, 0
        earned = max(self.reached(member), self.run.packages.granted_rank(member))
        paid, misses = self._keep(earned, before, missed)
        for place, one in enumerate(self.inputs.override_member):
            if one == member:
                rank = self.inputs.override_rank[place]
                paid = rank if self.inputs.override_exact[place] else max(paid, rank)
        return paid, misses, earned

    def _may_rise(self, member):
        kind, state = self.inputs.member_kind[member], self.inputs.member_state[member]
        return kind == KIND_DISTRIBUTOR and state == STATE_ACTIVE

    def reached(self, member, hold=None):
        """Return the rank whose conditions hold; ``hold`` may judge another way."""
        hold = hold or self.run.conditions.hold
        best = 0
        for rank in range(1, len(self.plan.ranks)):
            if hold(self.conditions(rank), member):
                best = rank
            elif self.policy.get("mode", "own") == "ladder":
                break
        return best

    def _keep(self, earned, before, missed):
        if earned >= before:
            return earned, 0
        missed += 1
        if missed <= int(self.policy.get("grace", 0)):
            return before, missed
        demotion = self.policy.get("demotion", "earned")
        if demotion == "earned":
            return earned, 0
        if demotion == "one_step":
            return max(earned, before - 1), missed
        return before, missed
