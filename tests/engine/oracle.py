# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The whole plan once more, person by person, in fractions: slow and plain.

Written from the rules, not from the engine: loops, dicts and ``Fraction``. The
engine must agree to the last unit.
"""

from datetime import date, timedelta
from fractions import Fraction

KINDS = {0: "distributor", 1: "preferred", 2: "customer"}
DISTRIBUTOR, ACTIVE, SUSPENDED, TERMINATED = 0, 0, 1, 2


def round_half_up(value, unit):
    """Round a Fraction to units, halves away from zero."""
    count = abs(value) / unit
    whole = int(count)
    if count - whole >= Fraction(1, 2):
        whole += 1
    return (whole if value >= 0 else -whole) * unit


class Oracle:
    """Recalculates a snapshot; results as plain dicts of integers (e4)."""

    def __init__(self, data):
        self.data, self.plan = data, data.plan
        self.lists = {name: array.tolist() for name, array in data.arrays()}
        self.members = range(len(self.lists["member_id"]))
        self.rows = range(len(self.lists["row_id"]))
        self.positions = range(len(self.lists["position_id"]))
        self.fx = Fraction(data.fx_e6, 10**6)
        self.earnings, self.carry, self.rank = {}, {}, {}
        self._people()
        self._binary(1, self.plan["bonuses"][1]["params"])
        self._gen5(2, self.plan["bonuses"][2]["params"])
        self._retail(0)

    def get(self, name, index):
        return self.lists[name][index]

    def _people(self):
        self.pv, self.active, self.earns = {}, {}, {}
        for member in self.members:
            now = sum(self.get("row_pv_e4", r) for r in self._credited(member))
            self.pv[member] = now + self.get("window_pv_e4", member)
            kind, state = self.get("member_kind", member), self.get("member_state", member)
            enough = self.pv[member] >= 50 * 10**4
            self.active[member] = enough and kind in (0, 1) and state != TERMINATED
            self.earns[member] = self.active[member] and kind == DISTRIBUTOR and state == ACTIVE

    def _credited(self, member):
        return [r for r in self.rows if self.get("row_member", r) == member]

    # -- packages

    def _day(self, moment):
        return date(1970, 1, 1) + timedelta(days=(moment - 5 * 3600) // 86400)

    def _purchases(self, member):
        """Return ``(moment, package)`` of a person, in order of time."""
        found = [
            (self.get("held_moment", h), 0, h, self.get("held_package", h))
            for h in range(len(self.lists["held_member"]))
            if self.get("held_member", h) == member
        ]
        found += [
            (self.get("row_moment", r), 1, r, self.get("row_package", r))
            for r in self.rows
            if self.get("row_buyer", r) == member
            and self.get("row_package", r) >= 0
            and not self.get("row_reversal", r)
        ]
        return [(item[0], item[3]) for item in sorted(found)]

    def _package_rate(self, member):
        best, seen = 0, set()
        last_day = date.fromordinal(self.data.period_end)
        for moment, package in self._purchases(member):
            item = self.plan["packages"][package]
            rate = item["rate_e6"]
            if package in seen and item["repeat_rate_e6"] is not None:
                rate = item["repeat_rate_e6"]
            seen.add(package)
            if item["months"] is None or last_day <= add_months(self._day(moment), item["months"]):
                best = max(best, rate)
        return best

    def _promotion_rate(self, member):
        best = 0
        for index, item in enumerate(self.plan["promotions"]):
            if not item["from"] <= self.data.period_end <= item["to"]:
                continue
            listed = [
                self.get("promotion_member", place)
                for place, found in enumerate(self.lists["promotion_index"])
                if found == index
            ]
            if item["members"] is None or member in listed:
                best = max(best, item["rate_e6"])
        return best

    # -- binary

    def _below(self, position):
        """Return all positions of a subtree, its top included."""
        if position is None:
            return []
        found = [position]
        for node in found:
            found += [p for p in self.positions if self.get("position_parent", p) == node]
        return found

    def _child(self, position, leg):
        for place in self.positions:
            parent, side = self.get("position_parent", place), self.get("position_leg", place)
            if parent == position and side == leg:
                return place
        return None

    def _binary(self, bonus, params):
        matched = {}
        state = {}
        for position in self.positions:
            owner = self.get("position_member", position)
            if owner < 0:
                continue
            legs, sides = [], []
            for leg in (0, 1):
                below = self._below(self._child(position, leg))
                new = sum(
                    self.get("row_cv_e4", r)
                    for r in self.rows
                    if self.get("row_position", r) in below
                )
                legs.append(self._carried(position, 20 + leg) + new)
                owners = [self.get("position_member", p) for p in below]
                sides.append(
                    any(
                        o >= 0 and self.active[o] and self.get("sponsor", o) == owner
                        for o in owners
                    )
                )
            if position == self.lists["position_member"].index(owner):
                lesser = 0 if legs[0] <= legs[1] else 1
                legs[lesser] += self._excess(owner, params)
            lesser = min(legs)
            steps = lesser // params["step_cv_e4"] if lesser >= params["min_cv_e4"] else 0
            good = (
                self.active[owner] and self.get("member_kind", owner) == DISTRIBUTOR and all(sides)
            )
            matched[position] = steps * params["step_cv_e4"] if good and steps > 0 else 0
            state[position] = legs, all(sides)
        for member in self.members:
            mine = [p for p in matched if self.get("position_member", p) == member]
            total = sum(matched[p] for p in mine)
            offered = self._rank(total)
            self.rank[member] = self._rank(total if self.earns[member] else 0)
            rate = max(
                self._package_rate(member),
                self.plan["ranks"][offered]["rate_e6"],
                self._promotion_rate(member),
            )
            for position in mine:
                self._pay_legs(bonus, params, member, position, matched[position], rate)
                self._hand_on(params, member, position, matched[position], *state[position])

    def _pay_legs(self, bonus, params, member, position, base, rate):
        if base:
            worth = self._money(Fraction(base) * Fraction(rate, 10**6) * self.fx)
            paid = worth if self.earns[member] else 0
            self.earnings[member, bonus, -1, 0, position] = (paid, worth - paid)

    def _hand_on(self, params, member, position, base, legs, qualified):
        gone = self.get("member_state", member) == TERMINATED
        if not self.active[member] and params["inactive"] == "expire":
            gone = True
        distributor = self.get("member_kind", member) == DISTRIBUTOR
        if self.active[member] and distributor and not qualified:
            gone = gone or params["unqualified"] == "flush"
        for leg in (0, 1):
            left = legs[leg] - base
            if left and not gone:
                self.carry[position, 20 + leg] = left

    def _carried(self, position, measure):
        return sum(
            self.get("carry_value", c)
            for c in range(len(self.lists["carry_value"]))
            if self.get("carry_position", c) == position and self.get("carry_measure", c) == measure
        )

    def _excess(self, member, params):
        prior = self.get("window_pv_e4", member)
        rows = [r for r in self._credited(member) if not self.get("row_reversal", r)]
        if not params["own_excess_packages"]:
            rows = [r for r in rows if self.get("row_package", r) < 0]
            prior -= self.get("window_package_pv_e4", member)
        pv = sum(self.get("row_pv_e4", r) for r in rows)
        cv = sum(self.get("row_cv_e4", r) for r in rows)
        excess = min(pv, max(0, prior + pv - params["own_excess_above_pv_e4"]))
        return round_half_up(Fraction(excess * cv, pv), 1) if pv else 0

    def _rank(self, paid):
        reached = [i for i, rank in enumerate(self.plan["ranks"]) if paid >= rank["min_e4"]]
        return max(reached)

    # -- package bonus and retail

    def _gen5(self, bonus, params):
        for row in self.rows:
            package = self.get("row_package", row)
            if package < 0 or self.get("row_reversal", row):
                continue
            moment, buyer = self.get("row_moment", row), self.get("row_buyer", row)
            credited = self.get("row_member", row)
            upline = self._sponsor(buyer, moment) if credited == buyer else credited
            below, quantity = self.get("row_package_from", row), self.get("row_package_qty", row)
            for level in range(1, 6):
                column = [amounts[level - 1] for amounts in params["amounts_e4"]]
                old = column[below] if below >= 0 else 0
                offered = (column[package] - old) * quantity
                if offered > 0:
                    worth = self._money(Fraction(offered) * self.fx)
                    base = Fraction(0)
                    if upline >= 0:
                        own = self._own_column(upline, moment, column)
                        base = Fraction((min(own, column[package]) - min(own, old)) * quantity)
                        if level == 5:
                            base *= self._tier(upline)
                    paid = self._money(base * self.fx) if self._may(upline, params) else 0
                    self.earnings[upline, bonus, row, level, -1] = (paid, worth - paid)
                upline = self._sponsor(upline, moment)

    def _may(self, member, params):
        if member < 0:
            return False
        if params["active_only"]:
            return self.earns[member]
        kind, state = self.get("member_kind", member), self.get("member_state", member)
        return kind == DISTRIBUTOR and state == ACTIVE

    def _own_column(self, member, moment, column):
        held = [package for at, package in self._purchases(member) if at <= moment]
        return column[max(held)] if held else 0

    def _tier(self, member):
        pv = self.pv[member]
        return Fraction(1) if pv >= 100 * 10**4 else Fraction(pv >= 50 * 10**4, 2)

    def _sponsor(self, member, moment):
        if member < 0:
            return -1
        later = [
            (self.get("link_moment", k), k)
            for k in range(len(self.lists["link_member"]))
            if self.get("link_member", k) == member and self.get("link_moment", k) > moment
        ]
        return self.get("link_sponsor", min(later)[1]) if later else self.get("sponsor", member)

    def _retail(self, bonus):
        for row in self.rows:
            profit = self.get("row_retail_e4", row)
            if profit <= 0 or self.get("row_reversal", row):
                continue
            payee, buyer = self.get("row_member", row), self.get("row_buyer", row)
            worth = self._money(Fraction(profit))
            paid = worth if payee != buyer and self._may(payee, {"active_only": False}) else 0
            self.earnings[payee, bonus, row, 0, -1] = (paid, worth - paid)

    def _money(self, value_e4):
        return round_half_up(Fraction(value_e4), self.plan["rounding"]["unit_e4"])


def add_months(day, months):
    """Return the day of the same number, or the last one of a shorter month."""
    month = day.month - 1 + months
    year, month = day.year + month // 12, month % 12 + 1
    for number in (day.day, 30, 29, 28):
        try:
            return date(year, month, min(number, day.day))
        except ValueError:
            continue
    raise AssertionError("no such month")
