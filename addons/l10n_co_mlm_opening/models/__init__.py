# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from . import mlm_co_limit
from . import mlm_co_certificate
from . import mlm_opening_file
from . import mlm_opening_loader_tax
from . import mlm_deduction
from . import mlm_tax_opening
