# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Caps per person and the company's cap and floor: ``docs/contracts/rules.md`` §7."""


def apply_ready(ctx, computed, done):
    """Apply the caps whose bonuses are all computed, in the order of the plan.

    ``computed``: set of bonus indexes; ``done``: set of caps applied already, which
    grows. Bonuses of other kinds of period are never computed here.
    """


def company(ctx):
    """Apply the company cap, then the guaranteed minimum."""
