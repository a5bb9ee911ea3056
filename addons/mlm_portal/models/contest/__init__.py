# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contests that the reader takes part in."""

from . import mlm_portal_contest
