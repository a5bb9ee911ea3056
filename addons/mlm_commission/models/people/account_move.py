# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountMove(models.Model):
    _inherit = "account.move"

    def action_mlm_explain(self):
        """Open whom this invoice paid, and why others got nothing."""
        self.ensure_one()
        return self.env["mlm.explanation"]._action_of_sale(move_id=self.id)
