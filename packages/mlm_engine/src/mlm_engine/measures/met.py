# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Whether conditions are met: 1 or 0.

Lets other measures count people by several conditions at once.

Tiny example: own PV 120 and two active people sponsored, ``requires`` 100 PV and two
people: 1.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..kernel import conditions
from ..kernel.text import _
from ..plan import params as make
from ._shared import earlier
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    requires: list = make.conditions(_("Conditions"))


class Met(Kind):
    """See the module for the formula."""

    label = _("Conditions met")
    summary = _(
        "1 if a person meets the conditions, otherwise 0; lets other measures count who meets them."
    )
    volume = False
    Params = Params

    def check(self, checker, params, path, plan):
        """Conditions are needed and ask for measures declared above."""
        if not params["requires"]:
            checker.wrong(path, _("'requires' is missing"), _("Add `requires: […]`"))
        for condition in conditions.flat(params["requires"]):
            if condition["kind"] == "measure":
                earlier(checker, condition["index"], (*path, "requires"), path[-1], plan)

    def reads(self, params):
        asked = conditions.flat(params["requires"])
        return [one["index"] for one in asked if one["kind"] == "measure"]

    def demands_volume(self, params, asked, least):
        return asked.conditions(params["requires"])

    def held(self, params, reach):
        return reach.conditions(params["requires"])

    def highest(self, params, plan):
        return Fraction(1)

    def compute(self, ctx, params, index):
        """Return 1 for every member who meets the conditions, else 0."""
        return conditions.holds(ctx, params.requires).astype(np.int64)

    def start(self, ctx, params, index):
        return _Met(ctx, params)


class _Met:
    def __init__(self, ctx, params):
        self._ctx, self._params = ctx, params

    def value(self, members):
        return conditions.holds(self._ctx, self._params.requires, members).astype(np.int64)

    def decided(self, members, rank):
        """Ranks reach it through the measures that its conditions name."""
