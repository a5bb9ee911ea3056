# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.formats import Formats


class MlmCoBracket(models.Model):
    """A step of the monthly table of article 383: (base − from) × rate + plus, in UVT."""

    _name = "mlm.co.bracket"
    _description = "Step of the Table of Article 383"
    _inherit = ["mlm.co.law"]
    _order = "date_from desc, from_uvt_e4"
    _content = ("from_uvt_e4", "to_uvt_e4", "rate_e6", "plus_uvt_e4")
    _free = (*_content, "date_from", "date_to")
    _shown = {
        "from_uvt": ("from_uvt_e4", 4),
        "to_uvt": ("to_uvt_e4", 4),
        "percent": ("rate_e6", 4),
        "plus_uvt": ("plus_uvt_e4", 4),
    }

    from_uvt_e4 = BigInteger(string="Above (ten-thousandths)", default=0, aggregator=None)
    from_uvt = fields.Float(
        string="Above (UVT)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
    )
    to_uvt_e4 = BigInteger(string="Up to (ten-thousandths)", default=0, aggregator=None)
    to_uvt = fields.Float(
        string="Up to (UVT)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
        help="Zero: the last step, without end.",
    )
    rate_e6 = BigInteger(string="Rate (millionths)", default=0, aggregator=None)
    percent = fields.Float(
        string="Rate (%)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
    )
    plus_uvt_e4 = BigInteger(string="Plus (ten-thousandths)", default=0, aggregator=None)
    plus_uvt = fields.Float(
        string="Plus (UVT)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
        help="Tax of the steps below.",
    )

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (int8range(from_uvt_e4, NULLIF(to_uvt_e4, 0)) WITH &&,"
        " daterange(date_from, date_to, '[]') WITH &&)",
        "Another step of the table has these UVT in these days. End that one first.",
    )
    _figures_range = models.Constraint(
        "CHECK(from_uvt_e4 >= 0 AND plus_uvt_e4 >= 0 AND rate_e6 BETWEEN 0 AND 1000000"
        " AND (to_uvt_e4 = 0 OR to_uvt_e4 > from_uvt_e4))",
        "A step begins at zero or above, ends above its beginning, and its rate is between 0 and"
        " 100 %.",
    )

    @api.depends("from_uvt_e4", "rate_e6")
    def _compute_display_name(self):
        formats = Formats(self.env)
        for record in self:
            record.display_name = self.env._(
                "above %(uvt)s UVT: %(rate)s",
                uvt=formats.number(record.from_uvt),
                rate=formats.percent(record.percent),
            )
