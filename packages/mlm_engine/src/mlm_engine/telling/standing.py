# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What screens tell of a person beside figures and earnings, as integers: of everybody at once.

So it can be stored, and told again without the inputs: by ``rank_steps.told`` (its
``FACTS``) and ``entitled.told`` (``to_next_rank``).
"""

import numpy as np

from ..kernel import conditions, packages
from . import entitled, rank_steps

#: ``{fact: what it mostly is}``; packages and ranks by number, -1 for none
FACTS = {
    "needed_e4": 0,  # own PV that activity asks for
    "package": -1,  # in term, that gives the percentage
    "package_rate_e6": 0,
    "package_until": packages.NO_END,
    "package_repeat": 0,
    "package_highest": -1,  # ever held
    **rank_steps.FACTS,
}


def facts(view):
    """Return ``FACTS`` of everybody, int64 arrays."""
    ctx, held = view.context, view.context.holdings
    everybody = np.arange(ctx.members)
    found = {name: np.full(ctx.members, usual) for name, usual in FACTS.items()}
    found["needed_e4"] = entitled.needed_e4(view, everybody)
    found["package_highest"] = held.highest_at(
        everybody, np.full(ctx.members, view.snapshot.period_end_moment)
    )
    purchase = view.packages_in_term
    has = np.flatnonzero(purchase >= 0)
    for name in ("package", "rate_e6", "until", "repeat"):
        fact = "package" if name == "package" else f"package_{name}"
        found[fact][has] = getattr(held, name)[purchase[has]]
    return found | rank_steps.facts(view, everybody)


def to_next_rank(view):
    """Return ``(start, values)``: what everybody has of what the next rank asks for.

    Those of member ``m`` are ``values[start[m]:start[m + 1]]``, in the order of
    ``conditions.flat``; at the top there are none.
    """
    ranks, held = view.plan["ranks"], view.result.rank
    asked = [list(conditions.flat(item["requires"])) for item in ranks[1:]]
    size = np.array([*map(len, asked), 0])[held]
    start = np.append(0, np.cumsum(size))
    values = np.zeros(start[-1], dtype=np.int64)
    for rank, listed in enumerate(asked):
        members = np.flatnonzero(held == rank)
        for place, figure in enumerate(entitled.reached(view, listed)):
            values[start[members] + place] = figure[members]
    return start, values
