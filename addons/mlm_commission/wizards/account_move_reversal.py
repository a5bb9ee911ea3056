# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    def reverse_moves(self, is_modify=False):
        """A part of a run reversed by hand would say that people are owed less."""
        self.move_ids._mlm_seals()._refuse()
        return super().reverse_moves(is_modify)
