# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway: the group, the generation, the rate, and what the guarantee moved."""

from dataclasses import replace

import numpy as np

from ...kernel.tables import EarningTable
from ...telling import shapes
from ...telling.entitled import rank_name
from .._groups import explain as groups
from . import rule


class BreakawayTelling(groups.GroupTelling):
    def steps(self, view, found, index):
        """Generation, group and rate of one head's group."""
        bonus = view.bonus(found.bonus)
        heads = rule.heads_of(view.context, bonus)
        result = [groups.generation_step(view, bonus, heads, found)]
        if found.base_e4:
            mask = heads.group == found.source
            result.append(groups.group_step(view, bonus, found.source, mask, found.base_e4))
        result.append(_rate(view, bonus, found))
        return result

    def behind(self, view, found):
        """Return the volume rows of the group."""
        bonus = view.bonus(found.bonus)
        heads = rule.heads_of(view.context, bonus)
        if not found.base_e4:
            return np.array([-1]), np.array([1])
        pairs = rule.groups_of(view.context, bonus, heads).pairs
        back = pairs.rows_of(found.payee, found.source)
        return groups.rows_of(view, bonus, heads.group == found.source, back)

    def moved(self, view, found):
        """Return what guarantee and keep rule changed in this row, in ``scale_e4``."""
        bonus = view.bonus(found.bonus)
        key = ("breakaway alone", bonus.index)
        if key not in view.context.shared:
            alone = replace(view.context, earnings=EarningTable())
            bonus.rule.compute(alone, bonus)
            view.context.shared[key] = alone.earnings.build()
        rows = view.context.shared[key]
        same = (rows.payee == found.payee) & (rows.source == found.source)
        same &= rows.level == found.level
        return int(rows.scale_e4[same].sum())

    def moved_text(self, view, found, money):
        """Say what ``moved`` is."""
        if money > 0:
            return view.say(
                "Guarantee received from the head of the group",
            )
        params = view.bonus(found.bonus).params
        if params.keep_heads:
            return view.say(
                "The sponsor's guarantee and the rule for keeping the bonus",
            )
        return view.say("The sponsor's guarantee")

    def absence(self, view, bonus, member):
        """Why a person earned nothing in this bonus."""
        ctx, params = view.context, bonus.params
        result = groups.not_entitled(view, bonus, member)
        heads = rule.heads_of(ctx, bonus)
        if not heads.mask[member]:
            mine = rank_name(view, ctx.paying_rank[member])
            needed = rank_name(view, params.rank)
            return [
                *result,
                shapes.sentence(
                    view,
                    "rank",
                    view.say(
                        "The rank of the period is {mine}; the bonus is for {needed} and higher",
                        mine=mine,
                        needed=needed,
                    ),
                ),
            ]
        group = rule.groups_of(ctx, bonus, heads).made
        return [*result, *groups.heads_below(view, bonus, heads, member, params.rank, group)]


def _rate(view, bonus, found):
    ctx, params = view.context, bonus.params
    rate = view.percent(found.rate_e6)
    if params.mode == "flat":
        text = view.say("{rate} of generation {level}", rate=rate, level=found.level)
        return shapes.sentence(view, "rate", text, rate=view.rate(found.rate_e6))
    above = rank_name(view, ctx.paying_rank[found.payee])
    below = rank_name(view, ctx.paying_rank[found.source])
    if view.discreet:
        below = view.say("that of the head of the group")
    least = view.percent(params.min_pct_e6)
    text = view.say(
        "{rate}: difference between {above} and {below}, at least {least}",
        rate=rate,
        above=above,
        below=below,
        least=least,
    )
    return shapes.sentence(view, "rate", text, rate=view.rate(found.rate_e6))
