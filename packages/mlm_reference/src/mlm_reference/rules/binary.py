# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary: what both legs of a position match is paid."""

from collections import defaultdict
from fractions import Fraction

from ..binary_legs import Legs
from ..bonus import Bonus
from ..codes import (
    CARRY_LEFT,
    CARRY_RIGHT,
    INACTIVE_PERIODS,
    KIND_DISTRIBUTOR,
    PAID,
    REASONS,
    STATE_SUSPENDED,
    STATE_TERMINATED,
)
from ..numbers import E4, E6, fraction, points, rate, rounded
from ..promotions import best_rate

SIDES = ("NO_ACTIVE_LEFT", "NO_ACTIVE_RIGHT", "NO_ACTIVE_SIDES")


class Rule(Bonus):
    def __init__(self, run, index, document):
        super().__init__(run, index, document)
        self.tree = self._tree()
        self._legs = {}
        self._carried = defaultdict(int)
        data = run.inputs
        for place, position in enumerate(data.carry_position):
            if data.carry_bonus[place] == index:
                self._carried[position, data.carry_measure[place]] += data.carry_value[place]

    def _tree(self):
        code = self.document.get("tree")
        if code is not None:
            return self.run.plan.tree_of(str(code))
        kinds = [item.get("kind", "binary") for item in self.run.plan.trees]
        return kinds.index("binary") if "binary" in kinds else 0

    def positions(self, member):
        return self.run.network.positions_of(member, self.tree)

    # -- legs

    def legs(self, position):
        """Return the ``Legs`` of a position."""
        if position not in self._legs:
            self._legs[position] = Legs(self, position)
        return self._legs[position]

    def carried(self, position, measure):
        return self._carried[position, measure]

    def reason(self, position):
        """Return why a position is not paid, PAID if it is."""
        data, people = self.run.inputs, self.run.people
        owner = data.position_member[position]
        if data.member_state[owner] == STATE_TERMINATED:
            return REASONS["TERMINATED"]
        if not people.active(owner):
            return REASONS["INACTIVE"]
        if data.member_kind[owner] != KIND_DISTRIBUTOR:
            return REASONS["NOT_DISTRIBUTOR"]
        legs = self.legs(position)
        least = int(self.param("active_each_side", 1))
        good = [legs.active(side) >= least for side in (0, 1)]
        if not all(good):
            return REASONS[SIDES[2] if not any(good) else SIDES[0] if good[1] else SIDES[1]]
        if legs.matched <= 0:
            return REASONS["BELOW_MINIMUM"]
        if data.member_state[owner] == STATE_SUSPENDED:
            return REASONS["SUSPENDED"]
        return PAID

    def used(self, position):
        """Tell whether what matched leaves the legs, paid or not."""
        reason = self.reason(position)
        consumes = self.param("unqualified", "keep") == "consume"
        if consumes and reason in [REASONS[name] for name in SIDES]:
            return self.legs(position).matched > 0
        return reason in (PAID, REASONS["SUSPENDED"])

    # -- figures that ranks ask for

    def figure(self, name, member):
        if name != "paid_cv":
            return 0
        return sum(
            self.legs(place).paid_cv for place in self.positions(member) if not self.reason(place)
        )

    # -- pay

    def of_payee(self, member):
        return [one for place in self.positions(member) for one in self._of_position(member, place)]

    def _of_position(self, member, position):
        if not self.used(position):
            return []
        legs = self.legs(position)
        base, percent = legs.base, E6
        if self.param("mode", "percentage") != "cycle":
            percent = self._rate(member)
        if self.param("ratio", False):
            base = rounded(Fraction(base * legs.lesser, legs.greater)) if legs.greater else 0
        found = self.earning(member, base, percent, self.reason(position), position=position)
        return [self._capped(one) for one in found]

    def _capped(self, one):
        run = self.run
        most = points(self.param("pay_cap", 0))
        grid = self.param("pay_cap_by_rank")
        if grid:
            most = run.plan.by_rank(grid, run.ranks.paying(one.payee), points, most)
        if not most:
            return one
        limit = self.worth(one.payee, most)
        return one.capped(max(0, one.amount_e4 - limit), REASONS["CAPPED"])

    def _rate(self, member):
        """Return the highest of the percentages that the bonus looks at."""
        run, best = self.run, 0
        for name in self.param("pct_from", ("package", "rank", "promotion")):
            if name == "package":
                best = max(best, run.packages.rate_in_term(member))
            elif name == "promotion":
                best = max(best, best_rate(run.inputs, run.plan, member))
            elif name == "fixed":
                best = max(best, rate(self.param("fixed_pct", 0)))
            elif run.plan.ranks:
                item = run.plan.ranks[self._rank(member)]
                best = max(best, rate(item.get("pct", 0)))
        return best

    def _rank(self, member):
        if self.run.inputs.member_state[member] != STATE_SUSPENDED:
            return self.run.ranks.paying(member)
        return self.run.ranks.reached(member, self._hold_as_if_paid)

    def _hold_as_if_paid(self, conditions, member):
        used = sum(self.legs(p).paid_cv for p in self.positions(member) if self.used(p))
        return all(self._holds(item, member, used) for item in conditions)

    def _holds(self, item, member, used):
        if "any" in item:
            return any(all(self._holds(one, member, used) for one in ones) for ones in item["any"])
        if str(item.get("measure")) == f"{self.code}.paid_cv":
            return used >= fraction(item["min"]) * E4
        return self.run.conditions.hold([item], member)

    # -- what is left

    def carry(self):
        found = {}
        for position in self.run.inputs.positions:
            owned = self.run.inputs.position_member[position] >= 0
            if owned and self.run.network.tree(position) == self.tree:
                left, right, idle = self._left_over(position)
                found[position, self.index, CARRY_LEFT] = left
                found[position, self.index, CARRY_RIGHT] = right
                found[position, self.index, INACTIVE_PERIODS] = idle
        return found

    def _left_over(self, position):
        reason, legs = self.reason(position), self.legs(position)
        inactive = reason == REASONS["INACTIVE"]
        counts = inactive and int(self.param("expire_after", 1)) > 1
        idle = self.carried(position, INACTIVE_PERIODS) + 1 if counts else 0
        lost = reason == REASONS["TERMINATED"]
        if inactive and self.param("inactive", "expire") == "expire":
            lost = not counts or idle >= int(self.param("expire_after", 1))
        if self.param("unqualified", "keep") == "flush":
            lost = lost or reason in [REASONS[name] for name in SIDES]
        if lost:
            return 0, 0, idle
        rest = legs.after_pay if self.used(position) else legs.total
        cap = points(self.param("carry_cap", 0))
        return *[min(one, cap) if cap and one > 0 else one for one in rest], idle
