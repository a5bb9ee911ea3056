# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_run_changes_xlsx
from . import mlm_run_summary_pdf
from . import mlm_run_pair_xlsx
