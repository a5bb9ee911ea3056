# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unilevel: a percentage of every sale to each level of uplines.

    paid(row, k) = base(row) × rate(rank of payee, k) × rate of exchange, rounded once
    paid + breakage = base × highest rate of level k of any rank × rate of exchange

Who is level k is the compression's question (``rules/_by_level/compression.py``); how
deep a rank reaches is ``levels_by_rank``. With ``boundary_rank`` the walk ends at the
first upline of that rank, and levels beyond are not offered.

Tiny example (UNI-01): 200 CV, ``base_pct`` 40, rates 5, 5, 5, 5; four uplines: 4.00 each.
"""

from dataclasses import dataclass

from ...kernel.text import _
from .._by_level import params as shared
from .._by_level.rule import ByLevel


@dataclass(frozen=True)
class Params(shared.Levels):
    """See the module for the formula."""


class Unilevel(ByLevel):
    """See the module for the formula."""

    label = _("Unilevel")
    Params = Params
