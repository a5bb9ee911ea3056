# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmCoCertificate(models.Model):
    """Certificates as the portal and the public page ask for them."""

    _inherit = "mlm.co.certificate"

    @api.model
    def _ensure_lookup(self, ip):
        result = super()._ensure_lookup(ip)
        # sudo: the limits of the company
        self.env["mlm.form.limit"]._ensure_lookup(self.env.company.sudo(), ip)
        return result

    @api.model
    def _own(self, distributor):
        """Return the issued certificates of a person.

        :param distributor: with sudo, the reader's own enrolment
        """
        # sudo: readers of the portal have no right on the model, and get nothing but their own
        return self.sudo().search(
            [("partner_id", "=", distributor.partner_id.id), ("state", "=", "issued")]
        )

    @api.model
    def _list_own(self, distributor):
        """Return ``[(year, [{id, title, period, place, base, withheld, issued}])]``, the newest
        year first; amounts in units of the company's currency."""
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        own = self._own(distributor).with_context(lang=self.env.lang)
        return [
            (
                year,
                [
                    {
                        "id": one.id,
                        "title": kinds[one.kind],
                        "period": one.period_name,
                        "place": one.municipality_id.name or "",
                        "base": one.base,
                        "withheld": one.withheld,
                        "currency": one.currency_id,
                        "issued": one.issued_at.date(),
                    }
                    for one in certificates
                ],
            )
            for year, certificates in own.grouped("year").items()
        ]
