# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.formats import Formats


class MlmCoBase(models.Model):
    """From how many UVT on a payment is subject to income-tax withholding, and somebody may be
    responsible for VAT."""

    _name = "mlm.co.base"
    _description = "Minimum Base of Withholding"
    _inherit = ["mlm.co.law"]
    _order = "kind, date_from desc"
    _content = ("kind", "uvt_e4")
    _free = (*_content, "date_from", "date_to")
    _shown = {"uvt": ("uvt_e4", 4)}

    kind = fields.Selection(
        [
            ("services", "Services"),
            ("purchases", "Purchases and other income"),
            ("vat", "Responsibility for VAT, per year"),
        ],
        string="Concept",
        required=True,
        tracking=True,
    )
    uvt_e4 = BigInteger(string="UVT (ten-thousandths)", required=True, aggregator=None)
    uvt = fields.Float(
        string="UVT", compute="_compute_shown", readonly=False, digits=(16, 4), tracking=True
    )

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (kind WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "Another minimum base of this concept is valid in these days. End that one first.",
    )
    _uvt_positive = models.Constraint("CHECK(uvt_e4 >= 0)", "A base is never negative.")

    @api.depends("kind", "uvt_e4")
    def _compute_display_name(self):
        formats = Formats(self.env)
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for record in self:
            record.display_name = f"{kinds.get(record.kind, '')}: {formats.number(record.uvt)} UVT"
