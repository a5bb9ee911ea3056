# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is owed to whom, and what settles it."""

from . import account_move_line
from . import mlm_distributor
from . import mlm_payable
from . import mlm_run
from . import mlm_statement
