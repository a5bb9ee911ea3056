# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generation bonus: each leader above a sale closes a generation."""

from ..codes import PAID, REASONS
from ..levels import Levels
from ..row_bonus import RowBonus


class Rule(RowBonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self.levels = Levels(run.plan, self.param)
        self.least = run.plan.rank_index[str(self.param("rank"))]
        self._groups = None

    def _rank(self, member):
        if member < 0:
            return -1
        ranks = self.run.ranks
        by_title = self.param("rank_by", "paid") == "title"
        return ranks.title(member) if by_title else ranks.paying(member)

    def _leads(self, member, least):
        if member < 0 or self._rank(member) < max(least, self.least):
            return False
        return self.param("ineligible", "boundary") == "boundary" or not self.refusal(member)

    def places(self, row):
        origin, uplines = self._origin(row), list(self.uplines(row))
        chain = [origin, *((one.member, one.position) for one in uplines)]
        own_group = bool(self.param("own_group", True))
        same_rank = self.param("mode", "threshold") == "same_rank"
        found = []
        for place, upline in enumerate(uplines):
            if not self._leads(upline.member, self.least):
                continue
            least = self._rank(upline.member) if same_rank else self.least
            passed = sum(
                self._leads(member, least) and self._counts(member, position)
                for member, position in chain[: place + 1]
            )
            found.append((upline, passed + own_group))
        return found

    def _origin(self, row):
        """Return the member and position of the origin."""
        member = self.origin(row)
        return member, self.start(row) if self.tree >= 0 and member >= 0 else -1

    def _counts(self, member, position):
        """Tell whether a leader's own group is no reason to pass it over."""
        if self.param("empty", "counts") == "counts":
            return True
        if self._groups is None:
            self._groups = set()
            for row in self.run.inputs.rows:
                if self.takes(row):
                    self._groups.add(self._first_leader(row))
        return (member, position) in self._groups

    def _first_leader(self, row):
        places = [self._origin(row), *((u.member, u.position) for u in self.uplines(row))]
        return next((one for one in places if self._leads(one[0], self.least)), None)

    def paid(self, row, upline, generation):
        levels = self.levels
        if not 1 <= generation <= levels.count:
            return []
        member, base = upline.member, self.row_base(row)
        rank = self.run.ranks.paying(member)
        refusal, short = self.refusal(member), PAID
        if not refusal and levels.unlock(rank) < generation:
            refusal = REASONS["NOT_UNLOCKED"]
        own, offered = levels.own(generation, rank), levels.offered(generation)
        if own < offered:
            short = REASONS["RANK_RATE"]
        return self.earning(
            member,
            base,
            own,
            refusal,
            (base, offered),
            short=short,
            row=row,
            source=self.run.inputs.row_buyer[row],
            level=upline.distance,
            paid_level=generation,
            position=upline.position,
        )
