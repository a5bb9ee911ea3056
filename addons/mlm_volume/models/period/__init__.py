# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Cycles and the network's calendar of them."""

from . import mlm_network
from . import mlm_period
from . import mlm_period_sum
from . import mlm_period_calendar
from . import mlm_period_path
from . import mlm_period_blockers
from . import ir_ui_menu
