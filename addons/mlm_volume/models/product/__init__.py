# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a product is worth: its PV and CV, its package."""

from . import mlm_package
from . import mlm_product_volume
from . import product_template
from . import product_product
