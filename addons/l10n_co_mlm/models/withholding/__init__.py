# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What is withheld in Colombia."""

from . import res_partner
from . import mlm_co_paid
from . import mlm_deduction
from . import mlm_deduction_told
from . import mlm_documents
from . import mlm_adjustment
from . import mlm_deduction_reversed
