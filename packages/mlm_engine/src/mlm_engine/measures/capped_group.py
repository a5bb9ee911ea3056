# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Group volume in which each leg counts up to a cap: two different rules.

    of required:  Σ min(leg, pct × what the condition asks)
    of actual:    Σ min(leg, pct × group volume)

Own volume is added, cut like a leg with ``cap_own``, else uncut. The cap is rounded down
to a ten-thousandth.

Tiny example (LEG-01): legs of 12,000 and 3,000, 40 %. Of the 14,000 required the cap
is 5,600: 8,600 count. Of the actual 15,000 it is 6,000: 9,000 count.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ..kernel import conditions, measure_trees
from ..kernel.exact import E6, mul_div, sum_by
from ..kernel.text import _
from ..plan import params as make
from ._shared import tree, volume
from .base import Kind

_OF = {
    "required": _("Of what is required"),
    "actual": _("Of the group volume"),
}


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    cap_pct_e6: int = make.number("percent", E6, _("Cap of a leg"), "%")
    of: str = make.choice("required", _OF, _("The cap is a part"))
    own: bool = make.flag(True, _("Own volume included"))
    cap_own: bool = make.only(
        make.flag(
            False,
            _("Own volume counts up to that cap"),
        ),
        own=True,
    )
    volume: str = volume()
    tree: int = tree()


class CappedGroup(Kind):
    """See the module for the formula."""

    label = _("Group volume with capped legs")
    summary = _("Group volume in which each leg counts only up to a cap.")
    volume = True
    Params = Params

    def highest(self, params, plan):
        """Nothing, where a cap of zero cuts all of it."""
        uncut = params["own"] and not params["cap_own"]
        return None if params["cap_pct_e6"] or uncut else Fraction(0)

    def cap_of_leg(self, params):
        # plans of before ``cap_own`` existed are explained too
        own = params["own"] and params.get("cap_own", False)
        return params["cap_pct_e6"], params["of"], own

    def compute(self, ctx, params, index):
        """Return the figure that is shown: against the highest rank that asks for it."""
        return self.against(ctx, params, _required(ctx.plan, index), index)

    def against(self, ctx, params, required, index):
        """Return the volume that counts when ``required`` is asked, ``None``: uncut."""
        found = measure_trees.of(ctx, params.tree)
        head, legs = found.legs(params.volume)
        own = found.by_member(found.own(params.volume)) if params.own else np.int64(0)
        if params.of == "actual":
            whole = own + sum_by(head, legs, ctx.members)
            cap = np.maximum(mul_div(whole, params.cap_pct_e6, E6, "down"), 0)
        elif required is not None:
            cap = np.full(ctx.members, required * params.cap_pct_e6 // E6, dtype=np.int64)
        else:
            return own + sum_by(head, legs, ctx.members)
        if params.cap_own:
            own = np.minimum(own, cap)
        return own + sum_by(head, np.minimum(legs, cap[head]), ctx.members)


def _required(plan, index):
    """Return what the highest rank that names the measure asks, ``None`` if none does."""
    found = None
    for item in plan["ranks"]:
        for condition in conditions.flat(item["requires"]):
            if condition["kind"] == "measure" and condition["index"] == index:
                found = condition["min"]
    return found
