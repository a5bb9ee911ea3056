# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contests outside the plan: started, watched and closed without a version of it."""

from . import mlm_contest
from . import mlm_contest_prize
from . import mlm_contest_place
from . import mlm_contest_promise
from . import mlm_contest_standing
from . import mlm_contest_rung
from . import mlm_contest_count
from . import mlm_contest_refresh
from . import mlm_contest_shown
from . import mlm_contest_steps
