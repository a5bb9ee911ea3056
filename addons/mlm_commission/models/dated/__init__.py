# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Dates of postings that a second person has to allow (RULES 64)."""

from . import mlm_dated
from . import mlm_run
from . import mlm_adjustment
from . import mlm_date_allow
