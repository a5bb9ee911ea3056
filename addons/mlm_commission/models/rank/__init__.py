# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Ranks by decision."""

from . import mlm_genealogy_event
from . import mlm_rank_override
