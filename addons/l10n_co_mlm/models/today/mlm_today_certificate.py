# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmToday(models.AbstractModel):
    """Certificates that became void by an entry, for who issues those that replace them."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions" and self.env["mlm.co.certificate.issue"].has_access("write"):
            cards.append(self._card_co_certificates())
        return cards

    @api.model
    def _card_co_certificates(self):
        return self._count_card(
            "co_certificates",
            self.env._("Certificates to replace"),
            self.env._(
                "Something that they certified was taken back, so they are void. Issue the"
                " certificates of their year again."
            ),
            19,
            "mlm.co.certificate",
            self._get_void_since_issue(),
            "l10n_co_mlm.mlm_co_certificate_action",
            icon="fa-file-text-o",
            tone="warning",
            waits=True,
        )

    @api.model
    def _get_void_since_issue(self):
        """Domain of what became void after the certificates of its year were issued last."""
        issues = self.env["mlm.co.certificate.issue"]._read_group(
            [("state", "=", "done"), *self._in_my_companies()],
            ["company_id", "year"],
            ["finished_at:max"],
        )
        years = fields.Domain.OR(
            [
                ("company_id", "=", company.id),
                ("year", "=", year),
                ("voided_at", ">", finished),
            ]
            for company, year, finished in issues
        )
        return [("state", "=", "void"), *years]
