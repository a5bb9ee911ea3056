# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How the suite posts journal entries, and that they stay as they were posted."""

from . import account_account
from . import account_move_line
from . import account_move_line_sealed
from . import account_move_sealed
from . import base_partner_merge
from . import mlm_contact_merge
from . import mlm_posting
from . import mlm_sealed_move
from . import res_partner
