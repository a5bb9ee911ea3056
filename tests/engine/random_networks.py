# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Random small networks for any plan, with everything that a snapshot can hold."""

import numpy as np
from mlm_engine.kernel import ordering
from mlm_engine.kernel.codes import Measure
from mlm_engine.kernel.periods import bounds
from mlm_engine.kernel.snapshot import Snapshot, columns_of

OFFSET = 5 * 3600  # Bogota is five hours behind
EPOCH = 719163
DAY = 86400
PV = (0, 10.4, 45, 100, 250.5, 1400)


def ints(values):
    return np.array([int(value) for value in values], dtype=np.int64)


def draw(rng, plan, lively=False):
    """Return a random ``Snapshot`` of a canonical plan; ``rng``: ``random.Random``.

    ``lively``: many people, nearly all of whom earn.
    """
    kind = (
        plan["bonuses"][0]["period"] if rng.random() < 0.85 else rng.choice(list(plan["periods"]))
    )
    number = 924 if kind == "week" else 8
    start, end, _ = bounds(plan["periods"][kind], number)
    moment = (end + 1 - EPOCH) * DAY + OFFSET
    data = Snapshot(
        plan, kind, number, start, end, moment, rng.choice((4500, 4123.456789, 1)) * 1e6
    )
    data.fx_e6 = int(data.fx_e6)
    if plan["company_currency"] == plan["base_currency"]:
        data.fx_e6 = 10**6
    data.rates = {"EUR": 4_800_123_456}
    count = rng.choice((9, 14, 20) if lively else (1, 3, 6, 9, 14))
    begin = (start - EPOCH) * DAY + OFFSET
    _members(data, rng, count)
    if lively:
        data.member_kind = ints(rng.random() < 0.05 for _ in range(count))
        data.member_state = ints(rng.random() < 0.05 for _ in range(count))
        data.window_pv_e4 = data.window_pv_e4 + 60 * 10**4
    _positions(data, rng, count)
    _rows(data, rng, count, begin, lively)
    _packages(data, rng, count, begin)
    _changes(data, rng, count, begin)
    if rng.random() < 0.7:
        _moves(data, rng, count, begin)
    _history(data, rng, count)
    return ordering.canonical(data)


def _members(data, rng, count):
    ranks = max(1, len(data.plan["ranks"]))
    data.member_id = ints(range(101, 101 + count))
    data.member_kind = ints(rng.choice((0, 0, 0, 0, 0, 1, 2)) for _ in range(count))
    data.member_state = ints(rng.choice((0, 0, 0, 0, 0, 0, 1, 2)) for _ in range(count))
    data.member_joined = ints(
        data.period_end - rng.choice((0, 3, 6, 20, 29, 59, 60, 400)) for _ in range(count)
    )
    data.member_title = ints(rng.randrange(ranks) for _ in range(count))
    if rng.random() < 0.7:
        data.member_paid = ints(rng.randrange(ranks) for _ in range(count))
        data.member_misses = ints(rng.choice((0, 0, 1, 2)) for _ in range(count))
    data.sponsor = ints([-1] + [_above(rng, place) for place in range(1, count)])
    package_pv = [rng.choice((0, 0, 100)) for _ in range(count)]
    if rng.random() < 0.8:
        data.window_package_pv_e4 = ints(pv * 10**4 for pv in package_pv)
    data.window_pv_e4 = ints((pv + rng.choice((0, 30, 60, 130))) * 10**4 for pv in package_pv)


def _above(rng, place):
    """Return who is above: wide and deep networks, sometimes another root."""
    if rng.random() < 0.05:
        return -1
    return place - 1 if rng.random() < 0.4 else rng.randrange(place)


def _positions(data, rng, count):
    rows = []
    for tree, item in enumerate(data.plan["trees"]):
        width = 2 if item["kind"] == "binary" else item["width"]
        spots = []
        for member in range(count):
            for _ in range(rng.choice((0, 1, 1, 1, 1, 1, 2))):
                owner = -1 if rng.random() < 0.07 else member
                spot = spots.pop(rng.randrange(len(spots))) if spots else (-1, -1)
                spots += [(len(rows), leg) for leg in range(width)]
                rows.append((501 + len(rows), owner, *spot, tree))
    _fill(data, columns_of("position"), rows)
    if rng.random() < 0.2:
        keep = data.position_tree == 0
        for name in columns_of("position"):
            setattr(data, name, getattr(data, name)[keep])
        data.position_tree = ints([])


def _rows(data, rng, count, begin, lively=False):
    rows, packages = [], len(data.plan["packages"])
    returned = rng.choice((0.1, 0.1, 0.1, 0.6, 1))  # also periods of more returns than sales
    if lively:
        returned = 0.05
    for place in range(rng.randint(20, 40) if lively else rng.randint(0, 25)):
        member = rng.randrange(count) if rng.random() < 0.95 else -1
        buyer = member if rng.random() < 0.75 and member >= 0 else rng.randrange(count)
        mine = np.flatnonzero(data.position_member == member) if member >= 0 else ints([])
        position = rng.choice(mine.tolist()) if mine.size and rng.random() < 0.85 else -1
        if data.position_id.size and rng.random() < 0.1:  # somebody else holds it now
            position = rng.randrange(data.position_id.size)
        package = rng.randrange(packages) if packages and rng.random() < 0.3 else -1
        below = rng.randrange(package) if package > 0 and rng.random() < 0.4 else -1
        sign = -1 if rng.random() < returned else 1
        pv = rng.choice(PV)
        rows.append(
            {
                "row_id": 900 + place,
                "row_member": member,
                "row_buyer": buyer,
                "row_position": position,
                "row_moment": rng.randrange(begin, data.period_end_moment),
                "row_pv_e4": sign * round(pv * 10**4),
                "row_cv_e4": sign * round(rng.choice((0, pv, pv * 0.93)) * 10**4),
                "row_package": package,
                "row_package_from": below,
                "row_package_qty": rng.randint(1, 3) if package >= 0 else 0,
                "row_retail_e4": sign * rng.choice((0, 0, 291_000_000, 3333)),
                "row_reversal": sign < 0,
                "row_product": rng.randrange(-1, len(data.plan["catalog"])),
                "row_as_of": -1
                if sign > 0
                else begin - rng.choice((-DAY, 1, 7 * DAY + 1, 90 * DAY)),
            }
        )
    for name in columns_of("row"):
        setattr(data, name, ints(row[name] for row in rows if name in row))
    if rng.random() < 0.2:
        data.row_as_of = ints([])


def _packages(data, rng, count, begin):
    packages = len(data.plan["packages"])
    held = sorted(
        (begin - rng.randrange(1, 300 * DAY), rng.randrange(count), rng.randrange(packages))
        for _ in range(rng.randint(0, 8) if packages else 0)
    )
    rows = [(member, package, -1, moment) for moment, member, package in held]
    _fill(data, columns_of("held"), rows)
    listed = [index for index, item in enumerate(data.plan["promotions"]) if item["members"] == []]
    rows = [(member, index) for index in listed for member in range(count) if rng.random() < 0.3]
    _fill(data, columns_of("promotion"), rows)


def _changes(data, rng, count, begin):
    rows = sorted(
        (rng.randrange(begin, data.period_end_moment), member, rng.randrange(member))
        for member in range(1, count)
        for _ in range(rng.choice((0, 0, 0, 1, 2)))
    )
    _fill(data, columns_of("link"), [(member, sponsor, at) for at, member, sponsor in rows])


def _moves(data, rng, count, begin):
    """Sponsors and positions that were others when sales were made that come back now, and
    what the excess of own purchases put into legs then."""
    rows = sorted(
        (member, begin - rng.randrange(-DAY, 30 * DAY), rng.randrange(-1, member))
        for member in range(1, count)
        for _ in range(rng.choice((0, 0, 1, 2)))
    )
    _fill(data, columns_of("former"), [(member, above, until) for member, until, above in rows])
    trees = data.position_tree.tolist() or [0] * data.position_id.size
    rows = []
    for place, tree in enumerate(trees):
        for until in sorted(
            begin - rng.randrange(-DAY, 30 * DAY) for _ in range(rng.choice((0, 0, 1, 2)))
        ):
            above = [one for one in range(place) if trees[one] == tree]
            parent = rng.choice(above) if above and rng.random() < 0.9 else -1
            leg = rng.choice((0, 1)) if parent >= 0 else rng.choice((-1, -2))
            rows.append((place, parent, leg, until))
    _fill(data, columns_of("moved"), rows)
    vacant = [place for place in range(len(trees)) if data.position_member[place] < 0]
    _fill(data, columns_of("gone"), [(place, rng.randrange(count)) for place in vacant])
    binary = [i for i, item in enumerate(data.plan["bonuses"]) if item["rule"] == "binary"]
    rows = []
    for row in np.flatnonzero(data.row_as_of >= 0).tolist():
        member, as_of = int(data.row_member[row]), int(data.row_as_of[row])
        mine = np.flatnonzero(data.position_member == member)
        if member < 0 or not mine.size or any(one[2:4] == (member, as_of) for one in rows):
            continue
        for bonus in binary:
            fed = rng.choice(((333_333, 0), (0, 5_100_000), (7, 0)))
            of, back = rng.choice((1_000_000, 25_000_000, 3)), rng.choice((0, 0, 2, 500_000))
            rows.append((int(mine[0]), bonus, member, as_of, *fed, of, back, rng.randrange(2)))
    _fill(data, columns_of("fed"), rows)


def _history(data, rng, count):
    """What the period before left: carry, ranks kept by hand, earlier values, state."""
    plan, everyone = data.plan, range(count)
    some = [member for member in everyone if rng.random() < 0.15 and plan["ranks"]]
    ranks = len(plan["ranks"])
    rows = [(member, rng.randrange(ranks), rng.choice((0, 1))) for member in some]
    _fill(data, columns_of("override"), rows)
    rows = [
        (member, index, age, rng.choice((10, 50, 300, -5)) * 10**4)
        for index, item in enumerate(plan["measures"])
        if item["volume"]
        for member in everyone
        for age in (1, 2)
        if rng.random() < 0.3
    ]
    _fill(data, columns_of("prior"), rows)
    carry, earned, state = [], [], []
    for index, bonus in enumerate(plan["bonuses"]):
        carry += _carry(data, rng, index, bonus)
        state += _state(rng, index, bonus, everyone)
        if data.period_kind != bonus["period"]:
            earned += [
                (member, index, rng.choice((100, 12345)) * 10**4)
                for member in everyone
                if rng.random() < 0.3
            ]
    _fill(data, columns_of("carry"), carry)
    _fill(data, columns_of("earned"), earned)
    _fill(data, columns_of("state"), state)


def _carry(data, rng, index, bonus):
    if bonus["rule"] != "binary":
        return
    trees = data.position_tree
    for position in range(data.position_id.size):
        if data.position_member[position] < 0 or (trees.size and trees[position]):
            continue
        for measure in (Measure.CARRY_LEFT, Measure.CARRY_RIGHT):
            if rng.random() < 0.5:
                yield position, index, measure, rng.choice((-50, 99.5, 100, 400)) * 10**4
        if bonus["params"].get("expire_after", 1) > 1 and rng.random() < 0.4:
            yield position, index, Measure.INACTIVE_PERIODS, rng.choice((1, 2))


def _state(rng, index, bonus, everyone):
    for member in everyone:
        if bonus["rule"] == "contest" and rng.random() < 0.4:
            yield member, index, Measure.STANDING, rng.choice((1, 50, 100, 100)) * 10**4
        if bonus["rule"] == "award" and rng.random() < 0.4:
            yield member, index, Measure.AWARDED, rng.randrange(1, 4)
            yield member, index, 200, rng.choice((1, 2))


def _fill(data, names, rows):
    """Set columns from rows; those that come later than the rows know stay empty."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    for name, column in zip(names, columns, strict=True):
        setattr(data, name, ints(column))
