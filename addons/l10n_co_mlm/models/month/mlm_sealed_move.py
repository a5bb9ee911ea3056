# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmSealedMove(models.Model):
    _inherit = "mlm.sealed.move"

    def _get_remedy(self):
        if self.res_model == "mlm.co.excess":
            return self.env._("Take the refund back instead: this posts the opposite.")
        return super()._get_remedy()
