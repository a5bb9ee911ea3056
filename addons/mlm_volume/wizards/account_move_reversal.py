# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from ..credit import GOODS, MONEY


class AccountMoveReversal(models.TransientModel):
    _inherit = "account.move.reversal"

    mlm_is_sale = fields.Boolean(
        string="Reverses sales with volume", compute="_compute_mlm_is_sale"
    )
    mlm_return = fields.Selection(
        [(GOODS, "Goods returned"), (MONEY, "Money only")],
        string="Returned",
        default=GOODS,
        help="Sets all lines of the credit note; each can be changed there. An invoice that is "
        "issued again counts again, and its credit note takes everything back.",
    )

    @api.depends("move_ids")
    def _compute_mlm_is_sale(self):
        for wizard in self:
            wizard.mlm_is_sale = any(
                move.move_type == "out_invoice"
                and any(line._mlm_carries_volume() for line in move.invoice_line_ids)
                for move in wizard.move_ids
            )

    def reverse_moves(self, is_modify=False):
        action = super().reverse_moves(is_modify)
        if self.mlm_return == MONEY and not is_modify:
            self.new_move_ids.filtered(
                lambda move: move.move_type == "out_refund"
            ).invoice_line_ids._mlm_only_money()
        return action
