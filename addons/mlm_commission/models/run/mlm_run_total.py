# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmRunTotal(models.Model):
    """Totals of a run by bonus or by rank, for the preview screen."""

    _name = "mlm.run.total"
    _description = "Total of a Run"
    _inherit = "mlm.guarded"
    _order = "run_id, kind, sequence"
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="run_id.network_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    kind = fields.Selection([("bonus", "Bonus"), ("rank", "Rank")], required=True)
    sequence = fields.Integer()
    bonus_id = fields.Many2one("mlm.plan.bonus", ondelete="cascade")
    rank_id = fields.Many2one("mlm.plan.rank", ondelete="cascade")
    count = fields.Integer(string="Rows")
    payees = fields.Integer(string="People")
    amount_e4 = BigInteger(string="Earned (ten-thousandths)")
    breakage_e4 = BigInteger(string="Breakage (ten-thousandths)")
    cap_e4 = BigInteger(string="Capped (ten-thousandths)")
    scale_e4 = BigInteger(string="Scaled (ten-thousandths)")
    previous_e4 = BigInteger(string="Preview before (ten-thousandths)")
    amount = ScaledMonetary(scaled="amount_e4", string="Earned")
    breakage = ScaledMonetary(scaled="breakage_e4", string="Breakage")
    capped = ScaledMonetary(
        scaled="cap_e4", string="Capped", help="Cut by caps per person and period."
    )
    scaled = ScaledMonetary(
        scaled="scale_e4",
        string="Scaled",
        help="Cut by the company's cap, moved by guarantees or added by the guaranteed minimum.",
    )
    previous = ScaledMonetary(scaled="previous_e4", string="Preview before")

    share = fields.Float(
        compute="_compute_share", string="Share %", help="Share of everything earned in the run."
    )

    @api.depends("run_id.currency_id")
    def _compute_currency_id(self):
        for total in self:
            total.currency_id = total.run_id.currency_id

    @api.depends("amount_e4", "run_id.amount_e4")
    def _compute_share(self):
        for total in self:
            whole = total.run_id.amount_e4
            total.share = 100 * total.amount_e4 / whole if whole else 0

    def action_open(self):
        self.ensure_one()
        if self.kind == "bonus":
            return self.run_id._action_earnings(bonus=self.bonus_id)
        return self.run_id._action_rank(self.rank_id)
