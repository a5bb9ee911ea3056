# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.tools import SQL

#: type of document in a file: code of Colombia's localization
_CODES = {
    "CC": "national_citizen_id",
    "CE": "foreign_resident_card",
    "NIT": "rut",
    "PA": "passport",
    "TI": "id_card",
    "PPT": "PPT",
}


class MlmImport(models.Model):
    """The types of document of Colombia."""

    _inherit = "mlm.import"

    def _get_document_vals(self, kind):
        values = super()._get_document_vals(kind)
        if self.company_id.country_code != "CO":
            return values
        # people are persons; a number with a check digit says that it is one
        code = _CODES.get(kind or "CC")
        found = self.env["l10n_latam.identification.type"].search(
            [("l10n_co_document_code", "=", code)], limit=1
        )
        return {**values, "l10n_latam_identification_type_id": found.id} if found else values


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    def _export_document_sql(self, alias):
        return SQL(
            """(SELECT CASE l10n_co_document_code %s END
                  FROM l10n_latam_identification_type WHERE id = %s)""",
            SQL(" ").join(SQL("WHEN %s THEN %s", code, kind) for kind, code in _CODES.items()),
            SQL.identifier(alias, "l10n_latam_identification_type_id"),
        )
