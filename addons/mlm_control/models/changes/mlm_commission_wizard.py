# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmCommissionWizard(models.TransientModel):
    _inherit = "mlm.commission.wizard"
    _workbooks = ("breakage", "changes")

    kind = fields.Selection(selection_add=[("changes", "Changes")], ondelete={"changes": "cascade"})

    def _get_words(self):
        return {**super()._get_words(), "changes": self.env._("changes")}
