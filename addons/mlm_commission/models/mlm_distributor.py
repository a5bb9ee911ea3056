# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

# The warehouse sees who is who, not what they are owed.
SEES_MONEY = ",".join(
    f"mlm_base.group_{role}" for role in ("support", "manager", "approver", "accountant", "auditor")
)


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    statement_ids = fields.One2many("mlm.statement", "distributor_id")
    mlm_rank = fields.Char(compute="_compute_mlm_rank", string="Rank")
    mlm_balance = fields.Monetary(
        compute="_compute_mlm_balance",
        currency_field="mlm_currency_id",
        groups=SEES_MONEY,
        string="Commissions payable",
    )
    mlm_currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends_context("lang")
    def _compute_mlm_rank(self):
        """Paid-as rank in the last posted run, of the ones shown only."""
        for company, members in self.grouped("company_id").items():
            run = (
                self.env["mlm.run"]
                .sudo()
                .search(
                    [("company_id", "=", company.id), ("state", "=", "posted")],
                    order="number desc",
                    limit=1,
                )
            )
            ranks = run._ranks_of(members) if run else {}
            for member in members:
                member.mlm_rank = ranks.get(member.id, "")

    def _compute_mlm_balance(self):
        """Balance of the commissions payable account only (RULES 31)."""
        lines = self.env["account.move.line"].sudo()  # shown to who sees the person
        for company, members in self.grouped("company_id").items():
            account = company.sudo().mlm_payable_account_id
            balances = dict(
                lines._read_group(
                    [
                        ("account_id", "=", account.id),
                        ("partner_id", "in", members.partner_id.ids),
                        ("parent_state", "=", "posted"),
                        ("company_id", "=", company.id),
                    ],
                    ["partner_id"],
                    ["balance:sum"],
                )
            )
            for member in members:
                member.mlm_balance = -balances.get(member.partner_id, 0.0)

    def action_mlm_statements(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statements of %(name)s", name=self.display_name),
            "res_model": "mlm.statement",
            "view_mode": "list,form",
            "domain": [("distributor_id", "=", self.id)],
        }
