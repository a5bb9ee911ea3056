# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models
from odoo.tools import SQL

from odoo.addons.mlm_genealogy.document import TYPES

#: type of a document: code of Colombia's localization
CODES = {
    "cc": "national_citizen_id",
    "ce": "foreign_resident_card",
    "ti": "id_card",
    "passport": "passport",
    "pep": "PEP",
    "ppt": "PPT",
    "nit": "rut",
    "foreign_id": "foreign_id_card",
    "foreign_nit": "external_id",
}
KINDS = {code: kind for kind, code in CODES.items()}
_TYPE = "l10n_latam_identification_type_id"


class MlmDistributor(models.Model):
    """The type of a document is kept where the localization keeps it."""

    _inherit = "mlm.distributor"

    @api.model
    def _get_document_vals(self, kind, company):
        vals = super()._get_document_vals(kind, company)
        code = company.country_code == "CO" and CODES.get(kind)
        found = self.env["l10n_latam.identification.type"].search(
            [("l10n_co_document_code", "=", code)], limit=1
        )
        return {**vals, _TYPE: found.id} if code and found else vals

    @api.model
    def _get_document_type(self, vals, partner, company):
        types = self.env["l10n_latam.identification.type"]
        known = types.browse(vals.get(_TYPE)) or partner[_TYPE]
        if known and known.l10n_co_document_code != "vat":
            # of what is no document of a member (civil registration …) we know no check
            return KINDS.get(known.l10n_co_document_code, "other")
        return super()._get_document_type(vals, partner, company)

    @api.model
    def _get_document_type_sql(self, alias):
        return self._document_case(alias, CODES)

    def _export_document_sql(self, alias):
        return self._document_case(alias, {TYPES[kind].short: code for kind, code in CODES.items()})

    def _document_case(self, alias, names):
        return SQL(
            """(SELECT CASE l10n_co_document_code %s END
                  FROM l10n_latam_identification_type WHERE id = %s)""",
            SQL(" ").join(SQL("WHEN %s THEN %s", code, name) for name, code in names.items()),
            SQL.identifier(alias, _TYPE),
        )
