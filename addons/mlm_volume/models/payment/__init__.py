# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""When a sale was paid, and in which cycle it counts for that reason (RULES 52)."""

from . import mlm_network
from . import mlm_period
from . import mlm_volume_entry
from . import account_payment
from . import account_move_line
from . import account_move
from . import account_payment_register
from . import sale_order
