# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unilevel: a percentage of every sale to each level of uplines.

    paid(row, k) = base(row) × rate(rank of payee, k) × rate of exchange, rounded once
    paid + breakage = base × highest rate of level k of any rank × rate of exchange

Who is level k is the compression's question (``engine/levels/compression.py``); how
deep a rank reaches is ``levels_by_rank``. With ``boundary_rank`` the walk ends at the
first upline of that rank, and levels beyond are not offered.

Tiny example (UNI-01): 200 CV, ``base_pct`` 40, rates 5, 5, 5, 5; four active uplines
of rank Member, Silver, Gold, Diamond (1, 2, 3, 5 levels): 4.00 each.
"""

from dataclasses import dataclass

from ..levels import params as shared
from ..levels import pay

LABEL = {"es": "Uninivel", "en": "Unilevel"}
TREE = "any"


@dataclass(frozen=True)
class Params(shared.Levels):
    """See the module for the formula."""


def validate(params, plan):
    """Rates must be clear, and compression must fit them."""
    return [
        *shared.validate_rates(params, plan),
        *shared.validate_compression(params.compression, plan),
    ]


def validate_settings(bonus, plan):
    """Compression must fit the tree."""
    return shared.validate_tree(bonus, plan)


def ceiling(params, plan):
    """Sum of the highest rate of each level."""
    return shared.of_cv(shared.ceiling_of_rates(params, plan), params, plan)


def compute(ctx, bonus):
    """Add one earning per row and level."""
    pay.rows(ctx, bonus)
