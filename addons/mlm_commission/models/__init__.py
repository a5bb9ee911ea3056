# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import account_move
from . import res_company
from . import res_config_settings
from . import mlm_plan
from . import mlm_plan_version
from . import mlm_plan_version_calendar
from . import mlm_plan_version_crossing
from . import mlm_plan_version_lifecycle
from . import mlm_plan_version_findings
from . import mlm_plan_version_read
from . import mlm_plan_version_editor
from . import mlm_plan_bonus
from . import mlm_plan_rank
from . import mlm_plan_measure
from . import mlm_plan_finding
from . import mlm_plan_crossing
from . import mlm_opening
from . import opening
from . import mlm_run_progress
from . import mlm_run
from . import mlm_run_total
from . import mlm_run_chunk
from . import mlm_run_compute
from . import mlm_run_approval
from . import mlm_run_post
from . import mlm_run_read
from . import mlm_run_report
from . import mlm_run_verify
from . import mlm_snapshot
from . import mlm_snapshot_people
from . import mlm_snapshot_trees
from . import mlm_snapshot_volume
from . import mlm_snapshot_before
from . import mlm_deduction
from . import mlm_statement
from . import mlm_statement_deduction
from . import mlm_period
from . import mlm_period_kinds
from . import mlm_distributor

# Views over run, plan and company tables: their tables come first.
from . import mlm_partition
from . import mlm_earning
from . import mlm_measure
from . import mlm_tree_read
from . import evidence
