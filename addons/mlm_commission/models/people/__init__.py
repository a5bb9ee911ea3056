# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Money and ranks where people, trees and sales are shown."""

from . import mlm_distributor
from . import mlm_distributor_now
from . import mlm_distributor_rank
from . import mlm_report_actions
from . import mlm_tree_read
from . import mlm_volume_entry
from . import sale_order
from . import account_move
