# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sheet that a manager reads before a run is approved."""

from . import mlm_run_sheet
from . import mlm_run_sheets
from . import mlm_period_path
