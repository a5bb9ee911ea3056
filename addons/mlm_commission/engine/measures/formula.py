# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Arithmetic over other measures, exact, rounded half up to a ten-thousandth.

    + - * / by constants, min, max, parentheses (``kernel/formulas.py``)

Volumes stand in points, counts as their number; the result is a volume.

Tiny example: ``pv + 0.5 * min(gv, 1000)`` of 40 and 3,000 points: 540.
"""

from dataclasses import dataclass

import numpy as np

from .. import measures as kinds
from ..kernel import conditions, formulas
from ..kernel.exact import E4
from ..plan import params as make
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    formula: list = make.formula("Fórmula", "Formula")


class Formula(Kind):
    """See the module for the formula."""

    label = {"es": "Fórmula", "en": "Formula"}
    volume = True
    Params = Params

    def check(self, checker, params, path, plan):
        """A formula has to be there."""
        if not params["formula"]:
            checker.wrong(path, "'formula' is missing", "Add e.g. `formula: pv + 0.5 * gv`")

    def needs_ranks(self, params, plan):
        """Tell whether a measure in it asks for ranks."""
        return any(kinds.needs_ranks(plan, one) for one in formulas.measures_in(params["formula"]))

    def compute(self, ctx, params, index):
        """Return the value of every member, ten-thousandths."""
        everyone = np.arange(ctx.members)
        return _value(ctx, params.formula, everyone, ctx.value)

    def start(self, ctx, params, index):
        return _Formula(ctx, params)


class _Formula:
    def __init__(self, ctx, params):
        self._ctx, self._formula = ctx, params.formula

    def value(self, members):
        return _value(self._ctx, self._formula, members, self._ctx.value)

    def decided(self, members, rank):
        """Ranks reach it through the measures that it names."""


def _value(ctx, formula, members, declared):
    def figure(node):
        if node[0] == "measure":
            over = E4 if ctx.plan["measures"][node[1]]["volume"] else 1
            return declared(node[1])[members], over
        asked = {"bonus": node[1], "measure": node[2]}
        return conditions.built_in(ctx, asked)[members], node[3]

    found = formulas.value(formula, figure)
    return np.broadcast_to(found, members.shape).astype(np.int64)
