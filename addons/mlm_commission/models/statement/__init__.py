# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a person is paid by a run, and what is taken off."""

from . import mlm_deduction
from . import mlm_deducted
from . import mlm_statement
from . import mlm_statement_deduction
