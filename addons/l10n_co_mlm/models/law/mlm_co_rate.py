# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.formats import Formats

#: what a payment of commissions can be for the income tax; which one is the company's choice
CONCEPTS = [
    ("commissions", "Commissions"),
    ("fees", "Fees"),
    ("services", "Services"),
    ("other", "Other income"),
]


class MlmCoRate(models.Model):
    """A rate of income-tax withholding, for one kind of person and one concept.

    A row for people who file (or do not) goes before one for any. Beyond ``switch_uvt`` in a
    calendar year the other rate applies, from the payment on that crosses it (RULES 56).
    """

    _name = "mlm.co.rate"
    _description = "Rate of Income-Tax Withholding"
    _inherit = ["mlm.co.law"]
    _order = "resident desc, concept, person, declarant, date_from desc"
    _content = (
        "concept",
        "person",
        "declarant",
        "resident",
        "rate_e6",
        "base_kind",
        "switch_uvt_e4",
        "switch_rate_e6",
        "tax_ref",
        "switch_tax_ref",
    )
    _free = (*_content, "date_from", "date_to")
    _shown = {
        "percent": ("rate_e6", 4),
        "switch_uvt": ("switch_uvt_e4", 4),
        "switch_percent": ("switch_rate_e6", 4),
    }

    concept = fields.Selection(CONCEPTS, required=True, tracking=True)
    person = fields.Selection(
        [("natural", "Natural person"), ("legal", "Legal person")], required=True, tracking=True
    )
    declarant = fields.Selection(
        [
            ("any", "Files or not"),
            ("yes", "Files income tax"),
            ("no", "Does not file income tax"),
        ],
        string="Income Tax Return",
        required=True,
        default="any",
        tracking=True,
    )
    resident = fields.Boolean(string="Resident in Colombia", default=True, tracking=True)
    rate_e6 = BigInteger(string="Rate (millionths)", required=True, aggregator=None)
    percent = fields.Float(
        string="Rate (%)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
    )
    base_kind = fields.Selection(
        [
            ("none", "None"),
            ("services", "Of services"),
            ("purchases", "Of purchases and other income"),
        ],
        string="Minimum Base",
        required=True,
        default="none",
        tracking=True,
    )
    switch_uvt_e4 = BigInteger(string="Yearly limit (ten-thousandths)", default=0, aggregator=None)
    switch_uvt = fields.Float(
        string="Limit of the Year (UVT)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
        help="From the payment on that takes the year above it, the rate beyond applies."
        " Zero: no limit.",
    )
    switch_rate_e6 = BigInteger(string="Rate beyond (millionths)", default=0, aggregator=None)
    switch_percent = fields.Float(
        string="Rate beyond (%)",
        compute="_compute_shown",
        readonly=False,
        digits=(16, 4),
        tracking=True,
    )
    tax_ref = fields.Char(
        string="Tax of the Chart",
        required=True,
        tracking=True,
        help="Name of the tax in the chart of Colombia, such as l10n_co_tax_18: the account is"
        " its account.",
    )
    switch_tax_ref = fields.Char(
        string="Tax beyond the Limit", tracking=True, help="Empty: the same one."
    )

    _one_at_a_time = models.Constraint(
        "EXCLUDE USING gist (concept WITH =, person WITH =, declarant WITH =,"
        " (resident::int) WITH =, daterange(date_from, date_to, '[]') WITH &&)",
        "Another rate for the same payees is valid in these days. End that one first.",
    )
    _rate_range = models.Constraint(
        "CHECK(rate_e6 BETWEEN 0 AND 1000000 AND switch_rate_e6 BETWEEN 0 AND 1000000)",
        "A rate is between 0 and 100 %.",
    )
    _switch_complete = models.Constraint(
        "CHECK(switch_uvt_e4 >= 0 AND (switch_uvt_e4 = 0) = (switch_rate_e6 = 0))",
        "A limit of the year and the rate beyond it go together.",
    )

    @api.depends("concept", "person", "declarant", "resident", "rate_e6")
    def _compute_display_name(self):
        formats = Formats(self.env)
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("concept", "person", "declarant")
        }
        for record in self:
            parts = [labels["concept"].get(record.concept), labels["person"].get(record.person)]
            if record.declarant != "any":
                parts.append(labels["declarant"].get(record.declarant))
            if not record.resident:
                parts.append(self.env._("not resident in Colombia"))
            parts.append(formats.percent(record.percent))
            record.display_name = ", ".join(filter(None, parts))
