# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What rules on groups say in the same way: the group, its volume, who is between."""

import numpy as np

from ...kernel import returned, row_filter
from ...kernel.exact import allocate
from ...telling import entitled
from ...telling.entitled import rank_name, why_not
from ...telling.rule import Telling


class GroupTelling(Telling):
    """Rules that pay on the volume of groups."""

    def on_sale(self, view, bonus, member, row):
        """Say what part of somebody's amounts of the period a sale stands for."""
        rows = view.result.earnings
        money, heads = 0, []
        for index in np.flatnonzero((rows.payee == member) & (rows.bonus == bonus.index)):
            found = view.earning(index)
            sales, weight = self.behind(view, found)
            here = np.flatnonzero(sales == row)
            if here.size:
                money += int(allocate(found.amount_e4, weight, sales)[here[0]])
                heads.append(view.name("member", found.source))
        if not heads:
            return entitled.clause(view, bonus, member) or view.say(
                "la venta no está en un volumen que le pague", "the sale is in no volume that pays"
            )
        shown = view.number(view.money(money))
        where = ", ".join(dict.fromkeys(heads))
        return view.say(
            f"la venta cuenta en el volumen de {where}; le corresponden {shown} de lo del período",
            f"the sale counts in the volume of {where}; its part of the period's amount is {shown}",
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
    people = int(np.count_nonzero(mask)) - int(mask[head])
    name, total = view.name("member", head), view.points(base_e4)
    below = view.points(base_e4 - own)
    return {
        "step": "base",
        "text": view.say(
            f"Grupo de {name}: {total} CV = {view.points(own)} propio + {below} de {people} "
            "personas debajo",
            f"Group of {name}: {total} CV = {view.points(own)} own + {below} of {people} "
            "people below",
        ),
        "head": int(head),
        "own": view.points(own),
        "below": below,
        "people": people,
    }


def generation_step(view, bonus, heads, found):
    """Say which generation the head is and who stands between."""
    between = heads.between(found.source, found.payee)
    path = [found.source, *between, found.payee]
    hidden = {node for node in between if view.discreet}
    names = " → ".join(
        view.say("otro líder", "another leader")
        if node in hidden
        else f"{view.name('member', node)} ({rank_name(view, view.context.paying_rank[node])})"
        for node in path
    )
    return {
        "step": "path",
        "text": view.say(f"Generación {found.level}: ", f"Generation {found.level}: ") + names,
        "generation": found.level,
        "path": [int(node) for node in path if node not in hidden],
    }


def not_entitled(view, bonus, member):
    """Return the step why somebody may not earn, in a list; empty when it may."""
    step = why_not(view, bonus, member)
    return [step] if step else []


def note(view, step, spanish, english, **figures):
    """Return one plain step."""
    return {"step": step, "text": view.say(spanish, english), **figures}


def heads_below(view, bonus, heads, member, rank, group_e4):
    """Say that nobody of the rank is below, or what the nearest groups made."""
    if not heads.below[member]:
        name = rank_name(view, rank)
        return [
            note(
                view,
                "heads",
                f"No tiene debajo a nadie de rango {name}",
                f"Nobody of rank {name} is below",
            )
        ]
    first = np.flatnonzero((heads.above == member) & heads.mask)
    return [
        note(
            view,
            "group",
            f"El grupo de {view.name('member', head)} hizo {view.points(int(group_e4[head]))} CV",
            f"The group of {view.name('member', head)} made {view.points(int(group_e4[head]))} CV",
        )
        for head in first[:10]
    ]
