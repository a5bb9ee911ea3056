# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmStatement(models.Model):
    _inherit = "mlm.statement"

    tax_number = fields.Char(
        index="btree_not_null", help="Of who was paid, on that day, without check digit."
    )


class MlmAdjustment(models.Model):
    _inherit = "mlm.adjustment"

    tax_number = fields.Char(
        index="btree_not_null",
        readonly=True,
        copy=False,
        help="Of who was paid, on that day, without check digit.",
    )
