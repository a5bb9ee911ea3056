# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class ResCompany(models.Model):
    _inherit = "res.company"
    _free = (
        "mlm_journal_id",
        "mlm_expense_account_id",
        "mlm_payable_account_id",
        "mlm_in_kind_account_id",
        "mlm_assumed_account_id",
        "mlm_withholding_tax_id",
        "mlm_chunk_size",
    )

    mlm_journal_id = fields.Many2one(
        "account.journal",
        string="Commission journal",
        domain="[('type', '=', 'general')]",
        check_company=True,
        help="A separate journal, so that runs are posted apart from daily work.",
    )
    mlm_expense_account_id = fields.Many2one(
        "account.account",
        string="Commission expense account",
        check_company=True,
    )
    mlm_payable_account_id = fields.Many2one(
        "account.account",
        string="Commissions payable account",
        domain="[('account_type', '=', 'liability_payable')]",
        check_company=True,
        help="Used for commissions only: the balance of a distributor is the balance of this "
        "account.",
    )
    mlm_in_kind_account_id = fields.Many2one(
        "account.account",
        string="Prizes in kind account",
        check_company=True,
        help="Credited with goods and trips that people earn and that are not paid in cash: the "
        "stock they come from, or the supplier who is paid for them.",
    )
    mlm_assumed_account_id = fields.Many2one(
        "account.account",
        string="Assumed taxes account",
        check_company=True,
        help="Debited with the withholding on a prize in kind that the person's cash of the same "
        "document does not cover. Empty: the person owes it.",
    )
    mlm_withholding_tax_id = fields.Many2one(
        "account.tax",
        string="Withholding on commissions",
        check_company=True,
        domain="[('amount', '<', 0), ('amount_type', '=', 'percent')]",
        help="Its rate and account. Empty: nothing is withheld.",
    )
    mlm_chunk_size = fields.Integer(
        string="Payees per journal entry",
        default=300,
        help="Each journal entry is one transaction: between 200 and 500 payees keeps them short.",
    )

    def _mlm_payable_accounts(self):
        """Accounts on which the company owes commissions: the one of the settings, and those
        of before, where entries of the suite stand."""
        self.ensure_one()
        # sudo: which accounts are meant is no secret of the runs
        groups = (
            self.env["mlm.sealed.move"]
            .sudo()
            ._read_group([("company_id", "=", self.id)], ["payable_account_id"])
        )
        return self.sudo().mlm_payable_account_id.union(*(account for (account,) in groups))
