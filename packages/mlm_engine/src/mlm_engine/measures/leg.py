# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Volume of one leg: the strongest, the weakest, or the side volume.

    leg  = group volume of a child, the child included
    side = Σ legs - strongest leg

Tiny example: legs of 500, 300 and 100: strongest 500, weakest 100, side 400.
"""

from dataclasses import dataclass

import numpy as np

from ..kernel import measure_trees
from ..kernel.exact import sum_by
from ..kernel.text import _
from ..plan import params as make
from ._shared import tree, volume
from .base import Kind

_WHICH = {
    "strongest": _("The strongest"),
    "weakest": _("The weakest"),
    "side": _("All but the strongest"),
}


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    which: str = make.choice("strongest", _WHICH, _("Leg"))
    volume: str = volume()
    tree: int = tree()


class Leg(Kind):
    """See the module for the formula."""

    label = _("Volume of a leg")
    summary = _("Volume of the strongest leg, of the weakest, or of all but the strongest.")
    volume = True
    Params = Params

    def compute(self, ctx, params, index):
        """Return the volume of that leg of every member, 0 for somebody without legs."""
        found = measure_trees.of(ctx, params.tree)
        head, legs = found.legs(params.volume)
        chooses = np.minimum if params.which == "weakest" else np.maximum
        limit = np.iinfo(np.int64)
        nothing = limit.max if params.which == "weakest" else limit.min
        chosen = np.full(ctx.members, nothing, dtype=np.int64)
        chooses.at(chosen, head, legs)
        chosen[chosen == nothing] = 0
        if params.which == "side":
            return sum_by(head, legs, ctx.members) - chosen
        return chosen
