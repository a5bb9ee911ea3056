# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number of personally sponsored people.

    n(m) = number of people whose sponsor is m: of a kind, active, new, of a rank, with
           a measure that reaches a least

Tiny example: m sponsored four distributors, three of them active, one active and of
the rank asked for: state active gives 3, with ``min_rank`` 1.
"""

from dataclasses import dataclass

import numpy as np

from ..kernel import conditions
from ..kernel.exact import E4, sum_by
from ..kernel.snapshot import KIND_CUSTOMER, KIND_DISTRIBUTOR, KIND_PREFERRED
from ..kernel.text import _
from ..plan import params as make
from ._shared import earlier
from .base import Kind

_KINDS = {
    "any": _("Of any kind"),
    "distributor": _("Distributors"),
    "preferred": _("Preferred customers"),
    "customer": _("Customers"),
}
_CODES = {
    "distributor": KIND_DISTRIBUTOR,
    "preferred": KIND_PREFERRED,
    "customer": KIND_CUSTOMER,
}
_STATES = {"any": _("All"), "active": _("Active only")}
_JOINED = {
    "any": _("At any date"),
    "period": _("In this period"),
}


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    who: str = make.choice("distributor", _KINDS, _("People"))
    state: str = make.choice("any", _STATES, _("State"))
    min_rank: int = make.ref("ranks", _("Minimum rank"))
    joined: str = make.choice("any", _JOINED, _("Joined"))
    measure: int = make.ref("measures", _("Whose measure"))
    min_e4: int = make.only(
        make.number("points", 0, _("reaches"), none=_("no minimum")),
        measure=make.GIVEN,
    )


class Sponsored(Kind):
    """See the module for the formula."""

    label = _("Personally sponsored")
    summary = _("How many people were sponsored: of a kind, active, new, with a rank.")
    volume = False
    Params = Params

    def check(self, checker, params, path, plan):
        """The measure of those people is one declared above."""
        earlier(checker, params["measure"], (*path, "measure"), path[-1], plan)

    def reads(self, params):
        return (params["measure"],) if params["measure"] >= 0 else ()

    def needs_ranks(self, params, plan):
        """Tell whether the rank of those people matters."""
        return params["min_rank"] > 0 or super().needs_ranks(params, plan)

    def demands_volume(self, params, asked, least):
        """People who are active, who have a measure that demands it, or a rank."""
        if params["state"] == "active" and asked.activity():
            return True
        if params["measure"] >= 0 and asked.measure(params["measure"], params["min_e4"]):
            return True
        return asked.rank(params["min_rank"])

    def held(self, params, reach):
        return reach.rank(params["min_rank"]) and all(map(reach.measure, self.reads(params)))

    def compute(self, ctx, params, index):
        """Return the number of such people of every member."""
        counted = np.arange(ctx.members)[_counted(ctx, params)]
        counted = counted[_reach(ctx, params, counted)]
        one = np.ones(counted.size, dtype=np.int64)
        return sum_by(ctx.snapshot.sponsor[counted], one, ctx.members)

    def start(self, ctx, params, index):
        return _Count(ctx, params)


def _counted(ctx, params):
    data = ctx.snapshot
    found = np.ones(ctx.members, dtype=bool)
    if params.who != "any":
        found &= data.member_kind == _CODES[params.who]
    if params.state == "active":
        found &= ctx.activity.active
    if params.joined == "period":
        found &= data.member_joined >= data.period_start
        found &= data.member_joined <= data.period_end
    return found


def _reach(ctx, params, members):
    """Tell of members whether their measure reaches the least."""
    if params.measure < 0:
        return np.ones(members.size, dtype=bool)
    least = params.min_e4
    if not ctx.plan["measures"][params.measure]["volume"]:
        least = -(-least // E4)  # a count reaches 1.5 when it is 2
    asked = {"kind": "measure", "index": params.measure, "min": least}
    return conditions.holds(ctx, [asked], members)


class _Count:
    """Counts people for their sponsors as their ranks are decided."""

    def __init__(self, ctx, params):
        self._ctx, self._params = ctx, params
        self._counted = _counted(ctx, params)
        self._sponsor = ctx.snapshot.sponsor
        self._found = np.zeros(ctx.members, dtype=np.int64)

    def value(self, members):
        return self._found[members]

    def decided(self, members, rank):
        counted = members[self._counted[members] & (rank >= self._params.min_rank)]
        counted = counted[_reach(self._ctx, self._params, counted)]
        sponsor = self._sponsor[counted]
        np.add.at(self._found, sponsor[sponsor >= 0], 1)
