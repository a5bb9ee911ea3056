# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Unilevel: the sale, everybody up to the payee, the level and its rate."""

from .levels import absent, less, passed_on, steps

__all__ = ["absent", "less", "passed_on", "steps"]
