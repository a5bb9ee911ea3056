# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Stairstep: own volume or a group, both percentages and the figures that gave them."""

import numpy as np

from ...kernel import own_percent
from ...kernel.exact import E6
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import shapes
from ...telling.entitled import figure_label
from .._groups import explain as groups
from . import rule


class StairstepTelling(groups.GroupTelling):
    level = _("level")

    def steps(self, view, found, index):
        """Base and rate of the own volume or of one group below."""
        bonus, ctx = view.bonus(found.bonus), view.context
        shape = rule.shape(ctx, bonus)
        below = view.name("member", found.source)
        points = view.points(found.base_e4)
        if found.level == 0:
            base = shapes.sentence(view, "base", view.say("Own volume: {points} CV", points=points))
        elif shape.aside[found.source] and view.discreet:  # what somebody else bought is theirs
            base = shapes.sentence(view, "base", view.say("Base: {points} CV", points=points))
        elif shape.aside[found.source]:
            base = shapes.sentence(
                view,
                "base",
                view.say(
                    "Own volume of {below}, who does not qualify: {points} CV",
                    below=below,
                    points=points,
                ),
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
            shapes.sentence(
                view,
                "group",
                view.say("Own volume {own} CV, group {group} CV", own=own, group=group),
            ),
        ]


def _mask(shape, found):
    everyone = np.arange(shape.own.size)
    if found.level == 0 or shape.aside[found.source]:
        return everyone == found.source
    return shape.forest.inside(everyone, np.full(everyone.size, found.source))


def _rate(view, bonus, found, shape):
    if not found.level or shape.aside[found.source]:
        return _own_percent(view, bonus, found.payee)
    parts = [
        _share(view, bonus, found.payee),
        _share(view, bonus, found.source, told=not view.discreet),
    ]
    rate = unscaled(found.rate_e6, E6 // 100)
    text = f"{parts[0][0]} - {parts[1][0]} = {view.percent(found.rate_e6)}"
    outcome = shapes.figure(view, _("difference"), rate, "%")
    terms = [("", parts[0][1]), ("−", parts[1][1]), ("=", outcome)]
    return shapes.formula(view, "rate", text, terms)


def _own_percent(view, bonus, member):
    return shapes.sentence(view, "rate", _share(view, bonus, member)[0])


def _share(view, bonus, member, told=True):
    """Return the percentage of somebody in words, ``told`` with what gave it, and as a
    figure."""
    ctx, condition = view.context, bonus.params.measure
    rate = int(rule.percent(ctx, bonus)[member])
    name, pct = view.name("member", member), view.percent(rate)
    reached = view.points(int(own_percent.figure_e4(ctx, condition)[member]))
    why = f" ({figure_label(view, condition)}: {reached})" if told else ""
    said = _("of {name}", name=name)
    figure = shapes.figure(view, said, unscaled(rate, E6 // 100), "%")
    return f"{pct} {view.say(said)}{why}", figure
