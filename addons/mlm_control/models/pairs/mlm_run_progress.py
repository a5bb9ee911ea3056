# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmRunProgress(models.Model):
    _inherit = "mlm.run.progress"

    work = fields.Selection(selection_add=[("pair", "Comparison")], ondelete={"pair": "cascade"})
