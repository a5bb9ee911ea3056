# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The present cycle as if it ended now."""

from . import mlm_period
from . import mlm_portal_projection
