# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class AccountMove(models.Model):
    _inherit = "account.move"

    def _check_draftable(self):
        """The entry of a run agrees with its earnings, and stays so."""
        result = super()._check_draftable()
        # sudo: the entry is locked for those too who do not see runs
        chunk = self.env["mlm.run.chunk"].sudo().search([("move_id", "in", self.ids)], limit=1)
        if chunk:
            raise UserError(
                self.env._(
                    "%(entry)s belongs to %(run)s and stays as it was posted. "
                    "Correct it by a reversal entry.",
                    entry=chunk.move_id.name,
                    run=chunk.run_id.display_name,
                )
            )
        return result

    def action_mlm_explain(self):
        """Open whom this invoice paid, and why others got nothing."""
        self.ensure_one()
        return self.env["mlm.explanation"]._action_of_sale(move_id=self.id)
