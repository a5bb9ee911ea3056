# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps, company cap and guaranteed minimum that do not make sense."""

from ..exact import E6
from .finding import error, warning


def check(plan):
    """Return what contradicts in ``caps`` and ``payout``."""
    return [*_caps(plan), *_payout(plan)]


def _caps(plan):
    for index, cap in enumerate(plan["caps"]):
        path = ("caps", index)
        if cap["amount_e4"] and cap["by_rank_e4"]:
            yield warning(
                (*path, "amount"),
                "the cap by rank counts, the amount does not",
                "cuenta el tope por rango, no el tope por persona",
                "Keep one of them",
                "Deje uno de los dos",
            )
        named = [value for value in cap["by_rank_e4"] or () if value is not None]
        if named != sorted(named):
            yield warning(
                (*path, "by_rank"),
                "a higher rank has a lower cap",
                "un rango más alto tiene un tope menor",
                "Check the order of the amounts",
                "Revise el orden de los valores",
            )
        kinds = {plan["bonuses"][bonus]["period"] for bonus in cap["bonuses"]}
        if len(kinds) > 1:
            shown = ", ".join(sorted(kinds))
            yield warning(
                (*path, "bonuses"),
                f"bonuses of several kinds of period ({shown}): each run is capped by itself",
                f"bonos de varios períodos ({shown}): cada liquidación se topa por aparte",
                "Make one cap per kind of period",
                "Haga un tope por cada período",
            )


def _payout(plan):
    rule = plan["payout"]
    cap, floor = rule["cap_pct_e6"], rule["floor_pct_e6"]
    if cap > E6:
        yield warning(
            ("payout", "cap_pct"),
            "a company cap above 100 % of the volume protects nothing",
            "un tope de la compañía mayor del 100 % del volumen no protege nada",
            "Lower it",
            "Bájelo",
        )
    if cap and floor > cap:
        yield error(
            ("payout", "floor_pct"),
            "the guaranteed minimum is above the company cap",
            "el mínimo garantizado es mayor que el tope de la compañía",
            "Lower the minimum or raise the cap",
            "Baje el mínimo o suba el tope",
        )
    if floor and rule["floor_bonus"] < 0:
        yield error(
            ("payout", "floor_bonus"),
            "no bonus makes up the guaranteed minimum",
            "ningún bono completa el mínimo garantizado",
            "Give `floor_bonus: CODE`",
            "Elija el bono que lo completa",
        )
    included = rule["bonuses"]
    if floor and included and rule["floor_bonus"] >= 0 and rule["floor_bonus"] not in included:
        yield warning(
            ("payout", "floor_bonus"),
            "the bonus that makes up the minimum does not count in it",
            "el bono que completa el mínimo no cuenta en él",
            "Add it to the bonuses included",
            "Agréguelo a los bonos incluidos",
        )
    if cap and rule["mode"] == "protect_ranks" and rule["protect_from"] < 0:
        yield error(
            ("payout", "protect_from"),
            "which ranks are protected?",
            "¿qué rangos se protegen?",
            "Give `protect_from: RANK`",
            "Elija desde qué rango",
        )
