# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Awards: the conditions, how long they held, what was had before."""

from ...kernel import state
from ...kernel.codes import Measure
from ...kernel.text import _
from ...telling import shapes
from ...telling.entitled import conditions_of
from ...telling.language import tell
from ...telling.rule import Telling, currency_of
from .._groups import explain as groups
from . import rule
from .rule import KINDS

_HAD = _("Already received")


class AwardTelling(Telling):
    level = _("award")
    origin = _("An award that you reached")

    def base_unit(self, plan, item):
        """Money: an award has a value."""
        return currency_of(plan, item)

    def steps(self, view, found, index):
        """Name of the award, its conditions, its value."""
        bonus = view.bonus(found.bonus)
        award = bonus.params.awards[found.level - 1]
        kind = tell(KINDS[award["kind"]], view.lang)
        return [
            shapes.sentence(
                view,
                "source",
                view.say("{label} ({lower})", label=view.label(award["name"]), lower=kind.lower()),
                _("The award"),
                award=award["code"],
                kind=award["kind"],
            ),
            *_award(view, bonus, found.level - 1, found.payee),
        ]

    def absence(self, view, bonus, member):
        """Which conditions of each award are missing, or that it was had."""
        result = groups.not_entitled(view, bonus, member)
        had = int(state.before(view.context, bonus, Measure.AWARDED)[member])
        for place, award in enumerate(bonus.params.awards):
            name = view.label(award["name"])
            if had >> place & 1 and rule.wanted(bonus.params, place)[1]:
                result.append(
                    shapes.sentence(
                        view, "had", view.say("{name}: already received", name=name), _HAD
                    )
                )
                continue
            for step in _award(view, bonus, place, member):
                result.append({**step, "text": f"{name}: {step['text']}"})
        return result


def _award(view, bonus, place, member):
    award, params = bonus.params.awards[place], bonus.params
    found = conditions_of(view, award["requires"], member)
    text = "; ".join(one["text"] for one in found)
    result = [shapes.conditions(view, "conditions", text, found)]
    in_a_row, _once = rule.wanted(params, place)
    if in_a_row > 1:
        reached = int(rule.streaks(view.context, bonus, place)[member])
        result.append(
            shapes.sentence(
                view,
                "streak",
                view.say(
                    "Met in {reached} of {in_a_row} periods in a row",
                    reached=reached,
                    in_a_row=in_a_row,
                ),
                _("Periods in a row"),
                reached=reached,
                required=in_a_row,
            )
        )
    return result
