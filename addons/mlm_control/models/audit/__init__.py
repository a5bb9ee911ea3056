# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_run_progress
from . import mlm_run_audit
from . import mlm_run_audit_difference
from . import mlm_run_audit_work
from . import mlm_run
from . import mlm_run_approval
from . import mlm_run_audit_wizard
from . import mlm_run_approval_wizard
from . import mlm_period_path
