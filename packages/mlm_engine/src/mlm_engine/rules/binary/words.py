# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary, for people."""

from ...telling.examples import exact, shown
from ...telling.rule_words import Words


class BinaryWords(Words):
    summary = {
        "es": "Paga el volumen que se completa en las dos piernas, por porcentaje o por ciclos.",
        "en": "Pays on the volume that both legs have in common, by percentage or by cycles.",
    }
    phrases = {
        "step_cv": ("La pierna menor paga en pasos de {}", "The lesser leg pays in steps of {}"),
        "min_cv": (
            "La pierna menor paga desde {}",
            "The lesser leg pays from {} on",
        ),
        "active_each_side": (
            "Directos activos que hacen falta en cada pierna: {}",
            "Active personally sponsored people needed in each leg: {}",
        ),
        "unqualified": (
            "Los puntos de quien está activo y no califica: {}",
            "Points of somebody active who does not qualify: {}",
        ),
        "inactive": (
            "Los puntos de quien está inactivo: {}",
            "Points of somebody inactive: {}",
        ),
        "own_excess_above_pv": (
            "El PV propio que pasa de {} alimenta la pierna menor",
            "Own PV above {} feeds the lesser leg",
        ),
        "mode": ("Forma de pago: {}", "How it pays: {}"),
        "cycle_left": ("Un ciclo toma {} de un lado", "A cycle takes {} of one side"),
        "cycle_right": ("Un ciclo toma {} del otro lado", "A cycle takes {} of the other side"),
        "cycle_amount": ("Un ciclo vale {}", "A cycle is worth {}"),
        "expire_after": (
            "Los puntos de un inactivo vencen tras {}",
            "Points of somebody inactive expire after {}",
        ),
        "after_pay": ("Después del pago: {}", "After pay: {}"),
        "pays_on": ("Se paga sobre: {}", "It pays on: {}"),
        "leg_cap": ("Una pierna cuenta hasta {}", "A leg counts up to {}"),
        "max_matched": ("Se pagan a lo sumo {}", "At most {} are paid"),
        "over_cap": (
            "Lo que se empareja por encima de ese máximo: {}",
            "What matched above that: {}",
        ),
        "carry_cap": ("Pasan a lo sumo {} por pierna", "At most {} are carried on a leg"),
        "pay_cap": (
            "Cada posición recibe a lo sumo {}",
            "Each position gets at most {}",
        ),
        "fixed_pct": ("El porcentaje fijo es {}", "The fixed percentage is {}"),
        "pct_from": (
            "El porcentaje es el mayor entre: {}",
            "The percentage is the highest of: {}",
        ),
    }

    def earned(self, params, plan, lang):
        """How the binary is earned."""
        cycles = params.get("mode", "percentage") != "percentage"
        if lang == "es":
            paid = (
                "Se paga por ciclos completos: cada uno usa sus puntos de los dos lados"
                if cycles
                else "Se paga sobre la pierna menor; lo que se paga sale de las dos"
            )
            return [
                "Cada persona tiene dos piernas en el árbol de colocación. El volumen (CV) de las "
                "ventas de abajo se suma en la pierna donde ocurre, y el de los períodos anteriores "
                f"que quedó sin usar. {paid}."
            ]
        paid = (
            "It pays by full cycles, each of which uses up its points on both sides"
            if cycles
            else "The lesser leg is paid, and what is paid leaves both"
        )
        return [
            "Everybody has two legs in the placement tree. The volume (CV) of the sales below adds "
            f"up in the leg where it happens, with what is left over from the periods before. {paid}."
        ]

    def worked(self, params, plan, lang):
        """Legs of a little over three steps, with the lowest percentage of the ranks."""
        if params.get("mode", "percentage") != "percentage":
            return self._cycles(params, plan, lang)
        step = exact(params.get("step_cv") or 1)
        lesser, greater = step * 3 + step * 56 / 100, step * 20
        matched = lesser // step * step
        rates = [exact(rank.get("pct", 0)) for rank in plan.get("ranks") or []]
        rates += [exact(package.get("pct", 0)) for package in plan.get("packages") or []]
        rate = min((one for one in rates if one), default=exact(params.get("fixed_pct") or 0))
        money = plan["currency"]["base"]
        left, right, paid, rest, over, pct, amount = (
            shown(one, lang)
            for one in (
                lesser,
                greater,
                matched,
                lesser - matched,
                greater - matched,
                rate,
                matched * rate / 100,
            )
        )
        if lang == "es":
            return [
                f"Con {left} CV en una pierna y {right} en la otra se pagan {paid} CV: al {pct} %, "
                f"{amount} {money}. Pasan {rest} y {over} CV al período siguiente."
            ]
        return [
            f"With {left} CV in one leg and {right} in the other, {paid} CV are paid: at {pct} %, "
            f"{amount} {money}. {rest} and {over} CV go on to the next period."
        ]

    def _cycles(self, params, plan, lang):
        """Legs that hold three cycles and a half, the sides as the plan writes them."""
        sizes = [exact(params.get(f"cycle_{side}") or 0) for side in ("left", "right")]
        money, count = plan["currency"]["base"], 3
        worth = exact(params.get("cycle_amount") or 0)
        if not (all(sizes) and worth) or exact(params.get("max_matched") or 0):
            return []
        one, other, left, right, each, paid = (
            shown(value, lang)
            for value in (*sizes, *(size * 7 / 2 for size in sizes), worth, worth * count)
        )
        if lang == "es":
            return [
                f"Un ciclo toma {one} CV de un lado y {other} CV del otro, y vale {each} {money}. Con "
                f"{left} y {right} CV caben {count} ciclos: {paid} {money}."
            ]
        return [
            f"A cycle takes {one} CV of one side and {other} CV of the other, and is worth {each} "
            f"{money}. {left} and {right} CV hold {count} cycles: {paid} {money}."
        ]
