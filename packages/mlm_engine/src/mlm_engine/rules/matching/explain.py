# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Matching: what the person below earned, the line up, the generation and its rate."""

from ...kernel import own_percent
from ...kernel.codes import RateSource
from ...kernel.exact import E4
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import line, plain, shapes
from ...telling.rule import OfMoney
from .._by_level.explain import ByLevelTelling


class MatchingTelling(OfMoney, ByLevelTelling):
    level = _("generation")
    by_sale = False
    origin = _("What somebody in your network earned")

    def currency(self, view, found):
        """What was earned is money of the company of whoever earned it."""
        return view.currency(found.source)

    def steps(self, view, found, index):
        """Source, what was matched, path, level and rate."""
        return [
            *plain.source_step(view, found),
            _matched(view, found),
            *self.passed_up_step(view, found),
            line.step(view, found, self.told),
            *self.level_step(view, found),
            plain.rate_step(view, found),
            *plain.fx_step(view, found),
            *self.less_step(view, found),
            *_tier_step(view, found),
        ]


def _tier_step(view, found):
    """Why the own PV gives a part of the rate only, as a list of no or one step."""
    if found.rate_source != RateSource.PV_TIER:  # a cap may have taken more: another reason
        return []
    ctx, tiers = view.context, view.bonus(found.bonus).params.tiers
    own = ctx.activity.own_pv_e4[found.payee]
    share, shown = int(own_percent.by_steps(tiers, own)), view.points(int(own))
    text = view.say(
        "{shown} own PV gives {share} of it",
        shown=shown,
        share=view.percent(share),
    )
    return [shapes.sentence(view, "less", text)]


def _matched(view, found):
    """What the source earned in each bonus that is matched."""
    data, parts = view.snapshot, []
    for index in view.bonus(found.bonus).params.bonuses:
        before = (data.earned_member == found.source) & (data.earned_bonus == index)
        total = view.rows.paid(found.source, index) + int(data.earned_amount_e4[before].sum())
        if total:
            name = view.label(view.plan["bonuses"][index]["name"])
            parts.append((name, total))
    shown = " + ".join(f"{name} {view.told_money(total, found.source)}" for name, total in parts)
    base, who = view.told_money(found.base_e4, found.source), view.name("member", found.source)
    if len(parts) > 1:
        shown += f" = {base}"
    if view.discreet:  # which bonuses somebody else earned is theirs
        shown, parts = base, []
    unit, source = view.unit(found), found.source
    rows = [shapes.figure(view, name, view.money(total, source), unit) for name, total in parts]
    if len(rows) != 1:
        money = view.money(found.base_e4, source)
        rows.append(shapes.figure(view, _("{who} earned", who=who), money, unit))
    text = view.say("{who} earned {shown}", who=who, shown=shown)
    return shapes.amounts(view, "base", text, rows, base=unscaled(found.base_e4, E4))
