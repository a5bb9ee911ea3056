# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmVolumeEntry(models.Model):
    _inherit = "mlm.volume.entry"

    def action_mlm_explain(self):
        """Open whom this row paid, and why others got nothing."""
        self.ensure_one()
        return self.env["mlm.explanation"]._action_of_sale(entry_id=self.id)
