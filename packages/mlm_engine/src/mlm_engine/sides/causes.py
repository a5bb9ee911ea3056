# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What each kind of difference of the inputs is worth, person by person.

One group of inputs after the other takes the place of the other side's, in a fixed order,
and the engine computes in between: the steps add up to the whole difference exactly,
whatever the plan and whatever the parts do to each other.
"""

import numpy as np

from ..kernel import run
from . import groups
from .mixed import mixed

#: what neither the inputs nor the plan explain: another version of the calculation
ENGINE = "engine"


def contributions(before, after, counts, paid, again=False, progress=None):
    """Return ``(ids, {group: array})``: ten-thousandths by person, which add up to the
    difference of what was paid.

    :param counts: ``facts.find(…).counts``: the groups that differ, in their order
    :param paid: what was paid ``(before, after)``, each ``(ids, amounts)``, ids sorted
    :param again: also compute both ends: they may be of another version of the engine
    :param progress: ``f(fraction)``
    """
    tell = progress or (lambda fraction: None)
    steps = [name for name in counts if name in groups.GROUPS]
    if groups.COMPANIES in counts:
        steps = [groups.COMPANIES]
    first, last = (dict(zip(ids.tolist(), amounts.tolist(), strict=True)) for ids, amounts in paid)
    stages = [_paid(before) if again else first]
    whole = len(steps) + 1
    for place, step in enumerate(steps[:-1]):
        tell((place + 1) / whole)
        # what differs in no way that is told comes with the next one that does
        taken = groups.GROUPS[: groups.GROUPS.index(step) + 1]
        stages.append(_paid(mixed(before, after, taken)))
    if steps:
        stages.append(_paid(after) if again else last)
    ids = np.array(sorted({*first, *last}.union(*stages)), dtype=np.int64)
    table = [
        np.array([stage.get(one, 0) for one in ids.tolist()], dtype=np.int64)
        for stage in (first, *stages, last)
    ]
    found = {step: table[place + 2] - table[place + 1] for place, step in enumerate(steps)}
    rest = (table[-1] - table[0]) - sum(found.values(), np.zeros(ids.size, dtype=np.int64))
    if rest.any():
        found[ENGINE] = rest
    tell(1.0)
    return ids, found


def _paid(snapshot):
    """Return ``{member id: ten-thousandths}`` of everybody paid."""
    result = run.compute(snapshot)
    payee, amount = result.earnings.payee, result.earnings.amount_e4
    chosen = payee >= 0
    total = np.zeros(snapshot.member_id.size, dtype=np.int64)
    np.add.at(total, payee[chosen], amount[chosen])
    paid = np.flatnonzero(total)
    return dict(zip(snapshot.member_id[paid].tolist(), total[paid].tolist(), strict=True))
