# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..move_guard import LINE_COLUMNS
from .account_move import changes


class AccountMoveLine(models.Model):
    """Items of sealed entries, see `account_move.py`, and of those that pay an invoice."""

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

    def _mlm_confirms_payment(self, invoice):
        return super()._mlm_confirms_payment(invoice) or self._mlm_is_settlement(invoice)

    def _mlm_is_settlement(self, invoice):
        """Whether the entry pays the invoice from the commissions payable of its buyer or of
        the distributor who sold it (RULES 46).

        What it takes from there covers all that it settles of receivables: a write-off in
        the same entry is no payment.
        """
        account = invoice.company_id.sudo().mlm_payable_account_id
        if not account or self.move_id.move_type != "entry":
            return False
        # sudo: contacts of people whom an accountant need not see
        people = (invoice.mlm_buyer_id | invoice.mlm_distributor_id).sudo()
        own = invoice.partner_id | invoice.commercial_partner_id | people.partner_id
        # sudo: the entry as a whole, of which the user sees one line matched
        items = self.move_id.sudo().line_ids
        payable = items.filtered(lambda line: line.account_id == account and line.partner_id in own)
        receivable = items.filtered(lambda line: line.account_id.account_type == "asset_receivable")
        taken, settled = sum(payable.mapped("balance")), -sum(receivable.mapped("balance"))
        return settled > 0 and invoice.company_currency_id.compare_amounts(taken, settled) >= 0
