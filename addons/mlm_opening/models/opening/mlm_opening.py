# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmOpening(models.Model):
    _inherit = "mlm.opening"

    import_id = fields.Many2one(
        "mlm.opening.import", string="Opening", index="btree_not_null", ondelete="restrict"
    )
