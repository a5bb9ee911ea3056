"""A company of any size as the engine's frozen inputs: arrays, no database.

The network is the one of the other measures (``network.shape``): sponsors as people find them, one
frontline of 2 %, one chain of 1 % (10,000 of a million) in both trees, placement at the outer end
of a leg. Three orders per distributor in the cycle, made by 65 % of them; customers buy from whoever
serves them. The same size gives the same company.
"""

import numpy as np
from mlm_engine import plans
from mlm_engine.kernel.periods import bounds
from mlm_engine.kernel.snapshot import Snapshot
from network import shape

GANO = "gano_excel_co_2026"
#: the cycle of the run
PERIOD = 930
ORDERS, BUYERS, CUSTOMERS = 3, 0.65, 0.08
_EPOCH, _OFFSET, _WEEK = 719163, 5 * 3600, 7 * 86400
_POINTS = (15, 17, 31, 41, 49)  # PV of a product; the CV is a little less
_LEVELS = {
    "code": "levels",
    "rule": "unilevel",
    "name": "Levels",
    "tree": "sponsor",
    "params": {"rates": [5, 4, 3, 3, 2, 2, 1], "compression": {"kind": "dynamic"}},
}
_MATCH = {
    "code": "match",
    "rule": "matching",
    "name": "Match",
    "params": {
        "bonuses": ["binary", "levels"],
        "rates": [10, 5, 3],
        "compression": {"kind": "dynamic"},
    },
}


def plan(name):
    """Return the plan ``gano``, or ``unilevel``: the same with seven levels and a match; its
    levels by sale with ``unilevel-by-sale``."""
    if name == "gano":
        return plans.load_plan(GANO)
    levels = _LEVELS if name == "unilevel-by-sale" else {**_LEVELS, "grain": "source"}
    return plans.load_plan(
        plans.merge(plans.read_document(GANO).data, {"bonuses": [levels, _MATCH]})
    )


def arrays(size, seed=1):
    """Return ``{name: int64 array}`` of a ``Snapshot`` of so many people, at least 100."""
    chance = np.random.default_rng(seed)
    drawn = shape.make(size, seed)
    sponsor = np.array(drawn.sponsor, dtype=np.int64)
    kind = np.array([shape_kind == "customer" for shape_kind in drawn.kind])
    start, _end, _pay = bounds(plan("gano")["periods"]["week"], PERIOD)
    found = {
        "member_id": np.arange(1, size + 1),
        "member_kind": np.where(kind, 2, 0),
        "member_state": (chance.random(size) < 0.02).astype(np.int64),
        "member_joined": start - 365 + 365 * np.arange(size) // size,
        "member_title": np.zeros(size, dtype=np.int64),
        "sponsor": sponsor,
        "window_pv_e4": chance.choice((0, 0, 50, 80, 150), size) * 10**4,
        "window_package_pv_e4": np.zeros(size, dtype=np.int64),
    }
    position = _positions(found, drawn)
    del drawn
    _carry(found, chance)
    _held(found, chance, start)
    _rows(found, chance, kind, sponsor, position, (start - _EPOCH) * 86400 + _OFFSET)
    return {name: values.astype(np.int64, copy=False) for name, values in found.items()}


def snapshot(name, found):
    """Return the ``Snapshot`` of a plan's name and the arrays of a company."""
    known = plan(name)
    start, end, _pay = bounds(known["periods"]["week"], PERIOD)
    moment = (end + 1 - _EPOCH) * 86400 + _OFFSET
    return Snapshot(known, "week", PERIOD, start, end, moment, 4500 * 10**6, **found)


def _positions(found, drawn):
    """Add the binary and return the position of each member, -1 for none."""
    parent, size = np.array(drawn.parent), len(drawn)
    placed = np.flatnonzero((parent >= 0) | (np.arange(size) == 0))
    position = np.full(size, -1, dtype=np.int64)
    position[placed] = np.arange(placed.size)
    above = parent[placed]
    found["position_id"] = np.arange(1, placed.size + 1)
    found["position_member"] = placed
    found["position_parent"] = np.where(above >= 0, position[above], -1)
    legs = {"left": 0, "right": 1, "": -1}
    found["position_leg"] = np.array([legs[one] for one in drawn.leg])[placed]
    return position


def _carry(found, chance):
    """Two of five positions bring points forward on a leg."""
    size = found["position_id"].size
    left, right = (np.flatnonzero(chance.random(size) < 0.4) for _side in range(2))
    position = np.concatenate((left, right))
    measure = np.repeat((20, 21), (left.size, right.size))
    order = np.lexsort((measure, position))
    found["carry_position"], found["carry_measure"] = position[order], measure[order]
    found["carry_bonus"] = np.ones(order.size)
    found["carry_value"] = chance.integers(1, 3000, order.size) * 10**4


def _held(found, chance, start):
    """Most have a package from before, some in its term."""
    member = np.flatnonzero(
        (found["member_kind"] == 0) & (chance.random(found["sponsor"].size) < 0.8)
    )
    moment = (start - chance.integers(1, 300, member.size) - _EPOCH) * 86400
    order = np.argsort(moment, kind="stable")
    found["held_member"], found["held_moment"] = member[order], moment[order]
    found["held_package"] = chance.choice(4, member.size, p=(0.4, 0.3, 0.2, 0.1))
    found["held_package_from"] = np.full(member.size, -1)


def _rows(found, chance, customer, sponsor, position, begin):
    size = customer.size
    buying = np.flatnonzero(chance.random(size) < BUYERS)
    count = ORDERS * size
    buyer = np.concatenate((buying, chance.choice(buying, count - buying.size)))
    chance.shuffle(buyer)
    serves = customer[buyer] & (sponsor[buyer] >= 0)
    member = np.where(serves, sponsor[buyer], buyer)
    pv = chance.choice(_POINTS, count) * chance.integers(1, 4, count)
    package = np.where(chance.random(count) < 0.01, chance.integers(1, 4, count), -1)
    package[serves] = -1
    pv = np.where(package >= 0, np.array((0, 100, 250, 500))[package], pv)
    found["row_id"] = np.arange(1, count + 1)
    found["row_member"], found["row_buyer"] = member, buyer
    found["row_position"] = position[member]
    found["row_moment"] = begin + _WEEK * np.arange(count) // count
    found["row_pv_e4"] = pv * 10**4
    found["row_cv_e4"] = pv * np.where(package >= 0, 10000, 9300)
    found["row_package"] = package
    found["row_package_from"] = np.full(count, -1)
    found["row_package_qty"] = (package >= 0).astype(np.int64)
    found["row_retail_e4"] = np.where(serves, pv * 1500 * 10**4, 0)
    found["row_reversal"] = np.zeros(count)
