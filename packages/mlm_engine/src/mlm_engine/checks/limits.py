# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps, company cap and guaranteed minimum that do not make sense."""

from ..kernel.exact import E6
from ..plan.finding import error, warning


def check(plan):
    """Return what contradicts in ``caps`` and ``payout``."""
    return [*_caps(plan), *_payout(plan)]


def _caps(plan):
    for index, cap in enumerate(plan["caps"]):
        path = ("caps", index)
        if cap["amount_e4"] and cap["by_rank_e4"]:
            yield warning(
                "the cap by rank counts, the amount does not",
                "Keep one of them",
                (*path, "amount"),
                "cuenta el tope por rango, no el tope por persona",
                "Deje uno de los dos",
            )
        named = [value for value in cap["by_rank_e4"] or () if value is not None]
        if named != sorted(named):
            yield warning(
                "a higher rank has a lower cap",
                "Check the order of the amounts",
                (*path, "by_rank"),
                "un rango más alto tiene un tope menor",
                "Revise el orden de los valores",
            )
        kinds = {plan["bonuses"][bonus]["period"] for bonus in cap["bonuses"]}
        if len(kinds) > 1:
            shown = ", ".join(sorted(kinds))
            yield warning(
                f"bonuses of several kinds of period ({shown}): each run is capped by itself",
                "Make one cap per kind of period",
                (*path, "bonuses"),
                f"bonos de varios períodos ({shown}): cada liquidación se topa por aparte",
                "Haga un tope por cada período",
            )


def _payout(plan):
    rule = plan["payout"]
    cap, floor = rule["cap_pct_e6"], rule["floor_pct_e6"]
    if cap > E6:
        yield warning(
            "a company cap above 100 % of the volume protects nothing",
            "Lower it",
            ("payout", "cap_pct"),
            "un tope de la compañía mayor del 100 % del volumen no protege nada",
            "Bájelo",
        )
    if cap and floor > cap:
        yield error(
            "the guaranteed minimum is above the company cap",
            "Lower the minimum or raise the cap",
            ("payout", "floor_pct"),
            "el mínimo garantizado es mayor que el tope de la compañía",
            "Baje el mínimo o suba el tope",
        )
    if floor and rule["floor_bonus"] < 0:
        yield error(
            "no bonus makes up the guaranteed minimum",
            "Give `floor_bonus: CODE`",
            ("payout", "floor_bonus"),
            "ningún bono completa el mínimo garantizado",
            "Elija el bono que lo completa",
        )
    included = rule["bonuses"]
    if floor and included and rule["floor_bonus"] >= 0 and rule["floor_bonus"] not in included:
        yield warning(
            "the bonus that makes up the minimum does not count in it",
            "Add it to the bonuses included",
            ("payout", "floor_bonus"),
            "el bono que completa el mínimo no cuenta en él",
            "Agréguelo a los bonos incluidos",
        )
    if cap and rule["mode"] == "protect_ranks" and rule["protect_from"] < 0:
        yield error(
            "which ranks are protected?",
            "Give `protect_from: RANK`",
            ("payout", "protect_from"),
            "¿qué rangos se protegen?",
            "Elija desde qué rango",
        )
