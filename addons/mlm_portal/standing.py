# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How somebody stands in a cycle, from the figures of a run or a projection.

No database in here, and no plan of any company: what a bonus has to say of somebody's
standing its rule says. ``figures`` are ``{(position code, bonus code): {measure
name: integer}}`` with empty codes where a figure belongs to the person; the plan
is the engine's canonical document. Volumes come back as Decimals.
"""

from decimal import Decimal

from mlm_engine import rules
from mlm_engine.telling import rule as telling

from odoo.addons.mlm_base.exact import from_e4

SIDES = ("left", "right")


def points(value):
    """Decimal of ten-thousandths of a point, without trailing zeros."""
    number = from_e4(int(value)).normalize()
    return number if number.as_tuple().exponent <= 0 else number.quantize(Decimal(1))


def percent_of(part, whole):
    """Whole percent for a progress bar, 0 to 100."""
    if whole <= 0:
        return 100
    return max(0, min(100, int(100 * part / whole)))


def collect(rows):
    """Figures from ``(measure, bonus, position, integer)`` rows."""
    figures = {}
    for measure, bonus, position, value in rows:
        figures.setdefault((position or "", bonus or ""), {})[measure] = int(value)
    return figures


def activity(plan, figures):
    """Own volume in the activity window against what the plan asks, or None.

    The rank held before is in no figure: where the plan asks more of some ranks than of
    others, ``needed`` is None.
    """
    rule = plan["activity"]
    if not rule:
        return None
    own = figures.get(("", ""), {})
    have, needs = own.get("own_pv", 0), {*(rule["by_rank_e4"] or [rule["pv_e4"]])}
    told = {
        "own": points(have),
        "needed": None,
        "missing": Decimal(0),
        "window": rule["window"],
        "active": bool(own.get("active")),
    }
    return told if len(needs) > 1 else {**told, **_asked(have, *needs)}


def asked(plan, figures, needed_e4):
    """``activity`` where what the plan asks of this person is known, ten-thousandths."""
    found = activity(plan, figures)
    return {**found, **_asked(figures.get(("", ""), {}).get("own_pv", 0), needed_e4)}


def _asked(have, need):
    return {
        "needed": points(need),
        "missing": points(max(0, need - have)),
        "percent": percent_of(have, need),
    }


def on_positions(plan):
    """Bonuses of the plan that pay positions of a tree, by their two legs."""
    return [bonus for bonus in plan["bonuses"] if rules.get(bonus["rule"]).on_positions]


def legs(bonus, figures, position):
    """Both legs of a position under a bonus on positions: what came, what is matched."""
    found = telling.of(bonus["rule"]).sides(bonus, figures.get((position, bonus["code"]), {}))
    sides = {side: _side(found[side]) for side in SIDES}
    totals = [sides[side]["total"] for side in SIDES]
    largest = max(*totals, 1)
    for side in SIDES:
        one = sides[side]
        one["percent"] = percent_of(one["total"], largest) if one["total"] > 0 else 0
        one["percent_in"] = percent_of(one["in"], largest) if one["in"] > 0 else 0
    lesser = min(totals)
    minimum = points(found["minimum"])
    return {
        "position": position,
        "bonus": bonus["code"],
        **sides,
        "lesser": "" if totals[0] == totals[1] else SIDES[totals.index(lesser)],
        "lesser_cv": lesser,
        "minimum": minimum,
        "missing": max(Decimal(0), minimum - lesser),
        "matched": points(found["matched"]),
        "expired": any(sides[side]["expired"] for side in SIDES),
        "expires": found["expires"],
        "reason": found["reason"],
    }


def rank(plan, figures):
    """The rank of the cycle, the best ever and the next, or None without ranks.

    ``current``, ``title`` and ``next`` are entries of the plan; ``title`` only where it is
    higher, ``next`` None at the top.
    """
    ranks = plan["ranks"]
    if not ranks:
        return None
    own = figures.get(("", ""), {})
    index, title = own.get("rank", 0), own.get("title", 0)
    return {
        "current": ranks[index],
        "title": ranks[title] if title > index else None,
        "next": ranks[index + 1] if index + 1 < len(ranks) else None,
    }


def stands(plan, figures, positions):
    """Activity, legs of the positions and rank of a person.

    ``on_positions``: whether a bonus of the plan pays positions at all.
    """
    paying = on_positions(plan)
    return {
        "activity": activity(plan, figures),
        "on_positions": bool(paying),
        "legs": [legs(bonus, figures, one.code) for bonus in paying for one in positions],
        "rank": rank(plan, figures),
    }


def _side(found):
    told = {part: points(found[part]) for part in ("in", "new", "excess", "expired", "out")}
    told["total"] = told["in"] + told["new"] + told["excess"]
    return {**told, "active": found["active"], "active_missing": found["active_missing"]}
