# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.internal import as_internal

#: fields of a line that its deposit tells
_TOLD = {"amount", "date", "payment_ref", "ref", "partner_name", "partner_id"}


class AccountBankStatementLine(models.Model):
    _inherit = "account.bank.statement.line"

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines._mlm_list_deposits()
        return lines

    def write(self, vals):
        result = super().write(vals)
        if not _TOLD.isdisjoint(vals):
            self._mlm_correct_deposits("date" in vals)
        return result

    def _mlm_correct_deposits(self, day):
        """A corrected line corrects its deposit while that is open, begins one, or ends it.

        :param day: whether the day was corrected, too; else the one that somebody may have
            found out for the deposit stays
        """
        # sudo: as where they are listed
        deposits = self.env["mlm.deposit"].sudo().search([("statement_line_id", "in", self.ids)])
        for deposit in deposits.filtered(lambda one: one.state == "open"):
            line = deposit.statement_line_id
            if line.amount > 0:
                told = line._get_mlm_told()
                as_internal(deposit).write(told | ({"paid_on": line.date} if day else {}))
            else:
                deposit.unlink()
        (self - deposits.exists().statement_line_id)._mlm_list_deposits()

    def _get_mlm_told(self):
        """What the bank says of the money, as values of a deposit."""
        return {
            "amount": self.amount,
            "reference": self.payment_ref or self.ref,
            "payer": self.partner_name or self.partner_id.name,
        }

    def _mlm_list_deposits(self):
        """List what came in on accounts on which buyers pay."""
        # sudo: whoever keeps the bank's lines need not see deposits
        as_internal(self.env["mlm.deposit"].sudo()).create(
            [
                {
                    **line._get_mlm_told(),
                    "company_id": line.company_id.id,
                    "currency_id": line.currency_id.id,
                    "source": "bank",
                    "journal_id": line.journal_id.id,
                    "paid_on": line.date,
                    "statement_line_id": line.id,
                }
                for line in self
                if line.amount > 0 and line.journal_id.mlm_deposits and not line.is_reconciled
            ]
        )
