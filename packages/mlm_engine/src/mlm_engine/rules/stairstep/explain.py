# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep: own volume or a group, both percentages and the figures that gave them."""

import numpy as np

from ...kernel import own_percent
from ...kernel.exact import E4
from ...plan.document import unscaled
from ...telling.entitled import figure_label
from .._groups import explain as groups
from . import rule


class StairstepTelling(groups.GroupTelling):
    def steps(self, view, found, index):
        """Base and rate of the own volume or of one group below."""
        bonus, ctx = view.bonus(found.bonus), view.context
        shape = rule.shape(ctx, bonus)
        below = view.name("member", found.source)
        points = view.points(found.base_e4)
        if found.level == 0:
            base = groups.note(
                view, "base", f"Volumen propio: {points} CV", f"Own volume: {points} CV"
            )
        elif shape.aside[found.source]:
            base = groups.note(
                view,
                "base",
                f"Volumen propio de {below}, que no califica: {points} CV",
                f"Own volume of {below}, who is not entitled: {points} CV",
            )
        else:
            base = groups.group_step(view, bonus, found.source, _mask(shape, found), found.base_e4)
        return [base, _rate(view, bonus, found, shape)]

    def behind(self, view, found):
        """Return the volume rows of the own volume or of the group."""
        bonus = view.bonus(found.bonus)
        shape = rule.shape(view.context, bonus)
        if found.level == 0:
            return groups.rows_of(view, bonus, _mask(shape, found))
        back = shape.pairs.rows_of(found.payee, found.source)
        return groups.rows_of(view, bonus, _mask(shape, found), back)

    def absence(self, view, bonus, member):
        """Why a person earned nothing in this bonus."""
        ctx = view.context
        shape = rule.shape(ctx, bonus)
        group, own = (view.points(int(values[member])) for values in (shape.group, shape.own))
        return [
            *groups.not_entitled(view, bonus, member),
            _own_percent(view, bonus, member),
            groups.note(
                view,
                "group",
                f"Volumen propio {own} CV, del grupo {group} CV",
                f"Own volume {own} CV, group {group} CV",
            ),
        ]


def _mask(shape, found):
    everyone = np.arange(shape.own.size)
    if found.level == 0 or shape.aside[found.source]:
        return everyone == found.source
    return shape.forest.inside(everyone, np.full(everyone.size, found.source))


def _rate(view, bonus, found, shape):
    step = _own_percent(view, bonus, found.payee)
    if found.level and not shape.aside[found.source]:
        theirs = _own_percent(view, bonus, found.source)
        rate = view.percent(found.rate_e6)
        step["text"] = f"{step['text']} - {theirs['text']} = {rate}"
    step["rate"] = view.rate(found.rate_e6)
    return step


def _own_percent(view, bonus, member):
    ctx, condition = view.context, bonus.params.measure
    figure = int(own_percent.figure_e4(ctx, condition)[member])
    rate = int(rule.percent(ctx, bonus)[member])
    name, pct = view.name("member", member), view.percent(rate)
    label = figure_label(view, condition)
    shown = view.number(unscaled(figure, E4))
    return groups.note(
        view,
        "rate",
        f"{pct} de {name} ({label}: {shown})",
        f"{pct} of {name} ({label}: {shown})",
        figure=unscaled(figure, E4),
    )
