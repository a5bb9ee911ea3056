"""The inputs of the engine straight from the shapes, past Odoo and PostgreSQL."""

import datetime

import numpy as np
from mlm_engine.kernel.snapshot import LEG_NONE, Snapshot
from network import shape as shapes
from network.shape import Shape

from .orders import WINDOW, Orders

CYCLE = 924
START = datetime.date(2026, 8, 17)
#: the start of the cycle in Bogotá, naive UTC
START_MOMENT = datetime.datetime(2026, 8, 17, 5)
FX_E6 = 4_500_000_000
_KINDS = {"distributor": 0, "preferred": 1, "customer": 2}
_LEGS = {"left": 0, "right": 1, "": LEG_NONE}


#: share of the placements on the right: the leg on the left is some 5,300 levels long among
#: 100,000 people
_RIGHT = 0.35


def network(size: int) -> Shape:
    """Who takes part in the cycle."""
    return shapes.make(size, extremes=False, right=_RIGHT)


def snapshot(shape: Shape, orders: Orders, plan: dict) -> Snapshot:
    """What a run of the cycle reads; ids count from one, in the order of the shape."""
    size = len(shape)
    start = int(START_MOMENT.replace(tzinfo=datetime.timezone.utc).timestamp())
    placed = np.flatnonzero(shape.placed)
    position = np.full(size + 1, -1, dtype=np.int64)
    position[placed] = np.arange(placed.size)
    row = np.flatnonzero(orders.week == 0)
    held = np.flatnonzero((orders.week < 0) & (orders.package >= 0))
    moment = start + orders.week * 7 * 86_400 + orders.second
    recent = np.flatnonzero((orders.week < 0) & (orders.week >= -WINDOW))
    packages = recent[orders.package[recent] >= 0]

    def own_pv(rows):
        sums = np.zeros(size, dtype=np.int64)
        np.add.at(sums, orders.member[rows], orders.pv_e4[rows])
        return sums

    return Snapshot(
        plan=plan,
        period_kind="week",
        period_number=CYCLE,
        period_start=START.toordinal(),
        period_end=START.toordinal() + 6,
        period_end_moment=start + 7 * 86_400,
        fx_e6=FX_E6,
        member_id=np.arange(1, size + 1),
        member_kind=np.array([_KINDS[kind] for kind in shape.kind]),
        member_state=np.zeros(size, dtype=np.int64),
        member_joined=np.array([moment.toordinal() for moment in shape.moment]),
        member_title=np.zeros(size, dtype=np.int64),
        sponsor=np.array(shape.sponsor),
        window_pv_e4=own_pv(recent),
        window_package_pv_e4=own_pv(packages),
        position_id=placed + 1,
        position_member=placed,
        position_parent=position[np.array(shape.parent)[placed]],
        position_leg=np.array([_LEGS[leg] for leg in shape.leg])[placed],
        row_id=row + 1,
        row_member=orders.member[row],
        row_buyer=orders.buyer[row],
        row_position=position[orders.member[row]],
        row_moment=moment[row],
        row_pv_e4=orders.pv_e4[row],
        row_cv_e4=orders.cv_e4[row],
        row_package=orders.package[row],
        row_package_from=np.full(row.size, -1),
        row_package_qty=(orders.package[row] >= 0).astype(np.int64),
        row_retail_e4=orders.retail_e4[row],
        row_reversal=np.zeros(row.size, dtype=np.int64),
        held_member=orders.buyer[held],
        held_package=orders.package[held],
        held_package_from=np.full(held.size, -1),
        held_moment=moment[held],
    )
