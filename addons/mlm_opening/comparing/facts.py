# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a run of ours says about a person, ready to be asked."""

from collections import defaultdict
from fractions import Fraction
from math import floor

import numpy as np
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.exact import E6, INT64_MAX, mul_div

from odoo.addons.mlm_base.importing.headings import plain


class Facts:
    """Snapshot and result of a run, by the codes of people and bonuses.

    :param list codes: code of each member of the snapshot, in its order
    """

    def __init__(self, snapshot, result, codes):
        self.snapshot, self.result, self.codes = snapshot, result, codes
        self.plan = snapshot.plan
        self.member_of = {code: index for index, code in enumerate(codes)}
        self.bonuses = {
            plain(bonus["code"]): index for index, bonus in enumerate(self.plan["bonuses"])
        }
        for index, bonus in enumerate(self.plan["bonuses"]):
            for name in bonus["name"].values():
                self.bonuses.setdefault(plain(name), index)
        #: companies of a network of several, else none
        self._homes = getattr(snapshot, "homes", ())
        self._rows = self._group_rows()
        self._measures = self._group_measures()
        self._rates = {}

    def _home(self, member):
        if not self._homes or member is None:
            return {}
        return self._homes[int(self.snapshot.member_home[member])]

    def unit_e4(self, member):
        """Return the unit to which money of a person is rounded."""
        return self._home(member).get("unit_e4", self.plan["rounding"]["unit_e4"])

    def turned(self, code, amount_e4):
        """Return an amount of a person in the run's currency, half up."""
        home = self._home(self.member_of.get(code))
        if not home or home["currency"] == self.plan["company_currency"]:
            return amount_e4
        amount = np.array([amount_e4], dtype=np.int64)
        return int(mul_div(amount, self.snapshot.fx_e6, home["fx_e6"])[0])

    def worth(self, row, rate_e6=None):
        """Return ``(numerator, denominator)`` of what a row is worth, at its own rate or
        another one, before rounding: ten-thousandths of the person's currency."""
        table = self.result.earnings
        rate = int(table.rate_e6[row]) if rate_e6 is None else rate_e6
        per = int(table.per_e6[row]) if hasattr(table, "per_e6") else 0
        return int(table.base_e4[row]) * rate * int(table.fx_e6[row]), E6 * (per or E6)

    def bonus_code(self, index):
        return self.plan["bonuses"][index]["code"]

    def _group_rows(self):
        """Row numbers of the earnings by (member, bonus)."""
        found = defaultdict(list)
        table = self.result.earnings
        pairs = zip(table.payee.tolist(), table.bonus.tolist(), strict=True)
        for row, (member, bonus) in enumerate(pairs):
            if member >= 0:
                found[member, bonus].append(row)
        return found

    def _group_measures(self):
        table = self.result.measures
        wanted = (
            Measure.OWN_PV,
            Measure.ACTIVE,
            Measure.LEFT_IN,
            Measure.RIGHT_IN,
            Measure.LEFT_NEW,
            Measure.RIGHT_NEW,
            Measure.RATE,
        )
        found = defaultdict(int)
        for at in np.flatnonzero(np.isin(table.measure, [int(one) for one in wanted])):
            key = (int(table.member[at]), int(table.measure[at]))
            if key[1] == Measure.RATE:
                found[key] = max(found[key], int(table.value[at]))
            else:
                found[key] += int(table.value[at])
        return found

    def measure(self, member, measure):
        return self._measures.get((member, int(measure)), 0)

    def rows(self, member, bonus=None):
        """Return the earning rows of a person, of one bonus or (None) of all."""
        if bonus is not None:
            return self._rows.get((member, bonus), [])
        return [
            row
            for index in range(len(self.plan["bonuses"]))
            for row in self._rows.get((member, index), [])
        ]

    def paid(self):
        """Return ``{(member, bonus): ten-thousandths}`` of everything paid."""
        amounts = self.result.earnings.amount_e4
        return {
            key: int(amounts[rows].sum()) for key, rows in self._rows.items() if amounts[rows].any()
        }

    def rank_names(self, member):
        """Return how the paid-as rank may be called, as compared; the code is the first."""
        ranks = self.plan["ranks"]
        if not ranks:
            return [""]
        rank = ranks[int(self.result.rank[member])]
        return [rank["code"], *rank["name"].values()]

    def sponsor(self, member):
        at = int(self.snapshot.sponsor[member])
        return self.codes[at] if at >= 0 else ""

    def uplines(self, code):
        """Yield the codes of a person and everybody above, nearest first."""
        member = self.member_of.get(code, -1)
        while member >= 0:
            yield self.codes[member]
            member = int(self.snapshot.sponsor[member])

    def above(self, member):
        """Return the codes of those under whose positions this person stands."""
        snapshot = self.snapshot
        found = set()
        for position in np.flatnonzero(snapshot.position_member == member):
            parent = int(snapshot.position_parent[position])
            owner = int(snapshot.position_member[parent]) if parent >= 0 else -1
            found.add(self.codes[owner] if owner >= 0 else "")
        return found

    def rates(self, bonus):
        """Return the rates (millionths) that the plan knows for a bonus."""
        if bonus not in self._rates:
            found = set()
            for section in ("packages", "ranks", "promotions"):
                _collect_rates(self.plan[section], found)
            _collect_rates(self.plan["bonuses"][bonus]["params"], found)
            self._rates[bonus] = sorted(found - {0})
        return self._rates[bonus]

    def at_rate(self, rows, rate_e6):
        """Return what these rows would pay at another rate, ten-thousandths, unrounded."""
        return _whole(self.worth(row, rate_e6) for row in rows)

    def exact(self, rows):
        """Return the sum of these rows before rounding, of those that were paid."""
        table = self.result.earnings
        return _whole(self.worth(row) for row in rows if table.amount_e4[row])


def _whole(worths):
    """Return the whole part of a sum of ``(numerator, denominator)``."""
    sums = defaultdict(int)
    for numerator, denominator in worths:
        sums[denominator] += numerator
    return floor(sum(Fraction(total, denominator) for denominator, total in sums.items()))


def _collect_rates(value, found, name=""):
    if isinstance(value, dict):
        for key, item in value.items():
            _collect_rates(item, found, key)
    elif isinstance(value, list | tuple):
        for item in value:
            _collect_rates(item, found, name)
    elif isinstance(value, int) and name.endswith("_e6") and 0 < value < INT64_MAX:
        found.add(value)
    elif hasattr(value, "__dataclass_fields__"):
        _collect_rates(vars(value), found, name)
