# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class AccountPartialReconcile(models.Model):
    _inherit = "account.partial.reconcile"

    def _mlm_enqueue(self):
        lines = self.debit_move_id + self.credit_move_id
        self.env["mlm.capture.queue"]._enqueue(lines.move_id)

    @api.model_create_multi
    def create(self, vals_list):
        partials = super().create(vals_list)
        partials._mlm_enqueue()
        return partials

    def write(self, vals):
        """A matching that is moved to another invoice is looked at on both."""
        moved = not {"debit_move_id", "credit_move_id", "amount"}.isdisjoint(vals)
        if moved:
            self._mlm_enqueue()
        result = super().write(vals)
        if moved:
            self._mlm_enqueue()
        return result

    def unlink(self):
        self._mlm_enqueue()
        return super().unlink()
