# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Two previews of a cycle side by side: totals, who changes, and because of what."""

from . import mlm_run_pair
from . import mlm_run_pair_shown
from . import mlm_run_pair_work
from . import mlm_run_pair_cause
from . import mlm_run_pair_person
from . import mlm_run_pair_fact
from . import mlm_run_pair_wizard
from . import mlm_run
from . import mlm_run_progress
