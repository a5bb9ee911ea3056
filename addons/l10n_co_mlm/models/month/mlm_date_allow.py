# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmDateAllow(models.TransientModel):
    _inherit = "mlm.date.allow"

    res_model = fields.Selection(
        selection_add=[("mlm.co.excess", "Withholding in Excess")],
        ondelete={"mlm.co.excess": "cascade"},
    )
