# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Both legs of one position of a binary: what came in, what matches, what is left."""

from fractions import Fraction
from functools import cached_property
from math import floor

from .codes import CARRY_LEFT, CARRY_RIGHT
from .numbers import points, rounded
from .sums import over_tree


class Legs:
    """Points in ten-thousandths of CV; pairs are (left, right)."""

    def __init__(self, rule, position):
        self.rule, self.run, self.position = rule, rule.run, position
        self.owner = self.run.inputs.position_member[position]
        self.child = [self.run.network.child_on_leg(position, side) for side in (0, 1)]

    @cached_property
    def brought(self):
        """Carried in and new."""
        carried = (CARRY_LEFT, CARRY_RIGHT)
        return [
            self.rule.carried(self.position, carried[side])
            + self._new(self.child[side])
            + self._returned(side)
            - self._taken_back(side)
            for side in (0, 1)
        ]

    def _new(self, top):
        if top < 0:
            return 0
        known, data = self.run.totals, self.run.inputs
        if "cv of positions" not in known:
            rows, back = data.grouped("row_position"), set(self.run.returned.rows)
            known["cv of positions"] = over_tree(
                data.positions,
                data.position_parent.__getitem__,
                lambda place: sum(
                    data.row_cv_e4[row] for row in rows.get(place, ()) if row not in back
                ),
            )
        return known["cv of positions"][top]

    def _returned(self, side):
        """Return what returned sales take from the side on which they stood."""
        run = self.run
        return sum(run.inputs.row_cv_e4[row] for row in run.returned.on_side(self.position, side))

    def _taken_back(self, side):
        """Return what returned own purchases take out of the leg that their excess went to."""
        data, total = self.run.inputs, 0
        for place in self.run.fed.get(self.position, ()):
            if data.fed_bonus[place] != self.rule.index:
                continue
            fed = (data.fed_left_e4, data.fed_right_e4)[side][place]
            of, before = data.fed_cv_e4[place], data.fed_back_e4[place]
            now = before - sum(
                data.row_cv_e4[row]
                for row in self.run.returned.of(data.fed_member[place])
                if data.row_as_of[row] == data.fed_as_of[place]
                and (data.fed_packages[place] or data.row_package[row] < 0)
            )
            since, until = (min(max(part, 0), of) for part in (before, now))
            total += rounded(Fraction(fed * until, of)) - rounded(Fraction(fed * since, of))
        return total

    @cached_property
    def total(self):
        """Carried in, new and excess, cut to ``leg_cap``."""
        legs = list(self.brought)
        if self.position == self.rule.positions(self.owner)[0]:
            legs[0 if legs[0] <= legs[1] else 1] += self._excess()
        cap = points(self.rule.param("leg_cap", 0))
        return [min(leg, cap) if cap and leg > 0 else leg for leg in legs]

    def _excess(self):
        """Return the CV of the owner's purchases above the threshold of own PV."""
        data, rule = self.run.inputs, self.rule
        mine = self.run.people.credited.get(self.owner, ())
        prior = data.window_pv_e4[self.owner]
        if not rule.param("own_excess_packages", False):
            mine = [row for row in mine if data.row_package[row] < 0]
            if data.window_package_pv_e4:
                prior -= data.window_package_pv_e4[self.owner]
        rows = [row for row in mine if not data.row_reversal[row]]
        if data.row_as_of:  # what is returned now is no longer bought
            prior += sum(data.row_pv_e4[row] for row in mine if data.row_reversal[row])
        pv = sum(data.row_pv_e4[row] for row in rows)
        cv = sum(data.row_cv_e4[row] for row in rows)
        threshold = points(rule.param("own_excess_above_pv", 0))
        above = max(0, prior + pv - threshold) if threshold else 0
        excess = min(max(pv, 0), above)
        return rounded(Fraction(excess * cv, pv)) if excess else 0

    def active(self, side):
        """Return how many positions of active people whom the owner sponsored stand on a
        side, at any depth."""
        network, count = self.run.network, 0
        for person in network.sponsored.get(self.owner, ()):
            if self.run.people.active(person):
                for place in network.positions_of(person, self.rule.tree):
                    top = network.leg_towards(place, self.position)
                    count += top >= 0 and top == self.child[side]
        return count

    # -- matching

    @property
    def lesser(self):
        return min(self.total)

    @property
    def greater(self):
        return max(self.total)

    def _taken(self, cycles):
        """Return what so many cycles take of (left, right): of the splits into both ways the
        one that leaves the legs nearest each other, among equals the one with more a:b."""
        a = points(self.rule.param("cycle_left", 0))
        b = points(self.rule.param("cycle_right", 0))
        straight = [cycles]
        if self.rule.param("best_of", False) and a != b:
            even = (cycles + Fraction(self.total[0] - self.total[1], a - b)) / 2
            straight = {min(max(floor(even) + more, 0), cycles) for more in (0, 1)}
        found = [(x * a + (cycles - x) * b, (cycles - x) * a + x * b, x) for x in straight]
        left, right, _ = min(
            found,
            key=lambda out: (abs(self.total[0] - out[0] - self.total[1] + out[1]), -out[2]),
        )
        return left, right

    @cached_property
    def _cycles(self):
        """Return how many cycles both legs hold."""
        return _most(
            lambda cycles: all(
                out <= leg for out, leg in zip(self._taken(cycles), self.total, strict=True)
            )
        )

    @cached_property
    def _paid_cycles(self):
        most = points(self.rule.param("max_matched", 0))
        if not most:
            return self._cycles
        return min(self._cycles, _most(lambda cycles: min(self._taken(cycles)) <= most))

    @cached_property
    def matched(self):
        param = self.rule.param
        if param("mode", "percentage") == "cycle":
            return min(self._taken(self._cycles))
        if self.lesser < points(param("min_cv", 100)):
            return 0
        step = points(param("step_cv", 100))
        return max(0, self.lesser) // step * step

    @property
    def paid_cv(self):
        if self.rule.param("mode", "percentage") == "cycle":
            return min(self._taken(self._paid_cycles))
        most = points(self.rule.param("max_matched", 0))
        return min(self.matched, most) if most else self.matched

    @property
    def base(self):
        """What the percentage is paid on, or the amount of the cycles."""
        if self.rule.param("mode", "percentage") == "cycle":
            return self._paid_cycles * points(self.rule.param("cycle_amount", 0))
        return self.paid_cv * (2 if self.rule.param("pays_on", "lesser") == "both" else 1)

    @property
    def after_pay(self):
        """Points of both legs after what matched was taken."""
        way = self.rule.param("after_pay", "net_off")
        if way == "flush":
            return [0, 0]
        if way == "carry_strong":
            return [leg - self.lesser for leg in self.total]
        kept = self.rule.param("over_cap", "consumed") == "kept"
        if self.rule.param("mode", "percentage") == "cycle":
            taken = self._taken(self._paid_cycles if kept else self._cycles)
        else:
            taken = [self.paid_cv if kept else self.matched] * 2
        return [leg - out for leg, out in zip(self.total, taken, strict=True)]


def _most(holds):
    """Return the greatest number that still holds, as all smaller ones do."""
    step = 1
    while holds(step):
        step *= 2
    found = 0
    while step:
        found, step = (found + step if holds(found + step) else found), step // 2
    return found
