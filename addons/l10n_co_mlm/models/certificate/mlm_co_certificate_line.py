# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.scaled import ScaledFloat, ScaledMonetary

from ..law.mlm_co_rate import CONCEPTS


class MlmCoCertificateLine(models.Model):
    """What a certificate says of one concept and rate."""

    _name = "mlm.co.certificate.line"
    _description = "Concept of a Withholding Certificate"
    _inherit = "mlm.guarded"
    _order = "certificate_id, concept, rate_e6, id"
    _log_access = False
    _server_only = True

    certificate_id = fields.Many2one(
        "mlm.co.certificate", required=True, index=True, readonly=True, ondelete="cascade"
    )
    company_id = fields.Many2one(related="certificate_id.company_id")
    currency_id = fields.Many2one(related="company_id.currency_id")
    concept = fields.Selection(
        [*CONCEPTS, ("work", "Own work, table of article 383")],
        readonly=True,
        help="Empty where it is not known, as of the system before.",
    )
    rate_e6 = fields.Integer(
        string="Rate (millionths)", readonly=True, aggregator=None, help="0: not known."
    )
    rate = ScaledFloat(scaled="rate_e6", string="Rate %", digits=(9, 4))
    base_e4 = BigInteger(string="Base (ten-thousandths)", required=True)
    withheld_e4 = BigInteger(string="Withheld (ten-thousandths)", required=True)
    base = ScaledMonetary(scaled="base_e4", string="Base")
    withheld = ScaledMonetary(scaled="withheld_e4", string="Withheld")
