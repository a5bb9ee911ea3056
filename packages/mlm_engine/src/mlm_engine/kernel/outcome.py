# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a run comes to for each member: little beside the rows, and all that comparing needs."""

from dataclasses import dataclass

import numpy as np

from .codes import Measure
from .exact import sum_by


@dataclass
class Outcome:
    """Arrays over members: ``active`` (bool), ``rank`` (index), ``amount_e4`` (int64), the
    sum of the member's earnings in the currency of its company."""

    active: np.ndarray
    rank: np.ndarray
    amount_e4: np.ndarray


def of_result(snapshot, result):
    """Return the ``Outcome`` of a result; nothing of the result is kept."""
    size, found = snapshot.member_id.size, result.measures
    active = np.zeros(size, dtype=bool)
    active[found.member[(found.measure == int(Measure.ACTIVE)) & (found.value != 0)]] = True
    amount = sum_by(result.earnings.payee, result.earnings.amount_e4, size)
    return Outcome(active, np.array(result.rank), amount)
