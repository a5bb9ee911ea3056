# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Amounts outside the plan: asked for by one person, approved and posted by another."""

from . import mlm_adjustment
from . import mlm_adjustment_decision
from . import mlm_adjustment_post
from . import mlm_adjustment_deduction
from . import mlm_adjustment_read
