# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks that nobody can ever hold.

A rank is reached when its conditions can hold with people below who hold ranks that are
reached themselves: what asks, in the end, for itself is never reached.
"""

from fractions import Fraction

from ..kernel.exact import E4
from ..plan.finding import error, warning


def check(plan):
    """Return the ranks that cannot be reached and the leasts above what can be."""
    reached, earned = reachable(plan), reachable(plan, titles_given=False)
    found = []
    for index, rank in enumerate(plan["ranks"]):
        path = ("ranks", index, "requires")
        above = [one for one in _each(rank["requires"]) if not _can(plan, one)]
        for one in above:
            found.append(_too_high(plan, path, rank, one))
        if index not in reached and not above:
            found.append(
                error(
                    f"rank {rank['code']} can never be reached: it asks for people who "
                    "hold it themselves",
                    "Ask for a lower rank in the legs or let a package grant it",
                    path,
                    f"el rango {rank['code']} no se puede alcanzar: pide personas que ya lo tengan",
                    "Pida un rango más bajo en las piernas o que un paquete lo dé",
                )
            )
        elif index in reached and index not in earned:
            found.append(
                warning(
                    f"rank {rank['code']} asks for a title that only this rank gives: nobody "
                    "reaches it without a title from before",
                    "Ask for a lower title",
                    path,
                    f"el rango {rank['code']} pide un título que solo da él mismo: nadie lo "
                    "alcanza sin un título anterior",
                    "Pida un título más bajo",
                )
            )
        found += [
            item for one in _each(rank["requires"]) for item in _narrow(plan, path, rank, one)
        ]
    return found


def reachable(plan, titles_given=True):
    """Return the set of the indexes of ranks that somebody can hold.

    ``titles_given``: people may have any title from before (opening import).
    """
    reached = {0} if plan["ranks"] else set()
    reached |= {item["rank"] for item in plan["packages"] if item.get("rank", -1) >= 0}
    ladder = plan["rank_policy"]["mode"] == "ladder"
    before = None
    while before != reached:
        before = set(reached)
        for index, rank in enumerate(plan["ranks"]):
            asked = [
                one
                for item in (plan["ranks"][1 : index + 1] if ladder else [rank])
                for one in item["requires"]
            ]
            if all(_holds(plan, one, reached, titles_given) for one in asked):
                reached.add(index)
    return reached


def _each(conditions):
    """Conditions that must hold; of an alternative there is nothing to say alone."""
    return [one for one in conditions if one["kind"] in ("measure", "figure")]


def _holds(plan, condition, reached, titles_given):
    kind = condition["kind"]
    if kind == "any":
        return any(
            all(_holds(plan, one, reached, titles_given) for one in listed)
            for listed in condition["lists"]
        )
    if kind == "title":
        return titles_given or any(index >= condition["rank"] for index in reached)
    if kind == "measure" and condition["min"] > 0:
        return _can(plan, condition) and _people(plan, condition["index"], reached, titles_given)
    return True


def _people(plan, index, reached, titles_given):
    """Whether the ranks that a measure counts are held by anybody."""
    item = plan["measures"][index]
    params = item["params"]
    rank = {"qualified_legs": "rank", "sponsored": "min_rank"}.get(item["kind"])
    if rank and not any(one >= params[rank] for one in reached):
        return False
    if item["kind"] == "sponsored" and params["measure"] >= 0:
        return _people(plan, params["measure"], reached, titles_given)
    if item["kind"] == "accumulated":
        return _people(plan, params["of"], reached, titles_given)
    if item["kind"] == "met":
        return all(_holds(plan, one, reached, titles_given) for one in params["requires"])
    return True


def _can(plan, condition):
    """Whether a figure can reach what is asked at all."""
    if condition["kind"] != "measure":
        return True
    most = highest(plan, condition["index"])
    if most is None:
        return True
    scale = E4 if plan["measures"][condition["index"]]["volume"] else 1
    return condition["min"] <= most * scale


def highest(plan, index):
    """Return the most that a measure can show, in points or people; ``None``: no bound."""
    item = plan["measures"][index]
    kind, params = item["kind"], item["params"]
    if kind == "met":
        return Fraction(1)
    if kind == "formula":
        return _range(plan, params["formula"])[1]
    uncut = kind == "capped_group" and params["own"] and not params["cap_own"]
    if kind == "capped_group" and not params["cap_pct_e6"] and not uncut:
        return Fraction(0)
    if kind == "weighted" and not params["default_e6"] and not any(params["weights_e6"] or ()):
        return Fraction(0)
    if kind == "accumulated" and params["periods"]:
        most = highest(plan, params["of"])
        return None if most is None else most * params["periods"]
    return None


def _range(plan, node):
    """Return the least and the most of a formula, ``None`` where there is no bound."""
    kind = node[0]
    if kind == "number":
        value = Fraction(node[1], node[2])
        return value, value
    if kind == "measure":
        return None, highest(plan, node[1])
    if kind == "figure":
        return None, None
    if kind == "times":
        low, high = _range(plan, node[1])
        factor = Fraction(node[2], node[3])
        ends = [None if end is None else end * factor for end in (low, high)]
        return tuple(ends if factor >= 0 else reversed(ends))
    sides = [_range(plan, part) for part in node[1:]]
    lows, highs = zip(*sides, strict=True)
    if kind == "sum":
        return _all(sum, lows), _all(sum, highs)
    if kind == "min":
        known = [high for high in highs if high is not None]
        return _all(min, lows), min(known, default=None)
    known = [low for low in lows if low is not None]
    return max(known, default=None), _all(max, highs)


def _all(join, values):
    return None if any(value is None for value in values) else join(values)


def _too_high(plan, path, rank, condition):
    most = highest(plan, condition["index"])
    name = plan["measures"][condition["index"]]["code"]
    shown = f"{float(most):g}"
    return error(
        f"rank {rank['code']} can never be reached: {name} is {shown} at most",
        "Ask for less or change the measure",
        path,
        f"el rango {rank['code']} no se puede alcanzar: {name} llega máximo a {shown}",
        "Pida menos o cambie la medida",
    )


def _narrow(plan, path, rank, condition):
    """What only somebody with several positions can reach."""
    most = None
    if condition["kind"] == "measure":
        item = plan["measures"][condition["index"]]
        tree = item["params"].get("tree", -1)
        if item["kind"] in ("qualified_legs", "volume_legs") and tree >= 0:
            found = plan["trees"][tree]
            most = 2 if found["kind"] == "binary" else found["width"]
    elif condition["bonus"] >= 0:
        params = plan["bonuses"][condition["bonus"]]["params"]
        caps = [params.get(name, 0) for name in ("leg_cap_e4", "max_matched_e4")]
        most = min((cap for cap in caps if cap), default=0)
    if most and condition["min"] > most:
        yield warning(
            f"rank {rank['code']} asks for more than one position can have",
            "Ask for less, unless people own several positions",
            path,
            f"el rango {rank['code']} pide más de lo que una posición puede tener",
            "Pida menos, salvo que una persona tenga varias posiciones",
        )
