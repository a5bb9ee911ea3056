# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Own volume with a weight per product.

    W(m) = Σ volume of rows credited to m × weight of the product, rounded half up

Products that are not named, and rows whose product is not known, have the default.

Tiny example: 100 PV of a product of weight 0.5 and 40 of one of weight 2: 130.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..kernel.exact import E6, sum_by
from ..kernel.text import _
from ..plan import params as make
from ._shared import volume
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    weights_e6: list = make.grid("catalog", "factor", _("Weight by product"))
    default_e6: int = make.number("factor", 0, _("Weight of the others"))
    volume: str = volume()


class Weighted(Kind):
    """See the module for the formula."""

    label = _("Volume weighted by product")
    summary = _("Own volume in which each product weighs more or less.")
    volume = True
    by_product = True
    Params = Params

    def highest(self, params, plan):
        """Nothing, where nothing weighs anything."""
        weighs = params["default_e6"] or any(params["weights_e6"] or ())
        return None if weighs else Fraction(0)

    def compute(self, ctx, params, index):
        """Return the weighted volume of every member, ten-thousandths."""
        data = ctx.snapshot
        figures = data.row_pv_e4 if params.volume == "pv" else data.row_cv_e4
        weight = _weights(ctx, params)
        # Whole parts and millionths apart: no sum leaves 64 bits that its result fits in.
        whole = np.zeros(ctx.members, dtype=np.int64)
        parts = np.zeros(ctx.members, dtype=np.int64)
        for one in np.unique(weight[weight > 0]).tolist():
            row = np.flatnonzero(weight == one)
            volume_e4 = sum_by(data.row_member[row], figures[row], ctx.members)
            count, rest = np.divmod(volume_e4, E6)
            units, millionths = np.divmod(rest * one, E6)
            whole += count * one + units
            parts += millionths
        more, parts = np.divmod(parts, E6)
        whole += more
        # A half goes away from zero; below zero ``parts`` counts towards it.
        up = np.where(whole >= 0, 2 * parts >= E6, 2 * parts > E6)
        return whole + up


def _weights(ctx, params):
    """Return the weight of each row, millionths."""
    data = ctx.snapshot
    named = params.weights_e6 or [None] * len(ctx.plan["catalog"])
    by_product = [params.default_e6 if one is None else one for one in named]
    by_product = np.array([*by_product, params.default_e6], dtype=np.int64)  # -1 finds the last
    if not data.row_product.size:
        return np.full(data.row_id.size, params.default_e6, dtype=np.int64)
    return by_product[data.row_product]
