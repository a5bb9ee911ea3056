# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_run_clearance
from . import mlm_run_check
from . import mlm_run_checks
from . import mlm_run_check_last_days
from . import mlm_run_check_stack
from . import mlm_run_check_shared
from . import mlm_run_check_returned
from . import mlm_run_check_wizard
from . import mlm_period_path
