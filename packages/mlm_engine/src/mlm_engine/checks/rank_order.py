# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks that do not rise: a higher one asks for no more than a lower one, or pays less."""

from ..plan.finding import error, warning


def check(plan):
    """Return the ranks that nobody stays at, and leasts and percentages that fall."""
    found, ranks = [], plan["ranks"]
    for index in range(1, len(ranks)):
        path, below, rank = ("ranks", index), ranks[index - 1], ranks[index]
        names = rank["code"], below["code"]
        if not rank["requires"]:
            found.append(
                error(
                    f"rank {names[0]} asks for nothing: everybody holds it",
                    "Give it conditions",
                    (*path, "requires"),
                    f"el rango {names[0]} no pide nada: todos lo tendrían",
                    "Agréguele condiciones",
                )
            )
            continue
        if index > 1 and _implied(below["requires"], rank["requires"]):
            found.append(
                error(
                    f"whoever reaches {names[1]} reaches {names[0]}, too: nobody is ever {names[1]}",
                    f"Ask for more in {names[0]}",
                    (*path, "requires"),
                    f"quien alcanza {names[1]} alcanza también {names[0]}: nadie queda en {names[1]}",
                    f"Pida más en {names[0]}",
                )
            )
        elif _less(below["requires"], rank["requires"]):
            found.append(
                warning(
                    f"rank {names[0]} asks for less of a measure than {names[1]} below it",
                    "Check the leasts",
                    (*path, "requires"),
                    f"el rango {names[0]} pide menos de una medida que {names[1]}, más abajo",
                    "Revise los mínimos",
                )
            )
        if rank["rate_e6"] < below["rate_e6"]:
            found.append(
                warning(
                    f"rank {names[0]} pays a lower percentage than {names[1]}",
                    "Check the percentages",
                    (*path, "pct"),
                    f"el rango {names[0]} paga un porcentaje menor que {names[1]}",
                    "Revise los porcentajes",
                )
            )
    return found


def _implied(below, above):
    """Whether all that the higher rank asks is asked by the lower one, as much or more."""
    return all(any(_as_much(lower, one) for lower in below) for one in above)


def _as_much(lower, one):
    if _figure(lower) is None or _figure(one) is None:
        return lower == one
    return _figure(lower) == _figure(one) and lower["min"] >= one["min"]


def _less(below, above):
    return any(
        _figure(lower) is not None and _figure(lower) == _figure(one) and lower["min"] > one["min"]
        for lower in below
        for one in above
    )


def _figure(condition):
    """What a condition measures, ``None`` for one without a least."""
    if condition["kind"] == "measure":
        return "measure", condition["index"]
    if condition["kind"] == "figure":
        return "figure", condition["bonus"], condition["measure"]
    return None
