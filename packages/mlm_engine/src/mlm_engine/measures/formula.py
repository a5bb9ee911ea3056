# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Arithmetic over other measures, exact, rounded half up to a ten-thousandth.

    + - * / by constants, min, max, parentheses (``kernel/formulas.py``)

Volumes stand in points, counts as their number; the result is a volume.

Tiny example: ``pv + 0.5 * min(gv, 1000)`` of 40 and 3,000 points: 540.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from .. import measures as kinds
from ..kernel import conditions, formulas
from ..kernel.exact import E4
from ..kernel.text import _
from ..plan import params as make
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    formula: list = make.formula(_("Formula"))


class Formula(Kind):
    """See the module for the formula."""

    label = _("Formula")
    summary = _(
        "Arithmetic on other measures: add, subtract, multiply, take the larger or the smaller."
    )
    volume = True
    Params = Params

    def check(self, checker, params, path, plan):
        """A formula has to be there."""
        if not params["formula"]:
            checker.wrong(
                path, _("{key!r} is missing", key="formula"), _("Add e.g. `formula: pv + 0.5 * gv`")
            )

    def reads(self, params):
        return formulas.measures_in(params["formula"])

    def demands_volume(self, params, asked, least):
        """Only volume can raise it: no count of people that does not demand volume."""
        formula = params["formula"]
        return all(asked.measure(index, 1) for index in formulas.measures_in(formula)) and all(
            asked.built_in(code) for _bonus, code in formulas.figures_in(formula)
        )

    def highest(self, params, plan):
        return _range(plan, params["formula"])[1]

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


def _range(plan, node):
    """Return the least and the most of a formula, ``None`` where there is no bound."""
    kind = node[0]
    if kind == "number":
        value = Fraction(node[1], node[2])
        return value, value
    if kind == "measure":
        return None, kinds.highest(plan, node[1])
    if kind == "figure":
        return None, None
    if kind == "times":
        low, high = _range(plan, node[1])
        factor = Fraction(node[2], node[3])
        ends = [None if end is None else end * factor for end in (low, high)]
        return tuple(ends if factor >= 0 else reversed(ends))
    sides = [_range(plan, part) for part in node[1:]]
    lows, highs = zip(*sides, strict=True)
    if kind == "sum":
        return _all(sum, lows), _all(sum, highs)
    if kind == "min":
        known = [high for high in highs if high is not None]
        return _all(min, lows), min(known, default=None)
    known = [low for low in lows if low is not None]
    return max(known, default=None), _all(max, highs)


def _all(join, values):
    return None if any(value is None for value in values) else join(values)
