# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Package bonus, for people."""

from ...telling.examples import exact, shown
from ...telling.rule_words import Words


class PackageBonusWords(Words):
    summary = {
        "es": "Un valor fijo por cada paquete comprado en la línea de patrocinio, por generación.",
        "en": "A fixed amount for each package bought in the line of sponsors, by generation.",
    }
    phrases = {
        "active_only": ("Solo se paga a quien está activo: {}", "Only active people are paid: {}"),
    }

    def worked(self, params, plan, lang):
        """The lowest and the highest package of the plan's own table."""
        table = {code: row for code, row in (params.get("amounts") or {}).items() if any(row)}
        if len(table) < 2:
            return super().worked(params, plan, lang)
        rows = list(table.items())
        (low, least), (high, most) = rows[0], rows[-1]
        money = plan["currency"]["base"]
        paid = min(exact(least[0]), exact(most[0]))
        missed = exact(most[0]) - paid
        numbers = [f"{shown(one, lang)} {money}" for one in (paid, missed)]
        if lang == "es":
            return [
                f"Usted tiene {low} y su patrocinado compra {high}: la primera generación paga el "
                f"menor de los dos valores, {numbers[0]}. Con {high} propio recibiría "
                f"{numbers[1]} más."
            ]
        return [
            f"You hold {low} and somebody you sponsor buys {high}: the first generation pays the "
            f"lesser of both amounts, {numbers[0]}. Holding {high} yourself you would get "
            f"{numbers[1]} more."
        ]
