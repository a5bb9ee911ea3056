# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

#: type of document of an application: code of Colombia's localization
_CODES = {"cc": "national_citizen_id", "ce": "foreign_resident_card", "passport": "passport"}


class MlmApplication(models.Model):
    """A person enters with the type of document that the tax office knows."""

    _inherit = "mlm.application"

    def _prepare_enrolment(self, matches, reason):
        values = super()._prepare_enrolment(matches, reason)
        if self.company_id.country_code == "CO":
            found = self.env["l10n_latam.identification.type"].search(
                [("l10n_co_document_code", "=", _CODES.get(self.document_type))], limit=1
            )
            if found:
                values["l10n_latam_identification_type_id"] = found.id
        return values
