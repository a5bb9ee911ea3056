# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway: an override on the groups of people who reached the rank of a head."""

from fractions import Fraction

from ..bonus import Bonus
from ..codes import REASONS
from ..earning import Earning
from ..heads import Heads
from ..numbers import E6, allocate, points, rate


class Rule(Bonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self.least = run.plan.rank_index[str(self.param("rank"))]
        self.heads = Heads(run.network, self._is_head)
        self.flat = self.param("mode", "flat") == "flat"
        self.rates = [rate(one) for one in self.param("rates", [])]
        self._settled = None
        self._groups = {}

    def _is_head(self, member):
        return self.run.ranks.paying(member) >= self.least

    def of_payee(self, member):
        if points(self.param("guarantee", 0)) and self.flat:
            return self._guaranteed().get(member, [])
        return self._kept(member, self._plain(member))

    def _group(self, head, column="row_cv_e4"):
        """Return the volume of a head's own group; a return leaves that of its sale."""
        return self._staying(head, column) + self.returned(head, self.heads.first, column).get(
            -1, 0
        )

    def _staying(self, head, column="row_cv_e4"):
        """Return what stays in a head's own group whatever is returned."""
        if (head, column) not in self._groups:
            group = self.heads.group(head)
            self._groups[head, column] = sum(self.staying(one, column) for one in group)
        return self._groups[head, column]

    def _plain(self, member):
        if not self._is_head(member):
            return []
        found, taken = [], self.returned(member, self.heads.first)
        for head, generation in self.heads.below(member):
            # only who stood above a returned sale loses it
            base = self._staying(head) + taken.get(head, 0)
            percent = self._rate(member, head, generation)
            if base > 0 and percent > 0:
                found += self.earning(
                    member,
                    base,
                    percent,
                    self._refusal(member, generation),
                    source=head,
                    level=generation,
                )
        return found

    def _rate(self, member, head, generation):
        if self.flat:
            return self.rates[generation - 1] if generation <= len(self.rates) else 0
        if generation > 1:
            return 0
        grid, run = self.param("rates_of_rank"), self.run
        of = [run.plan.by_rank(grid, run.ranks.paying(one)) for one in (member, head)]
        return max(rate(self.param("min_pct", 0)), of[0] - of[1])

    def _refusal(self, member, generation):
        refusal, reach = self.refusal(member), self.param("levels_by_rank")
        if not refusal and reach:
            unlock = self.run.plan.by_rank(reach, self.run.ranks.paying(member), int, 0)
            refusal = REASONS["NOT_UNLOCKED"] if unlock < generation else refusal
        return refusal

    # -- guarantee

    def _guaranteed(self):
        if self._settled is None:
            heads = [one for one in self.run.inputs.members if self._is_head(one)]
            rows = {head: self._plain(head) for head in heads}
            for head in sorted(heads, key=self.run.network.depth, reverse=True):
                self._owe(head, rows)
            self._settled = {
                head: self._kept(head, [one for one in found if one.amount_e4 or one.breakage_e4])
                for head, found in rows.items()
            }
        return self._settled

    def _owe(self, head, rows):
        above = self.heads.above(head)
        if above < 0 or self._refusal(above, 1) or not list(self.heads.below(head)):
            return
        missing = max(0, points(self.param("guarantee")) - self._group(head))
        percent = self.rates[0] if self.rates else 0
        mine = sorted(rows[head], key=lambda one: one.key)
        has = sum(one.amount_e4 for one in mine) / self.exchange(head).factor
        due = min(Fraction(missing * percent, E6), has)  # in the currency of the bonus
        if due <= 0:
            return
        home = self.run.homes.of(head)
        weights = [home.units(one.amount_e4) for one in mine]
        taken = home.units(self.worth(head, due))
        parts = allocate(taken, weights, list(range(len(mine))))
        rows[head] = [
            one.moved(-part * home.unit, REASONS["GUARANTEE"])
            for one, part in zip(mine, parts, strict=True)
        ]
        given = self.worth(above, due)
        rows[above] = self._given(rows[above], above, head, given, percent)

    def _given(self, rows, member, source, given, percent):
        for place, one in enumerate(rows):
            if one.source == source and one.level == 1:
                return [*rows[:place], one.moved(given), *rows[place + 1 :]]
        exchange = self.exchange(member)
        empty = Earning(
            payee=member,
            bonus=self.index,
            base_e4=0,
            rate_e6=percent,
            fx_e6=exchange.fx_e6,
            per_e6=exchange.per_e6,
            amount_e4=0,
            breakage_e4=0,
            source=source,
            level=1,
            paid_level=1,
        )
        return [*rows, empty.moved(given)]

    # -- what a small group may keep

    def _kept(self, member, rows):
        heads = int(self.param("keep_heads", 0))
        if not heads or not rows:
            return rows
        first = [one for one, generation in self.heads.below(member) if generation == 1]
        small = self._group(member, "row_pv_e4") < points(self.param("keep_group", 0))
        if len(first) >= heads or not small:
            return rows
        lost = [one.moved(-one.amount_e4, REASONS["GROUP_TOO_SMALL"]) for one in rows]
        return [one for one in lost if one.amount_e4 or one.breakage_e4]
