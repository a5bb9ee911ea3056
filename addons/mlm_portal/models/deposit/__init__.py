# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Proofs of payments that distributors send."""

from . import mlm_portal_deposit
