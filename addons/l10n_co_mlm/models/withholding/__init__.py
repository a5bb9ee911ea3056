# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is withheld in Colombia."""

from . import mlm_adjustment
from . import mlm_deduction_reversed
