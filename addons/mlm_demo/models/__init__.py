# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import account_move
from . import sale_order
from . import sale_order_line
from . import mlm_deduction
from . import mlm_scenario_player
from . import res_company
from . import mlm_demo
from . import mlm_volume_entry
