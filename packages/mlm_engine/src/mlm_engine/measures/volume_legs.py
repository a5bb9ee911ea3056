# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number of legs whose volume reaches a least.

    n(m) = number of children c with GV(c) ≥ min

Tiny example: legs of 6,000, 4,000 and 3,999 with min 4,000: 2.
"""

from dataclasses import dataclass

import numpy as np

from ..kernel import measure_trees
from ..kernel.exact import sum_by
from ..kernel.text import _
from ..plan import params as make
from ._shared import tree, volume, width
from .base import Kind


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    min_e4: int = make.number("points", 0, _("Minimum volume"), "PV", _("no minimum"))
    volume: str = volume()
    tree: int = tree()


class VolumeLegs(Kind):
    """See the module for the formula."""

    label = _("Legs with volume")
    summary = _("How many legs reach a minimum volume.")
    volume = False
    Params = Params

    def demands_volume(self, params, asked, least):
        return params["min_e4"] > 0

    def highest_of_position(self, params, plan):
        return width(plan, params["tree"])

    def compute(self, ctx, params, index):
        """Return the number of such legs of every member."""
        found = measure_trees.of(ctx, params.tree)
        head, legs = found.legs(params.volume)
        return sum_by(head, (legs >= params.min_e4).astype(np.int64), ctx.members)
