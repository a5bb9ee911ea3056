# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Orders: what they copy of the product, and hand on to the invoice."""

from . import sale_order
from . import sale_order_line
