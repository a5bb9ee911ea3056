# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the system before left: where runs start, and what people earned there."""

from . import mlm_opening
from . import mlm_earning_history
