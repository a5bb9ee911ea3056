# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from odoo import api, fields, models


class MlmCoUvt(models.Model):
    """The UVT of a year, in pesos. A missing one stops what needs it (RULES 54)."""

    _name = "mlm.co.uvt"
    _description = "UVT"
    _inherit = ["mlm.co.law"]
    _order = "year desc"
    _rec_name = "year"
    _content = ("year", "value")
    _free = _content

    year = fields.Integer(required=True, aggregator=None, tracking=True)
    value = fields.Integer(string="Pesos", required=True, aggregator=None, tracking=True)
    date_from = fields.Date(compute="_compute_dates", store=True, precompute=True)
    date_to = fields.Date(compute="_compute_dates", store=True, precompute=True, help=False)

    _year_uniq = models.Constraint("UNIQUE(year)", "This year already has its UVT.")
    _year_range = models.Constraint(
        "CHECK(year BETWEEN 2006 AND 2200)", "Write the year with four digits."
    )
    _value_positive = models.Constraint("CHECK(value > 0)", "The UVT is above zero.")

    @api.depends("year")
    def _compute_dates(self):
        for record in self:
            known = 0 < record.year < 9999
            record.date_from = date(record.year, 1, 1) if known else False
            record.date_to = date(record.year, 12, 31) if known else False

    @api.depends("year")
    def _compute_display_name(self):
        for record in self:
            record.display_name = f"UVT {record.year}"
