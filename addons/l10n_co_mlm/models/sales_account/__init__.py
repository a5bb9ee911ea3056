# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sales go to an income account, not to the one of returns that core proposes."""

from . import res_company
from . import res_config_settings
from . import mlm_period
