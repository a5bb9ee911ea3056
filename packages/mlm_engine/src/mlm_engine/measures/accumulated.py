# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Another measure summed over several periods of the same kind, or ever since.

    A(m) = this period + the ``periods`` - 1 before it;  ``periods`` 0: all, the opening included

Tiny example: 300 now, 200 and 100 in the two periods before: 500 over two, 600 ever.
"""

from dataclasses import dataclass

from .. import measures as kinds
from ..kernel.exact import sum_by
from ..kernel.text import _
from ..plan import params as make
from ._shared import earlier, needed
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    of: int = make.ref("measures", _("Measure"))
    periods: int = make.number("integer", 0, _("Periods"), unit="periods", none=_("for all time"))


class Accumulated(Kind):
    """See the module for the formula."""

    label = _("Another measure accumulated")
    summary = _("Adds up another measure over several periods in a row, or for all time.")
    unit_of = "of"
    Params = Params

    def check(self, checker, params, path, plan):
        """It sums a measure that is declared above it."""
        needed(checker, params, "of", path, "which measure?")
        earlier(checker, params["of"], (*path, "of"), path[-1], plan)

    def reads(self, params):
        return (params["of"],)

    def demands_volume(self, params, asked, least):
        return asked.measure(params["of"], least)

    def held(self, params, reach):
        return reach.measure(params["of"])

    def highest(self, params, plan):
        """So many times the most of one period; ever since, no bound."""
        most = kinds.highest(plan, params["of"]) if params["periods"] else None
        return None if most is None else most * params["periods"]

    def rises(self, params, plan):
        return kinds.rises(plan, params["of"])

    def looks_back(self, params, index):
        """Ever since: its own last value; of one period: nothing."""
        if not params["periods"]:
            return {index: 1}
        return {params["of"]: params["periods"] - 1} if params["periods"] > 1 else {}

    def goes_on(self, params):
        return not params["periods"]

    def compute(self, ctx, params, index):
        """Return the sum of every member, in the unit of the measure."""
        return ctx.value(params.of) + _before(ctx, params, index)

    def start(self, ctx, params, index):
        return _Sum(ctx, params, index)


class _Sum:
    def __init__(self, ctx, params, index):
        self._ctx, self._of = ctx, params.of
        self._before = _before(ctx, params, index)

    def value(self, members):
        return self._ctx.values[self._of][members] + self._before[members]

    def decided(self, members, rank):
        """Ranks reach it through the measure that it sums."""


def _before(ctx, params, index):
    """Return what the periods before add."""
    data = ctx.snapshot
    if params.periods:
        chosen = (data.prior_measure == params.of) & (data.prior_age < params.periods)
    else:
        chosen = (data.prior_measure == index) & (data.prior_age == 1)
    chosen &= data.prior_age >= 1
    return sum_by(data.prior_member[chosen], data.prior_value[chosen], ctx.members)
