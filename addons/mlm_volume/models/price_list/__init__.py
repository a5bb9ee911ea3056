# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""At which price list people buy: members at that of their home company, others at the public one."""

from . import product_pricelist
from . import res_company
from . import mlm_distributor
from . import mlm_holder
from . import sale_order
