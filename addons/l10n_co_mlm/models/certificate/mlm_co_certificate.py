# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary

KINDS = [("income", "Income tax"), ("vat", "VAT"), ("ica", "ICA")]
#: what makes a certificate the one it is; one of them is issued at a time
KEY = ("tax_number", "kind", "year", "period", "municipality")


class MlmCoCertificate(models.Model):
    """What a company withheld from a tax number: income tax of a year (art. 381 ET), VAT and
    ICA of two months each, ICA for each municipality.

    Issued by `mlm.co.certificate.issue` from what was posted, and never changed: where the
    figures have become others it is void, and another one takes its place.
    """

    _name = "mlm.co.certificate"
    _description = "Withholding Certificate"
    _inherit = "mlm.guarded"
    _order = "year desc, kind, period, payee_name, id"
    _rec_name = "payee_name"
    _server_only = True

    company_id = fields.Many2one(
        "res.company", required=True, index=True, readonly=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Nobody, if no contact has this tax number.",
    )
    payee_name = fields.Char(string="Name", readonly=True, help="As it was at issue.")
    tax_number = fields.Char(required=True, index=True, readonly=True, help="Without check digit.")
    kind = fields.Selection(KINDS, string="Tax", required=True, readonly=True)
    year = fields.Integer(required=True, readonly=True, aggregator=None)
    period = fields.Integer(
        string="Two Months",
        required=True,
        readonly=True,
        aggregator=None,
        help="1 is January and February, 6 November and December; 0 the whole year.",
    )
    period_name = fields.Char(string="Period", compute="_compute_period_name")
    municipality = fields.Char(
        string="Municipality Code",
        required=True,
        readonly=True,
        default="",
        help="Of five digits (DANE), for ICA.",
    )
    municipality_id = fields.Many2one("mlm.co.municipality", readonly=True, ondelete="restrict")
    base_e4 = BigInteger(string="Base (ten-thousandths)", required=True)
    withheld_e4 = BigInteger(string="Withheld (ten-thousandths)", required=True)
    posted_e4 = BigInteger(
        string="Of it Posted Here (ten-thousandths)",
        required=True,
        help="Without what the system before withheld and what was given back.",
    )
    base = ScaledMonetary(scaled="base_e4", string="Base")
    withheld = ScaledMonetary(scaled="withheld_e4", string="Withheld")
    line_ids = fields.One2many("mlm.co.certificate.line", "certificate_id", string="Concepts")
    code = fields.Char(string="Verification Code", required=True, readonly=True)
    state = fields.Selection(
        [("issued", "Issued"), ("void", "Void")],
        required=True,
        readonly=True,
        default="issued",
        index=True,
    )
    replaces_id = fields.Many2one(
        "mlm.co.certificate",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    issued_at = fields.Datetime(string="Issued on", required=True, readonly=True)
    voided_at = fields.Datetime(string="Void since", readonly=True)
    file = fields.Binary(
        string="PDF", attachment=True, readonly=True, help="Kept as it was first made."
    )

    _code_uniq = models.Constraint("UNIQUE(code)", "A certificate already has this code.")
    _issued_once = models.UniqueIndex(
        "(company_id, tax_number, kind, year, period, municipality) WHERE state = 'issued'",
        "This certificate is issued already.",
    )

    @api.depends("year", "period")
    @api.depends_context("lang")
    def _compute_period_name(self):
        names = self._get_period_names()
        for one in self:
            one.period_name = f"{names[one.period]} {one.year}".strip()

    @api.model
    def _get_period_names(self):
        """Return the names of the year and of its six parts, by their number."""
        _ = self.env._
        return [
            "",
            _("January–February"),
            _("March–April"),
            _("May–June"),
            _("July–August"),
            _("September–October"),
            _("November–December"),
        ]

    @api.depends("kind", "year", "period", "payee_name", "tax_number")
    @api.depends_context("lang")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for one in self:
            parts = (kinds.get(one.kind), one.period_name, one.payee_name or one.tax_number)
            one.display_name = " · ".join(filter(None, parts))

    def _get_last_day(self):
        """Return the last day of what it certifies."""
        self.ensure_one()
        return date(self.year, 2 * (self.period or 6), 1) + relativedelta(day=31)

    def _has_number(self):
        """Whether the person has a tax number, or is known by the contact only."""
        self.ensure_one()
        return self.tax_number != f"P{self.partner_id.id}"

    def _get_guarded_message(self, names):
        return self.env._(
            "A certificate says what was posted and is not changed. Issue the certificates of"
            " the year again: where the figures are others, it is replaced."
        )

    def action_pdf(self):
        """Download the document."""
        self.ensure_one()
        self.check_access("read")
        return {"type": "ir.actions.act_url", "url": f"/mlm/co/certificate/{self.id}"}

    def action_public(self):
        """Open the page that says whether it is valid."""
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": self._get_public_url(), "target": "new"}
