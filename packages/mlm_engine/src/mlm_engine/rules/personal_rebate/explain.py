# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Personal rebate: own volume, the measure of the steps, the percentage reached."""

import numpy as np

from ...kernel import own_percent
from ...kernel.exact import E4
from ...kernel.row_filter import base_of
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import entitled, plain, shapes
from ...telling.codes import figure_text
from ...telling.rule import Telling
from .rule import counted, volume

_OWN = _("Own volume")


class PersonalRebateTelling(Telling):
    origin = _("Your own purchases")

    def steps(self, view, found, index):
        """Volume, what is above, and the step."""
        bonus = view.bonus(found.bonus)
        return [
            _base(view, bonus, found),
            _step(view, bonus, found),
            *plain.fx_step(view, found),
            *plain.less_step(view, found),
        ]

    def behind(self, view, found):
        """Return the own rows and their volume."""
        bonus = view.bonus(found.bonus)
        mine = counted(view.context, bonus) & (view.snapshot.row_member == found.payee)
        row = np.flatnonzero(mine)
        weight = base_of(view.context, bonus)[row]
        return row[weight != 0], weight[weight != 0]

    def absence(self, view, bonus, member):
        """Why somebody has no rebate: may not earn, no volume, no step."""
        blocked = entitled.why_not(view, bonus, member)
        if blocked:
            return [blocked]
        params = bonus.params
        own = int(volume(view.context, bonus)[member])
        if own <= params.above_e4:
            shown, above = view.points(own), view.points(params.above_e4)
            text = view.say(
                "Own volume {shown}; what is above {above} pays",
                shown=shown,
                above=above,
            )
            return [shapes.sentence(view, "volume", text, _OWN)]
        reached = view.points(int(own_percent.figure_e4(view.context, params.measure)[member]))
        least = next((row[0] for row in params.steps if row[1]), 0)
        text = view.say(
            "{params}: {reached} of {least}",
            params=_measure(view, params),
            reached=reached,
            least=view.points(least),
        )
        return [shapes.sentence(view, "steps", text, _("The steps"))]


def _base(view, bonus, found):
    params, unit = bonus.params, bonus.params.base.upper()
    own = view.points(int(volume(view.context, bonus)[found.payee]))
    text = view.say("Own volume: {own} {unit}", own=own, unit=unit)
    if params.above_e4:
        above, base = view.points(params.above_e4), view.points(found.base_e4)
        text += view.say(", less {above} = {base}", above=above, base=base)
    return shapes.sentence(view, "base", text, _OWN, base=unscaled(found.base_e4, E4))


def _step(view, bonus, found):
    reached = int(own_percent.figure_e4(view.context, bonus.params.measure)[found.payee])
    shown, name = view.points(reached), _measure(view, bonus.params)
    text = f"{view.percent(found.rate_e6)}: {name} {shown}"
    figures = {"rate": view.rate(found.rate_e6), "reached": unscaled(reached, E4)}
    return shapes.sentence(view, "rate", text, **figures)


def _measure(view, params):
    condition = params.measure
    if condition is None:
        return view.say("group PV")
    if condition["kind"] == "measure":
        return view.label(view.plan["measures"][condition["index"]]["name"])
    return figure_text(condition["measure"], view.lang)
