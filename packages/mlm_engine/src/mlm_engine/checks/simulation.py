# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a plan pays in random networks: seeded, so that the same plan says the same.

Each network has people with sponsors and places, sales of the catalog's products with a
few large buyers among many small ones, packages and customers. One period of each kind
is played twice: the second time with the ranks of the first, as it would go on.
"""

import random
from dataclasses import dataclass

import numpy as np

from .. import rules
from ..kernel import run
from ..kernel.exact import E4, E6
from ..kernel.periods import bounds, number_of
from ..kernel.snapshot import KIND_CUSTOMER, KIND_DISTRIBUTOR, KIND_PREFERRED, Snapshot
from ..kernel.text import Number, _

PEOPLE, SEEDS = 300, (1, 2, 3)
_EPOCH = 719163
_DAY = 86400
#: how much one sale is, in products; a few are large
_UNITS = (1, 1, 1, 1, 2, 2, 3, 5, 10, 40)
_PLAIN = ((50, 45), (100, 90), (250, 225), (500, 450))


@dataclass(frozen=True)
class Ratios:
    """Parts of CV paid in each network: by bonus, and of all bonuses paid from volume.

    ``by_bonus`` maps an index to a list of floats, one per network; ``whole`` is such a
    list; ``sales`` counts the sales of all networks. For people, never for money.
    """

    by_bonus: dict
    whole: list
    sales: int

    def shown(self, index):
        """Return ``12.3 %`` or ``12.3 % to 15.0 %``; ``index`` ``None``: the whole plan."""
        values = self.whole if index is None else self.by_bonus[index]
        low, high = (Number(f"{100 * one:.1f}") for one in (min(values), max(values)))
        if low == high:
            return _("{low} %", low=low)
        return _("{low} % to {high} %", low=low, high=high)

    def described(self):
        """Say what was simulated."""
        return _(
            "{networks} random networks with {people} people and {sales} sales in total",
            networks=len(SEEDS),
            people=PEOPLE,
            sales=Number(self.sales),
        )


def ratios(plan):
    """Return the ``Ratios`` of a plan without contradictions."""
    by_bonus = {index: [] for index in range(len(plan["bonuses"]))}
    whole, sales = [], 0
    for seed in SEEDS:
        paid, volume, count = _network(plan, seed)
        sales += count
        for index, part in by_bonus.items():
            part.append(paid.get(index, 0) / volume)
        whole.append(
            sum(
                amount
                for index, amount in paid.items()
                if rules.get(plan["bonuses"][index]["rule"]).from_volume
            )
            / volume
        )
    return Ratios(by_bonus, whole, sales)


def _network(plan, seed):
    """Return ``({bonus: paid}, volume, sales)`` of one network, in its currency."""
    paid, earned, ranks = {}, None, None
    made = _Network(plan, random.Random(seed))
    for kind in _kinds(plan):
        for day in _days(plan, kind):
            # With the ranks that people would have from the period before.
            first = made.snapshot(kind, day, ranks, earned)
            ranks = run.compute(first) if plan["ranks"] and ranks is None else ranks
            found = run.compute(made.snapshot(kind, day, ranks, earned))
            rows = found.earnings
            for index in np.unique(rows.bonus).tolist():
                if plan["bonuses"][index]["period"] == kind:
                    amount = int(rows.amount_e4[rows.bonus == index].sum())
                    paid[index] = max(paid.get(index, 0), amount)
            earned = rows if earned is None else earned
    volume = sum(made.cv_e4) * made.fx_e6 // E6
    return paid, max(volume, 1), len(made.cv_e4)


def _kinds(plan):
    """Kinds of period in use, those of shorter periods first."""
    used = {bonus["period"] for bonus in plan["bonuses"]}
    order = {"days": 0, "weeks_of_month": 1, "month": 1}
    found = [code for code in plan["periods"] if code in used]
    return sorted(
        found,
        key=lambda code: (
            order[plan["periods"][code]["kind"]],
            plan["periods"][code].get("days", 0),
        ),
    )


def _days(plan, kind):
    """Days whose periods are played: one after the start, and what bonuses name."""
    first = (plan["valid_from"] or plan["periods"][kind]["anchor_start"]) + 60
    days = {first}
    for bonus in plan["bonuses"]:
        if bonus["period"] == kind:
            rule, params = rules.of(bonus)
            race = rule.race(params)
            ends = (race.end if race else None, bonus["common"]["end"])
            days |= {day for day in ends if day is not None}
            start = bonus["common"]["start"]
            if start is not None and start > first:
                days.add(start + 31)
    return sorted(days)


class _Network:
    """People, places and sales that every period of one network shares."""

    def __init__(self, plan, rng):
        self.plan, self.fx_e6 = plan, E6
        self.kind = [
            KIND_DISTRIBUTOR if not place else _kind(rng.random()) for place in range(PEOPLE)
        ]
        self.sponsor = [-1]
        above = [0]
        for place in range(1, PEOPLE):
            self.sponsor.append(above[int(len(above) * rng.random() ** 1.5)])
            if self.kind[place] == KIND_DISTRIBUTOR:
                above.append(place)
        self.joined = [rng.randrange(1, 200) for _one in range(PEOPLE)]
        self.moment = []
        self._sell(rng)
        self._place(rng)

    def snapshot(self, kind_code, day, ranks, earned):
        """Return the inputs of one period of a kind."""
        plan = self.plan
        kind = plan["periods"][kind_code]
        number = number_of(kind, day)
        start, end, _pay = bounds(kind, number)
        begin, moment = (start - _EPOCH) * _DAY, (end + 1 - _EPOCH) * _DAY
        currencies = {bonus["common"]["currency"] for bonus in plan["bonuses"]} - {None}
        data = Snapshot(plan, kind_code, number, start, end, moment, self.fx_e6)
        data.rates = dict.fromkeys(currencies, self.fx_e6)
        data.member_id = _ints(range(1, PEOPLE + 1))
        data.member_kind, data.sponsor = _ints(self.kind), _ints(self.sponsor)
        data.member_state = data.member_title = data.window_pv_e4 = _ints([0] * PEOPLE)
        data.member_joined = _ints(end - days for days in self.joined)
        if ranks is not None:
            data.member_title, data.member_paid = ranks.title, ranks.rank
            data.member_misses = _ints([0] * PEOPLE)
        data.position_id = _ints(range(1, len(self.owner) + 1))
        data.position_member, data.position_parent = _ints(self.owner), _ints(self.parent)
        data.position_leg, data.position_tree = _ints(self.leg), _ints(self.tree)
        count = len(self.buyer)
        data.row_id = _ints(range(1, count + 1))
        data.row_buyer, data.row_member = _ints(self.buyer), _ints(self.credited)
        first = {owner: place for place, owner in reversed(list(enumerate(self.owner)))}
        data.row_position = _ints(first.get(one, -1) for one in self.credited)
        data.row_moment = begin + np.arange(count) * max((moment - begin) // count, 1)
        data.row_pv_e4, data.row_cv_e4 = _ints(self.pv_e4), _ints(self.cv_e4)
        data.row_product, data.row_package = _ints(self.product), _ints(self.package)
        data.row_package_from = _ints([-1] * count)
        data.row_package_qty = _ints(one >= 0 for one in self.package)
        data.row_retail_e4 = data.row_reversal = _ints([0] * count)
        if earned is not None:
            mine = earned.payee >= 0
            data.earned_member, data.earned_bonus = earned.payee[mine], earned.bonus[mine]
            data.earned_amount_e4 = earned.amount_e4[mine]
        return data

    def _sell(self, rng):
        self.buyer, self.credited, self.product, self.package = [], [], [], []
        self.pv_e4, self.cv_e4 = [], []
        catalog = [
            (index, item)
            for index, item in enumerate(self.plan["catalog"])
            if item["cv_e4"] > 0 and item["package_from"] < 0
        ]
        for place in range(PEOPLE):
            for _sale in range(rng.choice((0, 1, 1, 2, 3))):
                units = rng.choice(_UNITS)
                if catalog:
                    index, item = rng.choice(catalog)
                    pv, cv, package = item["pv_e4"], item["cv_e4"], item["package"]
                    units = 1 if package >= 0 else units
                else:
                    (pv, cv), index, package = rng.choice(_PLAIN), -1, -1
                    pv, cv = pv * E4, cv * E4
                own = self.kind[place] != KIND_CUSTOMER
                self.buyer.append(place)
                self.credited.append(place if own else self.sponsor[place])
                self.product.append(index)
                self.package.append(package if own else -1)
                self.pv_e4.append(pv * units)
                self.cv_e4.append(cv * units)

    def _place(self, rng):
        self.owner, self.parent, self.leg, self.tree = [], [], [], []
        for tree, item in enumerate(self.plan["trees"]):
            width = {"binary": 2, "matrix": item["width"] or 3}.get(item["kind"], 5)
            spots = []
            for place in range(PEOPLE):
                if self.kind[place] == KIND_CUSTOMER:
                    continue
                # Mostly filled from above, as a company grows.
                parent, leg = spots.pop(int(len(spots) * rng.random() ** 2)) if spots else (-1, -1)
                spots += [(len(self.owner), number) for number in range(width)]
                self.owner.append(place)
                self.parent.append(parent)
                self.leg.append(leg)
                self.tree.append(tree)


def _kind(roll):
    if roll < 0.8:
        return KIND_DISTRIBUTOR
    return KIND_PREFERRED if roll < 0.88 else KIND_CUSTOMER


def _ints(values):
    return np.array([int(value) for value in values], dtype=np.int64)
