# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Small worlds for rules: a plan of a few lines, people by name, sales."""

import numpy as np
from mlm_engine import plans
from mlm_engine.kernel import run
from mlm_engine.kernel.exact import E4
from mlm_engine.kernel.periods import bounds
from mlm_engine.kernel.snapshot import Snapshot

PARTS = {"measures", "ranks", "caps", "payout", "activity", "packages", "catalog", "rank_policy"}


def document(*bonuses, unit=0.01, company="USD", **parts):
    """Return a plan document: a week, dollars, and the given sections."""
    assert set(parts) <= PARTS, parts
    return {
        "plan": "small",
        "name": {"es": "Pequeño", "en": "Small"},
        "version": 1,
        "currency": {"base": "USD", "company": company},
        "rounding": {"mode": "half_up", "unit": unit},
        "periods": {
            "week": {"kind": "days", "days": 7, "anchor_number": 924, "anchor_start": "2026-08-17"}
        },
        "bonuses": [{"name": item["rule"], "code": item["rule"], **item} for item in bonuses],
        **parts,
    }


def ranks(*minima, **more):
    """Return ranks r0, r1, … by own PV of the period, to choose people's ranks by sales.

    ``more`` gives percentages by code.
    """
    return [
        {"code": f"r{place}", "name": f"R{place}"}
        | ({"requires": [{"measure": "own_pv_period", "min": least}]} if least else {})
        | ({"pct": more[f"r{place}"]} if f"r{place}" in more else {})
        for place, least in enumerate(minima)
    ]


def ints(values):
    return np.array([int(value) for value in values], dtype=np.int64)


def world(plan, people, sales, fx_e6=10**6, number=924, **columns):
    """Return ``(snapshot, names)``.

    ``people``: ``{name: sponsor's name or None}``; ``sales``: ``(name, cv)``,
    ``(name, cv, pv)`` or ``(name, cv, pv, buyer)`` in order of time; a negative one
    takes back an earlier sale. ``columns`` replaces arrays of members.
    """
    plan = plan if "contract" in plan else plans.load_plan(plan)
    start, end, _ = bounds(plan["periods"]["week"], number)
    moment = (end + 1 - 719163) * 86400 + 5 * 3600
    data = Snapshot(plan, "week", number, start, end, moment, fx_e6)
    names = list(people)
    count = len(names)
    data.member_id = ints(range(101, 101 + count))
    for name in ("member_kind", "member_state", "member_title", "window_pv_e4"):
        setattr(data, name, ints([0] * count))
    data.member_joined = ints([start - 100] * count)
    data.sponsor = ints(-1 if up is None else names.index(up) for up in people.values())
    for name, values in columns.items():
        setattr(data, name, ints(values))
    rows = [(*sale, sale[1], sale[0])[:2] + _rest(sale) for sale in sales]
    data.row_id = ints(range(901, 901 + len(rows)))
    data.row_member = ints(-1 if row[0] is None else names.index(row[0]) for row in rows)
    data.row_buyer = ints(names.index(row[3]) if row[3] else -1 for row in rows)
    data.row_cv_e4 = ints(round(row[1] * E4) for row in rows)
    data.row_pv_e4 = ints(round(row[2] * E4) for row in rows)
    data.row_reversal = ints(row[1] < 0 for row in rows)
    data.row_moment = ints(moment - 7 * 86400 + 60 * place for place in range(len(rows)))
    for name in ("row_position", "row_package", "row_package_from"):
        setattr(data, name, ints([-1] * len(rows)))
    for name in ("row_package_qty", "row_retail_e4"):
        setattr(data, name, ints([0] * len(rows)))
    return data, names


def _rest(sale):
    name, cv, *more = sale
    pv = more[0] if more else cv
    return pv, more[1] if len(more) > 1 else name


def play(plan, people, sales, **more):
    """Return ``(snapshot, result, earned)``; ``earned``: ``{bonus: {name: money}}``."""
    data, names = world(plan, people, sales, **more)
    result = run.compute(data)
    return data, result, earned(data, result, names)


def earned(data, result, names):
    found = {}
    rows = result.earnings
    for payee, bonus, amount in zip(rows.payee, rows.bonus, rows.amount_e4, strict=True):
        if amount:
            mine = found.setdefault(data.plan["bonuses"][bonus]["code"], {})
            mine[names[payee]] = mine.get(names[payee], 0) + amount / E4
    return found


def rows_of(result):
    """Return the earnings as tuples (payee, source, level, base, pct, amount, breakage)."""
    rows = result.earnings
    return [
        (
            int(rows.payee[place]),
            int(rows.source[place]),
            int(rows.level[place]),
            rows.base_e4[place] / E4,
            rows.rate_e6[place] / E4,
            rows.amount_e4[place] / E4,
            rows.breakage_e4[place] / E4,
        )
        for place in range(rows.payee.size)
    ]


def check_laws(result):
    """Laws of every row: money fits together and nothing is negative."""
    rows = result.earnings
    assert (rows.amount_e4 >= 0).all()
    assert (rows.breakage_e4 >= 0).all()
    assert (rows.cap_e4 >= 0).all()
    assert ((rows.reason != 0) == (rows.breakage_e4 != 0)).all()
    assert ((rows.amount_e4 != 0) | (rows.breakage_e4 != 0)).all()
