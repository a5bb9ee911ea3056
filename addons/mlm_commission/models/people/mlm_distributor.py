# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.formats import Formats

from ...roles import SEES_MONEY


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    statement_ids = fields.One2many("mlm.statement", "distributor_id", groups=SEES_MONEY)
    mlm_balance = fields.Monetary(
        compute="_compute_mlm_balance",
        currency_field="mlm_currency_id",
        groups=SEES_MONEY,
        string="Commissions payable",
    )
    mlm_former_balance = fields.Monetary(
        compute="_compute_mlm_balance",
        currency_field="mlm_currency_id",
        groups=SEES_MONEY,
        string="Payable to former holders",
        help="What is still owed under the tax numbers of previous holders.",
    )
    mlm_currency_id = fields.Many2one(related="company_id.currency_id")

    @api.depends_context("uid", "allowed_company_ids")
    def _compute_mlm_balance(self):
        """Balance of the commissions payable account only (RULES 31), under the tax
        number of the present holder and, apart, of those who held it before."""
        homes = None if self.env.su else self.env["ir.rule"]._eval_context()["home_ids"]
        former = self._get_former_holders()
        for company, members in self.grouped("company_id").items():
            if homes is not None and company.id not in homes:
                members.mlm_balance = members.mlm_former_balance = 0.0
                continue
            partners = members.partner_id | members.env["res.partner"].union(
                *(former[member.id] for member in members)
            )
            balances = self._get_payable_balances(company, partners)
            for member in members:
                member.mlm_balance = balances.get(member.partner_id.id, 0.0)
                member.mlm_former_balance = sum(
                    balances.get(partner.id, 0.0) for partner in former[member.id]
                )

    def _get_former_holders(self):
        """Return who held each membership before and holds none now: ``{id: contacts}``."""
        # sudo: contacts of memberships that the user may see
        rows = (
            self.env["mlm.holder"]
            .sudo()
            .search(
                [
                    ("distributor_id", "in", self.ids),
                    ("role", "=", "holder"),
                    ("superseded_at", "=", False),
                    ("valid_to", "!=", False),
                ]
            )
        )
        # somebody who was enrolled anew has the balance there
        # sudo: who is enrolled anew is left out, and not told
        enrolled = (
            self.sudo()
            .search(
                [
                    ("partner_id", "in", rows.partner_id.ids),
                    ("company_id", "in", rows.company_id.ids),
                ]
            )
            .partner_id
        )
        by_member = rows.grouped("distributor_id")
        # sudo: as above
        Partner = self.env["res.partner"].sudo()
        return {
            record.id: by_member[record._origin.sudo()].partner_id - enrolled
            if record._origin.sudo() in by_member
            else Partner
            for record in self
        }

    def _get_payable_balances(self, company, partners):
        # sudo: for a field of who sees money, of people whose amounts the user reads
        lines = self.env["account.move.line"].sudo()
        groups = lines._read_group(
            [
                ("account_id", "in", company._mlm_payable_accounts().ids),
                ("partner_id", "in", partners.ids),
                ("parent_state", "=", "posted"),
                ("company_id", "=", company.id),
            ],
            ["partner_id"],
            ["balance:sum"],
        )
        return {partner.id: -balance for partner, balance in groups}

    def _get_moving_texts(self):
        texts = super()._get_moving_texts()
        if self.mlm_rank:
            texts.append(self.env._("Rank %s, carry-over and terms are kept.", self.mlm_rank))
        else:
            texts.append(self.env._("Carry-over and terms are kept."))
        return texts

    def _get_staying_texts(self, name):
        texts = super()._get_staying_texts(name)
        # sudo: whoever transfers a membership is told what stays
        balance = self.sudo().mlm_balance
        if balance:
            amount = Formats(self.env, self.sudo().mlm_currency_id).money(balance)
            texts.append(
                self.env._(
                    "The open balance of %(amount)s stays with %(name)s.", amount=amount, name=name
                )
            )
        texts.append(
            self.env._(
                "Earnings of cycles until then, withholding and the year's totals stay with %s.",
                name,
            )
        )
        return texts

    def action_mlm_statements(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statements of %(name)s", name=self.display_name),
            "res_model": "mlm.statement",
            "view_mode": "list,kanban,form",
            "domain": [("distributor_id", "=", self.id)],
        }
