# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.formats import Formats


class MlmCoShare(models.Model):
    """A percentage of the law that is no rate of a concept: of VAT, or of a month's income."""

    _name = "mlm.co.share"
    _description = "Percentage of the Law"
    _inherit = ["mlm.co.law"]
    _order = "kind, date_from desc"
    _content = ("kind", "rate_e6", "limit_uvt_e4")
    _free = (*_content, "date_from", "date_to")
    _shown = {"percent": ("rate_e6", 4), "limit_uvt": ("limit_uvt_e4", 4)}

    kind = fields.Selection(
        [
            ("vat", "Withheld of VAT (ReteIVA)"),
            ("exempt", "Exempt under article 383"),
            ("limit", "Limit of deductions and exempt income"),
        ],
        string="Of What",
        required=True,
        tracking=True,
    )
    rate_e6 = BigInteger(string="Share (millionths)", required=True, aggregator=None)
    percent = fields.Float(
        string="Share (%)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
    )
    limit_uvt_e4 = BigInteger(
        string="At most in a year (ten-thousandths)", default=0, aggregator=None
    )
    limit_uvt = fields.Float(
        string="At Most in a Year (UVT)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
        help="A month has a twelfth of it.",
    )

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (kind WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "Another percentage of the same is valid in these days. End that one first.",
    )
    _figures_range = models.Constraint(
        "CHECK(rate_e6 BETWEEN 0 AND 1000000 AND limit_uvt_e4 >= 0)",
        "A percentage is between 0 and 100, and a limit is never negative.",
    )

    @api.depends("kind", "rate_e6")
    def _compute_display_name(self):
        formats = Formats(self.env)
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for record in self:
            record.display_name = f"{kinds.get(record.kind, '')}: {formats.percent(record.percent)}"
