# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmRunSheet(models.Model):
    """A person on the pre-approval sheet of a run, once for each reason to look.

    Like unusual amounts it accuses nobody and stops nothing.
    """

    _name = "mlm.run.sheet"
    _description = "Pre-approval Sheet"
    _inherit = "mlm.guarded"
    _order = "run_id, kind, rank, id"
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="run_id.network_id")
    currency_id = fields.Many2one("res.currency", required=True)
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="cascade", string="Person"
    )
    kind = fields.Selection(
        [
            ("top", "Highest paid"),
            ("far", "Far from the mean"),
            ("first", "Paid for the first time"),
            ("gone", "Paid last cycle, nothing now"),
        ],
        required=True,
        string="Why",
    )
    rank = fields.Integer(string="Place", aggregator=None, help="By size, within the reason.")
    amount_e4 = BigInteger(string="Earned (ten-thousandths)")
    before_e4 = BigInteger(string="Last cycle (ten-thousandths)")
    mean_e4 = BigInteger(string="Mean (ten-thousandths)")
    cycles = fields.Integer(string="Cycles in the mean", aggregator=None)
    amount = ScaledMonetary(scaled="amount_e4", string="Earned")
    before = ScaledMonetary(scaled="before_e4", string="Last cycle")
    mean = ScaledMonetary(
        scaled="mean_e4", help="Of the last posted cycles, those without an amount included."
    )
    change = fields.Float(
        compute="_compute_change", string="Change %", digits=(9, 0), help="Against the mean."
    )

    _kind_uniq = models.Constraint(
        "UNIQUE(run_id, distributor_id, kind)",
        "This person is already on the sheet for that reason.",
    )

    @api.depends("amount_e4", "mean_e4")
    def _compute_change(self):
        for line in self:
            mean = line.mean_e4
            line.change = 100 * (line.amount_e4 - mean) / mean if mean else 0

    def action_earnings(self):
        self.ensure_one()
        return self.run_id._action_earnings(self.distributor_id)

    def action_compare(self):
        """Why the cycle pays more or less than the one before."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "mlm_commission.action_mlm_two_cycles"
        )
        action["context"] = {
            "default_run_id": self.run_id.id,
            "default_distributor_id": self.distributor_id.id,
        }
        return action
