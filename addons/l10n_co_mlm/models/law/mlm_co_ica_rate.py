# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.formats import Formats


class MlmCoIcaRate(models.Model):
    """A rate of ReteICA of a municipality, per mil, and its minimum bases.

    A row without activity is for all that have none of their own there.
    """

    _name = "mlm.co.ica.rate"
    _description = "Rate of ReteICA"
    _inherit = ["mlm.co.law"]
    _order = "municipality_id, activity_id, date_from desc"
    _content = (
        "municipality_id",
        "activity_id",
        "rate_e6",
        "base_uvt_e4",
        "base_purchases_uvt_e4",
    )
    _free = (*_content, "date_from", "date_to")
    _shown = {
        "per_mil": ("rate_e6", 3),
        "base_uvt": ("base_uvt_e4", 4),
        "base_purchases_uvt": ("base_purchases_uvt_e4", 4),
    }

    municipality_id = fields.Many2one(
        "mlm.co.municipality", required=True, index=True, ondelete="restrict", tracking=True
    )
    activity_id = fields.Many2one(
        "mlm.co.activity",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        help="Empty: every activity that has no row of its own in this municipality.",
    )
    rate_e6 = BigInteger(string="Rate (millionths)", required=True, aggregator=None)
    per_mil = fields.Float(
        string="Rate (‰)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 3),
        tracking=True,
    )
    base_uvt_e4 = BigInteger(
        string="Minimum base of services (ten-thousandths)", default=0, aggregator=None
    )
    base_uvt = fields.Float(
        string="Base of Services (UVT)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
    )
    base_purchases_uvt_e4 = BigInteger(
        string="Minimum base of purchases (ten-thousandths)", default=0, aggregator=None
    )
    base_purchases_uvt = fields.Float(
        string="Base of Purchases (UVT)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
    )

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (municipality_id WITH =, (COALESCE(activity_id, 0)) WITH =,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "Another rate of this municipality and activity is valid in these days. End that one"
        " first.",
    )
    _figures_range = models.Constraint(
        "CHECK(rate_e6 BETWEEN 0 AND 1000000 AND base_uvt_e4 >= 0 AND base_purchases_uvt_e4 >= 0)",
        "A rate is between 0 and 1,000 per mil, and a base is never negative.",
    )

    @api.depends("municipality_id", "activity_id", "rate_e6")
    def _compute_display_name(self):
        formats = Formats(self.env)
        for record in self:
            record.display_name = self.env._(
                "%(municipality)s, %(activity)s: %(rate)s ‰",
                municipality=record.municipality_id.name or "",
                activity=record.activity_id.display_name or self.env._("other activities"),
                rate=formats.number(record.per_mil),
            )
