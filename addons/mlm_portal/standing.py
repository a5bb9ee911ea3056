# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How somebody stands in a cycle, from the figures of a run or a projection.

No database in here. ``figures`` are ``{(position code, bonus code): {measure
name: integer}}`` with empty codes where a figure belongs to the person; the plan
is the engine's canonical document. Volumes come back as Decimals.
"""

from decimal import Decimal

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
    """Own volume in the activity window against what the plan asks, or None."""
    rule = plan["activity"]
    if not rule:
        return None
    own = figures.get(("", ""), {})
    have, need = own.get("own_pv", 0), rule["pv_e4"]
    return {
        "own": points(have),
        "needed": points(need),
        "missing": points(max(0, need - have)),
        "window": rule["window"],
        "this_cycle": points(own.get("own_pv_period", 0)),
        "active": bool(own.get("active")),
        "percent": percent_of(have, need),
    }


def binaries(plan):
    """Bonuses of the plan that match two legs."""
    return [bonus for bonus in plan["bonuses"] if bonus["rule"] == "binary"]


def legs(bonus, figures, position):
    """Both legs of a position under a binary bonus: what came, what is matched."""
    found = figures.get((position, bonus["code"]), {})
    params = bonus["params"]
    sides = {side: _side(found, side, params) for side in SIDES}
    totals = [sides[side]["total"] for side in SIDES]
    largest = max(*totals, 1)
    for side in SIDES:
        one = sides[side]
        one["percent"] = percent_of(one["total"], largest) if one["total"] > 0 else 0
        one["percent_in"] = percent_of(one["in"], largest) if one["in"] > 0 else 0
    lesser = min(totals)
    minimum, step = points(params["min_cv_e4"]), points(params["step_cv_e4"])
    return {
        "position": position,
        "bonus": bonus["code"],
        **sides,
        "lesser": "" if totals[0] == totals[1] else SIDES[totals.index(lesser)],
        "lesser_cv": lesser,
        "minimum": minimum,
        "missing": max(Decimal(0), minimum - lesser),
        "could_match": max(lesser, Decimal(0)) // step * step if lesser >= minimum else 0,
        "matched": points(found.get("matched", 0)),
        "expired": any(sides[side]["expired"] for side in SIDES),
        "expires": params["inactive"] == "expire",
        "flushes": params["unqualified"] == "flush",
        "active_needed": params["active_each_side"],
        "rate": points(found.get("rate", 0)),
        "reason": found.get("reason", 0),
    }


def rank(plan, figures, potential):
    """The rank of the cycle and the way to the next one, or None.

    :param potential: CV that the legs would pay if the person qualifies
    """
    ranks = plan["ranks"]
    if not ranks:
        return None
    index = figures.get(("", ""), {}).get("rank", 0)
    title = figures.get(("", ""), {}).get("title", 0)
    found = {
        "current": ranks[index],
        "title": ranks[title] if title > index else None,
        "next": None,
    }
    if index + 1 < len(ranks):
        following = ranks[index + 1]
        minimum = points(following["min_e4"])
        found.update(
            next=following,
            minimum=minimum,
            have=potential,
            missing=max(Decimal(0), minimum - potential),
            percent=percent_of(potential, minimum),
        )
    return found


def _side(found, side, params):
    carried, new, excess, expired = (
        points(found.get(f"{side}_{part}", 0)) for part in ("in", "new", "excess", "expired")
    )
    active = found.get(f"{side}_active", 0)
    return {
        "in": carried,
        "new": new,
        "excess": excess,
        "total": carried + new + excess,
        "expired": expired,
        "out": points(found.get(f"carry_{side}", 0)),
        "active": active,
        "active_missing": max(0, params["active_each_side"] - active),
    }
