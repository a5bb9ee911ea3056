# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Invoices and credit notes: what of them counts, when and for whom."""

from . import account_move
from . import account_move_counts
from . import account_move_credit
from . import account_move_settled
from . import account_move_line
from . import account_partial_reconcile
