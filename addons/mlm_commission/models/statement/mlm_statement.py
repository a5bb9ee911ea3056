# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmStatement(models.Model):
    """What one payee got from one posted run: gross, deductions, net.

    Written in the transaction of its journal entry and never changed.
    """

    _name = "mlm.statement"
    _description = "Commission Statement"
    _inherit = ["mlm.append.only"]
    _log_access = False
    # newest run first, as its index has them: runs are posted in the order of their cycles
    _order = "run_id.id desc, net_e4 desc, id"
    _check_company_auto = True

    company_id = fields.Many2one("res.company", required=True, index=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="restrict")
    period_id = fields.Many2one(
        "mlm.period", required=True, index=True, ondelete="restrict", string="Cycle"
    )
    pay_date = fields.Date(related="period_id.pay_date")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Paid to",
        compute="_compute_partner_id",
        compute_sudo=True,
        help="Whoever held the membership at the end of the cycle.",
    )
    move_id = fields.Many2one(
        "account.move", string="Journal entry", index=True, ondelete="restrict"
    )
    gross_e4 = BigInteger(string="Earned (ten-thousandths)", required=True)
    deducted_e4 = BigInteger(string="Deductions (ten-thousandths)", required=True)
    net_e4 = BigInteger(string="To pay (ten-thousandths)", required=True)
    gross = ScaledMonetary(scaled="gross_e4")
    deducted = ScaledMonetary(scaled="deducted_e4", string="Deductions")
    net = ScaledMonetary(scaled="net_e4", string="To pay")
    deduction_ids = fields.One2many("mlm.statement.deduction", "statement_id")
    hold_reason = fields.Text(
        string="Missing Before Payment",
        compute="_compute_hold_reason",
        compute_sudo=True,
        help="What is missing of the person before this may be paid.",
    )

    _run_distributor_uniq = models.Constraint(
        "UNIQUE(run_id, distributor_id)",
        "This distributor already has a statement of the run.",
    )
    _listed_idx = models.Index("(run_id DESC, net_e4 DESC, id)")
    _adds_up = models.Constraint(
        "CHECK(gross_e4 = deducted_e4 + net_e4)",
        "Gross must equal deductions plus net.",
    )

    @api.depends("distributor_id", "period_id")
    def _compute_partner_id(self):
        for run, statements in self.grouped("run_id").items():
            holders = run._get_holders(statements.distributor_id)
            for statement in statements:
                statement.partner_id = holders[statement.distributor_id.id]

    def _compute_hold_reason(self):
        reasons = self.env["mlm.deduction"]._get_hold_reasons(self)
        for statement in self:
            statement.hold_reason = "\n".join(reasons.get(statement.id, ())) or False

    @api.depends("distributor_id", "period_id")
    def _compute_display_name(self):
        for statement in self:
            statement.display_name = (
                f"{statement.period_id.display_name} · {statement.distributor_id.display_name}"
            )

    def action_earnings(self):
        self.ensure_one()
        return self.run_id._action_earnings(self.distributor_id, title=self.display_name)

    def action_open_move(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "account.move",
            "res_id": self.move_id.id,
            "view_mode": "form",
        }
