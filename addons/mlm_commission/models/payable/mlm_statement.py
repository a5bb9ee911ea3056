# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmStatement(models.Model):
    _inherit = "mlm.statement"

    def action_items(self):
        """The items of the journal entry that are of this person."""
        self.ensure_one()
        return self.env["account.move.line"]._mlm_action_items(
            self.env._("Journal items of %s", self.display_name),
            [("move_id", "=", self.move_id.id), ("partner_id", "=", self.partner_id.id)],
        )
