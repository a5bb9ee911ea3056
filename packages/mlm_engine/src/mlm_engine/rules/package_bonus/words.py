# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Package bonus, for people."""

from ...kernel.text import _
from ...telling.examples import exact, shown
from ...telling.language import tell
from ...telling.rule_words import Words


class PackageBonusWords(Words):
    summary = _("A fixed amount for each package bought in the sponsor line, by generation.")
    phrases = {
        "active_only": _("Only active people are paid: {}"),
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
        text = _(
            "You hold {low} and somebody you sponsor buys {high}: the first generation pays the "
            "lower of the two amounts, {paid} {money}. If you held {high} yourself, you would "
            "earn {missed} {money} more.",
            low=low,
            high=high,
            paid=shown(paid, lang),
            missed=shown(missed, lang),
            money=money,
        )
        return [tell(text, lang)]
