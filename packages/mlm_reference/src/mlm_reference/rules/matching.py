# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matching: a percentage of what the people below earned from other bonuses."""

from collections import defaultdict

from ..codes import PAID, REASONS
from ..compression import payees
from ..levels import Levels
from ..numbers import E6, points, rate
from ..plan import times
from ..row_bonus import RowBonus, Uplines


class Rule(RowBonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self.levels = Levels(run.plan, self.param)
        self.reads = tuple(str(code) for code in self.param("bonuses", ()))
        self.indexes = [run.plan.bonus_index[code] for code in self.reads]
        self._earlier = None

    def takes(self, row):
        return False

    def of_payee(self, member):
        if self.run.whole:
            return self._everything()[member]
        if member not in self._passed:
            for source in (member, *self.run.network.downline(member)):
                if source not in self._passed:
                    self._passed.add(source)
                    for payee in {place[0].member for place in self.places(source) if place[0]}:
                        self._rows_of[payee].append(source)
        return [
            one
            for source in self._rows_of.get(member, ())
            for place in self.places(source)
            if place[0] is not None and place[0].member == member
            for one in self.paid(source, *place)
        ]

    def _everything(self):
        if self._table is None:
            self._table = defaultdict(list)
            for source in self.run.inputs.members:
                for place in self.places(source):
                    for one in self.paid(source, *place):
                        self._table[one.payee].append(one)
        return self._table

    def earned(self, member):
        """Return what the bonuses paid somebody, here and in shorter periods inside."""
        run = self.run
        if self._earlier is None:
            data, self._earlier = run.inputs, defaultdict(int)
            for place, bonus in enumerate(data.earned_bonus):
                if bonus in self.indexes:
                    self._earlier[data.earned_member[place]] += data.earned_amount_e4[place]
        now = run.stage(member, run.before(self))
        return self._earlier[member] + sum(
            one.amount_e4 for one in now if one.bonus in self.indexes
        )

    def places(self, source):
        """Return who may be paid of what somebody earned, as of a row."""
        found = payees(self, self.levels, source, Uplines(self._above(source)))
        return [(upline, level) for level, upline in found]

    def _above(self, source):
        sponsors = self._sponsors()
        member = sponsors[source]
        while member >= 0:
            yield member, -1
            member = sponsors[member]

    def _sponsors(self):
        """Return who stands above everybody at the period's end, pass-ups included."""
        settings = self.param("compression") or {}
        if settings.get("kind") != "pass_up":
            return self.run.inputs.sponsor
        return self.run.network.passed_up(int(settings.get("pass_up", 2)))

    def paid(self, source, upline, level):
        base = self.earned(source)
        if base <= 0:
            return []
        offered = self.levels.offered(level)
        homes, payee = self.run.homes, upline.member if upline else -1
        exchange = homes.between(homes.of(source), homes.of(payee))
        where = {"source": source, "paid_level": level, "exchange": exchange}
        if upline is None:
            return self.earning(-1, base, offered, REASONS["NO_UPLINE"], level=level, **where)
        member = upline.member
        rank = self.run.ranks.paying(member)
        refusal, short = self.refusal(member), PAID
        if not refusal and self.levels.unlock(rank) < level:
            refusal = REASONS["NOT_UNLOCKED"]
        own, share = self.levels.own(level, rank), self._share(member)
        if own < offered:
            short = REASONS["RANK_RATE"]
        elif share < E6:
            short = REASONS["PV_TIER"]
        return self.earning(
            member,
            base,
            times(own, share),
            refusal,
            (base, offered),
            short=short,
            level=upline.distance,
            **where,
        )

    def _share(self, member):
        tiers = self.param("tiers")
        if not tiers:
            return E6
        own = self.run.people.own_pv(member)
        reached = [tier for tier in tiers if own >= points(tier["pv"])]
        best = max(reached, key=lambda tier: points(tier["pv"]), default={"pct": 0})
        return rate(best["pct"])
