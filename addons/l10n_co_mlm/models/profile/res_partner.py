# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from stdnum.co import nit

from odoo import api, fields, models

#: types of documents whose number is the NIT of the person, with a check digit more
_OWN_NIT = ("rut", "national_citizen_id", "id_card")


class ResPartner(models.Model):
    """The NIT as the tax office writes it: the number, and the digit that checks it."""

    _inherit = "res.partner"

    mlm_nit = fields.Char(
        string="NIT", compute="_compute_mlm_nit", help="The tax number without its check digit."
    )
    mlm_dv = fields.Char(string="Check Digit (DV)", compute="_compute_mlm_nit")

    @api.depends("vat", "l10n_latam_identification_type_id")
    def _compute_mlm_nit(self):
        numbers = self._mlm_tax_number()
        for partner in self:
            code = partner.l10n_latam_identification_type_id.l10n_co_document_code
            number = numbers[partner.id] if partner.vat and code in _OWN_NIT else ""
            partner.mlm_nit = number or False
            partner.mlm_dv = nit.calc_check_digit(number) if number.isdigit() else False
