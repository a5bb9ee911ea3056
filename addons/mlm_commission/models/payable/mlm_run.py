# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmRun(models.Model):
    _inherit = "mlm.run"

    def action_items(self):
        """The items of the journal entries of the run."""
        self.ensure_one()
        return self.env["account.move.line"]._mlm_action_items(
            self.env._("Journal items of %(run)s", run=self.display_name),
            [("move_id", "in", self.chunk_ids.move_id.ids)],
        )
