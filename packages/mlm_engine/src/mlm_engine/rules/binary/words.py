# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary, for people."""

from ...kernel.text import _
from ...telling.examples import exact, shown
from ...telling.language import tell
from ...telling.rule_words import Words


class BinaryWords(Words):
    summary = _("Pays on the volume matched in both legs, by percentage or by cycles.")
    phrases = {
        "step_cv": _("The weaker leg pays in steps of {}"),
        "min_cv": _("The weaker leg pays from {} on"),
        "active_each_side": _("Active personally sponsored people needed in each leg: {}"),
        "unqualified": _("Points of somebody active who does not qualify: {}"),
        "inactive": _("Points of somebody inactive: {}"),
        "own_excess_above_pv": _("Own PV above {} feeds the weaker leg"),
        "mode": _("How it pays: {}"),
        "cycle_left": _("A cycle takes {} of one side"),
        "cycle_right": _("A cycle takes {} of the other side"),
        "cycle_amount": _("A cycle is worth {}"),
        "expire_after": _("Points of somebody inactive expire after {}"),
        "after_pay": _("After pay: {}"),
        "pays_on": _("It pays on: {}"),
        "leg_cap": _("A leg counts up to {}"),
        "max_matched": _("At most {} are paid"),
        "over_cap": _("What matches above that: {}"),
        "carry_cap": _("At most {} carry over on a leg"),
        "pay_cap": _("Each position gets at most {}"),
        "fixed_pct": _("The fixed percentage is {}"),
        "pct_from": _("The percentage is the highest of: {}"),
    }

    def earned(self, params, plan, lang):
        """How the binary is earned."""
        cycles = params.get("mode", "percentage") != "percentage"
        legs = _(
            "Everybody has two legs in the placement tree. The volume (CV) of the sales below "
            "adds up in the leg where they happen, together with what is left over from earlier "
            "periods."
        )
        paid = (
            _("It pays by full cycles, each of which uses up its points on both sides.")
            if cycles
            else _("The weaker leg is paid, and what is paid comes off both legs.")
        )
        return [f"{tell(legs, lang)} {tell(paid, lang)}"]

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
        text = _(
            "With {left} CV in one leg and {right} in the other, {paid} CV are paid: at {pct} %, "
            "{amount} {money}. {rest} and {over} CV carry over to the next period.",
            left=left,
            right=right,
            paid=paid,
            pct=pct,
            amount=amount,
            money=money,
            rest=rest,
            over=over,
        )
        return [tell(text, lang)]

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
        text = _(
            "A cycle takes {one} CV of one side and {other} CV of the other, and is worth {each} "
            "{money}. {left} and {right} CV make {count} cycles: {paid} {money}.",
            one=one,
            other=other,
            each=each,
            money=money,
            left=left,
            right=right,
            count=count,
            paid=paid,
        )
        return [tell(text, lang)]
