# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A run from its preview to its posting, and what is told of it."""

from . import mlm_plan_version
from . import mlm_run_progress
from . import mlm_run
from . import mlm_run_total
from . import mlm_run_homes
from . import mlm_run_chunk
from . import mlm_run_compute
from . import mlm_run_approval
from . import mlm_run_date
from . import mlm_run_post
from . import mlm_run_in_kind
from . import mlm_run_charge
from . import mlm_run_read
from . import mlm_run_explain
from . import mlm_run_two
from . import mlm_run_report
from . import mlm_run_verify
from . import mlm_run_net_sales
from . import mlm_run_summary
from . import mlm_run_breakage
from . import mlm_period
from . import mlm_period_path
from . import mlm_run_path
from . import mlm_run_owed
from . import mlm_period_pay
from . import mlm_exchange_rate
