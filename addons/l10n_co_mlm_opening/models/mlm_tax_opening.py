# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmTaxOpening(models.Model):
    """What the system before paid and withheld in a year, per tax number.

    A base for the scale of withholdings and for the certificate of the year: whoever
    computes those adds it to what is posted here.
    """

    _name = "mlm.tax.opening"
    _description = "Year to Date from the Previous System"
    _inherit = "mlm.guarded"
    _order = "date desc, vat, concept, municipality"
    _rec_name = "vat"
    _log_access = False
    _server_only = True

    company_id = fields.Many2one("res.company", required=True, index=True, readonly=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    import_id = fields.Many2one(
        "mlm.opening.import",
        string="Opening",
        required=True,
        index=True,
        readonly=True,
        ondelete="restrict",
    )
    vat = fields.Char(
        string="Tax Number", required=True, index=True, readonly=True, help="Without check digit."
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="Person",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
        help="Who has this tax number now; nobody, if the person left before.",
    )
    date = fields.Date(
        string="Up To", required=True, readonly=True, help="Year to date up to this day."
    )
    concept = fields.Selection(
        [("income", "Income tax"), ("vat", "VAT"), ("ica", "ICA")],
        required=True,
        readonly=True,
    )
    municipality = fields.Char(
        readonly=True, help="Code of five digits (DANE) of the municipality, for ICA."
    )
    base_e4 = BigInteger(string="Base (ten-thousandths)", readonly=True)
    withheld_e4 = BigInteger(string="Withheld (ten-thousandths)", readonly=True)
    base = ScaledMonetary(scaled="base_e4", string="Base")
    withheld = ScaledMonetary(scaled="withheld_e4", string="Withheld")
