# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small random networks with everything the plan knows, as snapshots."""

import random

import numpy as np
import random_homes
from mlm_engine import plans
from mlm_engine.kernel.periods import bounds
from mlm_engine.kernel.snapshot import Snapshot

GANO = plans.load_plan("gano_excel_co_2026")
BINARY, GEN5 = 1, 2
OFFSET = 5 * 3600  # Bogota is five hours behind


def ints(values):
    return np.array([int(value) for value in values], dtype=np.int64)


def with_params(code, **params):
    """Return the plan with other parameters of one bonus."""
    document = plans.read_document("gano_excel_co_2026").data
    return plans.load_plan(plans.merge(document, {"bonuses": [{"code": code, "params": params}]}))


def with_promotions():
    document = plans.read_document("gano_excel_co_2026").data
    promotions = [
        {"code": "SOME", "name": "Some", "pct": 18, "from": "2026-08-01", "to": "2026-08-31"},
        {"code": "ALL", "name": "All", "pct": 11, "from": "2026-08-01", "to": "2026-08-23"},
        {"code": "PAST", "name": "Past", "pct": 20, "from": "2026-08-01", "to": "2026-08-22"},
    ]
    promotions[0]["members"] = []
    return plans.load_plan(plans.merge(document, {"promotions": promotions}))


PLANS = (
    GANO,
    with_params("binary", inactive="freeze"),
    with_params("binary", unqualified="flush", own_excess_packages=True),
    with_params("gen5", active_only=False),
    with_promotions(),
)


def empty(plan=GANO, fx_e6=4500 * 10**6, number=924):
    """Return the snapshot of a cycle without anybody."""
    start, end, _ = bounds(plan["periods"]["week"], number)
    moment = (end + 1 - 719163) * 86400 + OFFSET
    return Snapshot(plan, "week", number, start, end, moment, fx_e6)


def network(rng, plan=GANO):
    """Return a random small but complete ``Snapshot``; ``rng``: ``random.Random``."""
    data = empty(plan, rng.choice((4500 * 10**6, 4123_456789)))
    count = rng.randint(1, 14)
    start = data.period_end_moment - 7 * 86400
    data.member_id = ints(range(101, 101 + count))
    data.member_kind = ints(rng.choice((0, 0, 0, 0, 1)) for _ in range(count))
    data.member_state = ints(rng.choice((0, 0, 0, 0, 0, 1, 2)) for _ in range(count))
    data.member_joined = ints([data.period_start] * count)
    data.member_title = ints(rng.choice((0, 0, 3)) for _ in range(count))
    data.sponsor = ints([-1] + [rng.randrange(place) for place in range(1, count)])
    package_pv = [rng.choice((0, 0, 100, 500)) for _ in range(count)]
    data.window_package_pv_e4 = ints(pv * 10**4 for pv in package_pv)
    data.window_pv_e4 = ints(
        (pv + rng.choice((0, 30, 49.9999, 60, 110, 130))) * 10**4 for pv in package_pv
    )
    _place(data, rng, count)
    _carry(data, rng)
    _rows(data, rng, count, start)
    _packages(data, rng, count, start)
    _changes(data, rng, count, start)
    return data


def _place(data, rng, count):
    owners, parents, legs, spots = [], [], [], []
    for member in range(count):
        if rng.random() < 0.15:
            continue
        owner = -1 if rng.random() < 0.05 else member
        place = len(owners)
        parent, leg = spots.pop(rng.randrange(len(spots))) if spots else (-1, -1)
        owners.append(owner)
        parents.append(parent)
        legs.append(leg)
        spots += [(place, 0), (place, 1)]
    data.position_id = ints(range(501, 501 + len(owners)))
    data.position_member, data.position_parent = ints(owners), ints(parents)
    data.position_leg = ints(legs)


def _carry(data, rng):
    rows = [
        (position, BINARY, measure, rng.choice((-50, 99.5, 100, 1400, 12000)) * 10**4)
        for position in range(data.position_id.size)
        if data.position_member[position] >= 0
        for measure in (20, 21)
        if rng.random() < 0.5
    ]
    columns = zip(*rows, strict=True) if rows else ([], [], [], [])
    names = ("carry_position", "carry_bonus", "carry_measure", "carry_value")
    for name, column in zip(names, columns, strict=True):
        setattr(data, name, ints(column))


def _rows(data, rng, count, start):
    rows = []
    size = rng.randint(0, 25)
    moments = rng.sample(range(start, data.period_end_moment), size)
    for place, moment in enumerate(moments):
        member = rng.randrange(count)
        buyer = member if rng.random() < 0.85 else rng.randrange(count)
        mine = np.flatnonzero(data.position_member == member)
        position = int(mine[0]) if mine.size and rng.random() < 0.9 else -1
        package = rng.choice((-1, -1, -1, 0, 1, 2, 3))
        below = rng.choice((-1, 1)) if package > 1 else -1
        sign = -1 if rng.random() < 0.1 else 1
        pv = rng.choice((0, 10.4, 45, 100, 250, 1400, 9000))
        cv = rng.choice((0, pv, round(pv * 0.93, 4)))
        retail = rng.choice((0, 0, 29100, 0.3333)) * sign
        rows.append(
            (
                900 + place,
                member,
                buyer,
                position,
                moment,
                sign * round(pv * 10**4),
                sign * round(cv * 10**4),
                package,
                below,
                rng.randint(1, 3) if package >= 0 else 0,
                round(retail * 10**4),
                sign < 0,
            )
        )
    names = (
        "row_id",
        "row_member",
        "row_buyer",
        "row_position",
        "row_moment",
        "row_pv_e4",
        "row_cv_e4",
        "row_package",
        "row_package_from",
        "row_package_qty",
        "row_retail_e4",
        "row_reversal",
    )
    for index, name in enumerate(names):
        setattr(data, name, ints(row[index] for row in rows))


def _packages(data, rng, count, start):
    held = sorted(
        (start - rng.randrange(1, 300 * 86400), rng.randrange(count), rng.randrange(4))
        for _ in range(rng.randint(0, 10))
    )
    data.held_moment = ints(row[0] for row in held)
    data.held_member = ints(row[1] for row in held)
    data.held_package = ints(row[2] for row in held)
    data.held_package_from = ints([-1] * len(held))


def _changes(data, rng, count, start):
    links = sorted(
        (rng.randrange(start, data.period_end_moment), member, rng.randrange(member))
        for member in range(1, count)
        for _ in range(rng.choice((0, 0, 1, 2)))
    )
    data.link_moment = ints(row[0] for row in links)
    data.link_member = ints(row[1] for row in links)
    data.link_sponsor = ints(row[2] for row in links)
    if data.plan["promotions"]:
        chosen = [member for member in range(count) if rng.random() < 0.3]
        data.promotion_member = ints(chosen)
        data.promotion_index = ints([0] * len(chosen))


def seeded(seed, plan=None, several=False):
    """Return a network from a seed, under one of the plans; of ``several`` companies."""
    rng = random.Random(seed)
    data = network(rng, plan or rng.choice(PLANS))
    return random_homes.draw(data, rng) if several else data
