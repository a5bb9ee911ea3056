# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What rules on groups say in the same way: the group, its volume, who is between."""

import numpy as np

from ...kernel import returned, row_filter
from ...kernel.exact import E4, allocate
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import entitled, shapes
from ...telling.entitled import rank_name, why_not
from ...telling.rule import Telling


class GroupTelling(Telling):
    """Rules that pay on the volume of groups."""

    level = _("generation")

    def on_sale(self, view, bonus, member, row):
        """Say what part of somebody's amounts of the period a sale stands for."""
        money, heads = 0, []
        for index in view.rows.of_payee(member, bonus.index):
            found = view.earning(index)
            sales, weight = self.behind(view, found)
            here = np.flatnonzero(sales == row)
            if here.size:
                money += int(allocate(found.amount_e4, weight, sales)[here[0]])
                heads.append(view.name("member", found.source))
        if not heads:
            return entitled.clause(view, bonus, member) or view.say(
                "the sale is in no volume that pays"
            )
        shown = view.number(view.money(money, member))
        where = ", ".join(dict.fromkeys(heads))
        return view.say(
            "the sale counts in the volume of {where}; its part of the period's amount is {shown}",
            where=where,
            shown=shown,
        )


def rows_of(view, bonus, mask, back=None):
    """Return ``(row, weight_e4)`` of the summed rows credited to members of ``mask``.

    ``back``: the returned rows that stand in this volume because their sale did; those of
    ``mask`` whose sale stood elsewhere are left out.
    """
    data = view.snapshot
    counted = row_filter.summed(view.context, bonus) & (data.row_member >= 0)
    chosen = mask[data.row_member]
    if back is not None:
        chosen[returned.of_sponsors(view.context).rows] = False
        chosen[back] = True
    row = np.flatnonzero(counted & chosen)
    row = row[data.row_cv_e4[row] != 0]
    return row, data.row_cv_e4[row]


def group_step(view, bonus, head, mask, base_e4):
    """Say whose group it is and what its volume is made of."""
    own = int(row_filter.own_volume(view.context, bonus)[head])
    people = view.how_many(
        int(np.count_nonzero(mask)) - int(mask[head]),
        "{count} person below",
        "{count} people below",
    )
    name, total = view.name("member", head), view.points(base_e4)
    below = view.points(base_e4 - own)
    group = shapes.figure(view, _("group of {name}", name=name), unscaled(base_e4, E4), "CV")
    title = _("The volume of the group")
    if view.discreet:  # what somebody else bought is theirs
        text = view.say("Group of {name}: {total} CV", name=name, total=total)
        return shapes.amounts(view, "base", text, [group], title)
    text = view.say(
        "Group of {name}: {total} CV = {own} own + {below} of {people}",
        name=name,
        total=total,
        own=view.points(own),
        below=below,
        people=people,
    )
    mine = shapes.figure(view, _("of {name}", name=name), unscaled(own, E4), "CV")
    others = shapes.figure(
        view,
        _("of {people}", people=people),
        unscaled(base_e4 - own, E4),
        "CV",
    )
    return shapes.formula(
        view, "base", text, [("", mine), ("+", others), ("=", group)], title=title, head=int(head)
    )


def generation_step(view, bonus, heads, found):
    """Say which generation the head is and who stands between."""
    between = heads.between(found.source, found.payee)
    people = [
        _leader(view, found, level, int(node))
        for level, node in enumerate((found.source, *between, found.payee))
    ]
    names = " → ".join(
        f"{one['name']} ({one['reason_text']})" if one["reason_text"] else one["name"]
        for one in people
    )
    text = view.say("Generation {level}: {names}", level=found.level, names=names)
    return shapes.path(view, "path", text, people, view.level_name(found.bonus))


def _leader(view, found, level, node):
    """One leader on the way from the head of a group up to the payee, with the rank; of
    others a discreet reader gets the name at most."""
    here = node == found.payee
    paid = here and found.amount_e4 > 0
    told = {"level": level, "name": view.name("member", node), "here": here}
    told["reason"] = "paid" if paid else "passed"
    if view.discreet and not here:
        if node != found.source:
            told["name"] = view.say("another leader")
        return {**told, "reason_text": ""}
    rank = rank_name(view, view.context.paying_rank[node])
    return {**told, "reason_text": rank, "member": node}


def not_entitled(view, bonus, member):
    """Return the step why somebody may not earn, in a list; empty when it may."""
    step = why_not(view, bonus, member)
    return [step] if step else []


def heads_below(view, bonus, heads, member, rank, group_e4):
    """Say that nobody of the rank is below, or what the nearest groups made."""
    title = _("The leaders below")
    if not heads.below[member]:
        name = rank_name(view, rank)
        return [
            shapes.sentence(
                view,
                "heads",
                view.say("Nobody of rank {name} is below", name=name),
                title,
            )
        ]
    if view.discreet:
        return [
            shapes.sentence(
                view,
                "group",
                view.say("The groups of the leaders below do not reach the volume that pays"),
                title,
            )
        ]
    first = np.flatnonzero((heads.above == member) & heads.mask)
    return [
        shapes.sentence(
            view,
            "group",
            view.say(
                "The group of {head} produced {points} CV",
                head=view.name("member", head),
                points=view.points(int(group_e4[head])),
            ),
            title,
        )
        for head in first[:10]
    ]
