# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Equal rank: the group, the generation of equals, the rate."""

import numpy as np

from ...kernel import row_filter
from ...telling import shapes
from ...telling.entitled import rank_name
from .._groups import explain as groups
from .._groups.heads import groups as volumes
from . import rule


class EqualRankTelling(groups.GroupTelling):
    def steps(self, view, found, index):
        """Generation, group and rate of one equal's group."""
        bonus, heads = _heads(view, found)
        rate = view.percent(found.rate_e6)
        return [
            groups.generation_step(view, bonus, heads, found),
            groups.group_step(
                view, bonus, found.source, heads.group == found.source, found.base_e4
            ),
            shapes.sentence(
                view,
                "rate",
                view.say("{rate} of generation {level}", rate=rate, level=found.level),
                rate=view.rate(found.rate_e6),
            ),
        ]

    def behind(self, view, found):
        """Return the volume rows of the group."""
        bonus, heads = _heads(view, found)
        back = _groups(view, bonus, heads).pairs.rows_of(found.payee, found.source)
        return groups.rows_of(view, bonus, heads.group == found.source, back)

    def absence(self, view, bonus, member):
        """Why a person earned nothing in this bonus."""
        ctx = view.context
        result = groups.not_entitled(view, bonus, member)
        rank = int(ctx.paying_rank[member])
        if rank < bonus.params.rank:
            mine, needed = rank_name(view, rank), rank_name(view, bonus.params.rank)
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
        heads = rule.heads_of(ctx, rank)
        group = _groups(view, bonus, heads).made
        return [*result, *groups.heads_below(view, bonus, heads, member, rank, group)]


def _groups(view, bonus, heads):
    return volumes(view.context, heads, row_filter.row_volume(view.context, bonus))


def _heads(view, found):
    bonus = view.bonus(found.bonus)
    rank = int(np.asarray(view.context.paying_rank)[found.payee])
    return bonus, rule.heads_of(view.context, rank)
