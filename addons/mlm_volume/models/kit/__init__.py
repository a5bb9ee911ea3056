# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Upgrade kits: sold to whom they fit, and what to sell instead."""

from . import mlm_package
from . import sale_order
