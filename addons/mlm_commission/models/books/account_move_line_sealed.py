# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ...move_guard import LINE_COLUMNS
from .account_move_sealed import changes


class AccountMoveLine(models.Model):
    """Items of sealed entries, see `account_move_sealed.py`."""

    _inherit = "account.move.line"

    def _mlm_changed_by(self, vals):
        names = [name for name in (*LINE_COLUMNS, "tax_ids") if name in vals]
        return any(changes(line, vals, names) for line in self)

    @api.model_create_multi
    def create(self, vals_list):
        default = self.env.context.get("default_move_id")
        moves = {vals.get("move_id", default) for vals in vals_list} - {False, None}
        self.env["account.move"].browse(moves)._mlm_seals()._refuse()
        return super().create(vals_list)

    def write(self, vals):
        if not {*LINE_COLUMNS, "tax_ids"}.isdisjoint(vals):
            moves = self.move_id
            if vals.get("move_id"):
                moves += moves.browse(vals["move_id"])
            for seal in moves._mlm_seals():
                mine = self.filtered(lambda line, move=seal.move_id: line.move_id == move)
                brought = vals.get("move_id") == seal.move_id.id and mine != self
                if brought or mine._mlm_changed_by(vals):
                    seal._refuse()
        return super().write(vals)

    def unlink(self):
        self.move_id._mlm_seals()._refuse()
        return super().unlink()

    def _sql_error_to_message(self, exc):
        return self.env["mlm.sealed.move"]._refusal_of_error(exc) or super()._sql_error_to_message(
            exc
        )
