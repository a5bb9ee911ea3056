# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats

URL = "/certificado"


class MlmCoCertificate(models.Model):
    """What anybody who holds a certificate may ask: whether it is valid."""

    _inherit = "mlm.co.certificate"

    def _get_public_url(self):
        self.ensure_one()
        return f"{self.get_base_url()}{URL}/{self.code}"

    @api.model
    def _ensure_lookup(self, ip):
        """Count a look-up of a code that nobody has, under its address.

        The codes are too long to be guessed; an add-on that counts public requests limits them.

        :raise UserError: so many that somebody may be trying codes
        """

    @api.model
    def _get_public(self, code):
        """Return what the page of a code shows, no more of the person than initials and digits.

        :return: ``{is_valid, is_replaced, company, title, period, place, base, withheld, name,
            number, issued, voided}``, texts; None: nobody has the code
        """
        # sudo: whoever has the code, which cannot be guessed, holds the certificate
        found = self.sudo().search([("code", "=", code)]) if code else self
        if not found:
            return None
        formats = Formats(self.env, found.currency_id)
        is_void = found.state == "void"
        return {
            "is_valid": not is_void,
            "is_replaced": is_void
            and bool(self.sudo().search_count([("replaces_id", "=", found.id)])),  # sudo: as above
            "company": " · ".join(filter(None, [found.company_id.name, found.company_id.vat])),
            "title": found._get_title(),
            "period": found.period_name,
            "place": found.municipality_id.name or "",
            "base": formats.money(from_e4(found.base_e4)),
            "withheld": formats.money(from_e4(found.withheld_e4)),
            "name": " ".join(f"{part[0].upper()}." for part in (found.payee_name or "").split()),
            "number": f"···{found.tax_number[-4:]}" if found._has_number() else "–",
            "issued": formats.day(found.issued_at),
            "voided": formats.day(found.voided_at) if is_void else "",
        }
