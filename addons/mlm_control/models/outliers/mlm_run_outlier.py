# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger, from_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmRunOutlier(models.Model):
    """An amount far from the person's own history or from others of the same rank.

    No accusation and no obstacle: something to look at before approval.
    """

    _name = "mlm.run.outlier"
    _description = "Unusual Amount"
    _inherit = "mlm.guarded"
    _order = "run_id, distance_e4 desc, id"
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="run_id.network_id")
    currency_id = fields.Many2one("res.currency", compute="_compute_currency_id")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="cascade", string="Paid to"
    )
    rank_id = fields.Many2one("mlm.plan.rank", ondelete="cascade")
    kind = fields.Selection(
        [("history", "Own history"), ("peers", "Same rank")],
        required=True,
        string="Unusual compared with",
    )
    amount_e4 = BigInteger(string="Earned (ten-thousandths)")
    usual_e4 = BigInteger(
        string="Usual (ten-thousandths)",
        help="Median of the person's posted cycles, or the percentile of the rank.",
    )
    limit_e4 = BigInteger(string="Limit (ten-thousandths)", help="From here on it is unusual.")
    distance_e4 = BigInteger(string="Distance (ten-thousandths)")
    seen = fields.Integer(
        string="Compared with", help="Number of the person's cycles, or number of people."
    )
    amount = ScaledMonetary(scaled="amount_e4", string="Earned")
    usual = ScaledMonetary(scaled="usual_e4", string="Usual")
    limit = ScaledMonetary(scaled="limit_e4")
    text = fields.Char(compute="_compute_text", string="Why")

    _kind_uniq = models.Constraint(
        "UNIQUE(run_id, distributor_id, kind)", "The amount of this person is already listed."
    )

    @api.depends("kind", "distributor_id", "run_id.currency_id")
    def _compute_currency_id(self):
        """The own history is in the person's currency; the same rank is paid in several."""
        for outlier in self:
            run = outlier.run_id
            own = outlier.kind == "history"
            outlier.currency_id = (
                run._currency_of(outlier.distributor_id) if own else run.currency_id
            )

    @api.depends("kind", "amount_e4", "usual_e4", "seen", "rank_id")
    @api.depends_context("lang")
    def _compute_text(self):
        for outlier in self:
            formats = Formats(self.env, outlier.currency_id)
            values = {
                "amount": formats.money(from_e4(outlier.amount_e4)),
                "usual": formats.money(from_e4(outlier.usual_e4)),
                "limit": formats.money(from_e4(outlier.limit_e4)),
                "seen": outlier.seen,
            }
            if outlier.kind == "peers":
                outlier.text = self.env._(
                    "%(amount)s; of %(seen)s people with the rank %(rank)s, almost all get up to "
                    "%(usual)s, and %(limit)s or more is unusual.",
                    rank=outlier.rank_id.name,
                    **values,
                )
            elif outlier.amount_e4 < outlier.usual_e4:
                outlier.text = self.env._(
                    "%(amount)s; the median of the last %(seen)s paid cycles is %(usual)s, and "
                    "less than %(limit)s is unusual.",
                    **values,
                )
            else:
                outlier.text = self.env._(
                    "%(amount)s; the median of the last %(seen)s paid cycles is %(usual)s, and "
                    "%(limit)s or more is unusual.",
                    **values,
                )

    def action_explain(self):
        """How the cycle went for the person."""
        self.ensure_one()
        wizard = self.env["mlm.explanation"].create(
            {"run_id": self.run_id.id, "distributor_id": self.distributor_id.id}
        )
        return wizard._action_open()

    def action_earnings(self):
        self.ensure_one()
        return self.run_id._action_earnings(self.distributor_id)
