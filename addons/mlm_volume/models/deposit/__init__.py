# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Money that came in and is not known yet to be whose: bank lines, files of gateways and
collectors, proofs that people send; each is matched to an invoice or waived (RULES 52)."""

from . import account_journal
from . import mlm_deposit
from . import mlm_deposit_match
from . import mlm_deposit_settle
from . import account_bank_statement_line
from . import account_move_line
from . import account_payment
from . import mlm_period
