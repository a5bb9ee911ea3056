from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ... import document


class MlmDistributor(models.Model):
    """What the document of a person is, and the one check of its number.

    Contacts keep the number in ``vat``. What type it has is kept where the localization of
    a country has a field for it, which overrides the methods below.
    """

    _inherit = "mlm.distributor"

    @api.model
    def _normalise_document(self, kind, number):
        """Return the one form in which a number is stored.

        :param str kind: key of `document.TYPES`
        :raise UserError: the number does not fit; the sentence names type and remedy
        """
        try:
            return document.normalise(kind, number)
        except document.DocumentError as error:
            raise UserError(error.text(self.env)) from error

    @api.model
    def _ensure_known_document(self, kind, company):
        try:
            document.ensure_known_there(kind, company.country_id.code)
        except document.DocumentError as error:
            raise UserError(error.text(self.env)) from error

    @api.model
    def _get_document_vals(self, kind, company):
        """Return the fields of a contact that say that its document is a ``kind``."""
        return {}

    @api.model
    def _get_document_type(self, vals, partner, company):
        """Return the type of the document of a contact, else the usual one of the country.

        :param dict vals: values of a contact that are about to be written
        :param partner: the contact, or an empty record
        """
        return document.default_type(
            company.country_id.code, vals.get("is_company") or partner.is_company
        )

    @api.model
    def _get_document_type_sql(self, alias):
        """Return the SQL of the type (key of `document.TYPES`, or null) of a contact."""
        return SQL("NULL::text")

    @api.model
    def _prepare_document(self, row):
        """Check and normalise the number of a person who is being enrolled."""
        person = row["person"]
        if not person.get("vat"):
            return
        company = self.env["res.company"].browse(row["own"]["company_id"])
        partner = self.env["res.partner"].browse(row["own"].get("partner_id"))
        usual = self._get_document_type(person, partner, company)
        kind = row.get("document_type") or usual
        if kind != usual:  # a contact may have a document that we know no type of
            self._ensure_known_document(kind, company)
        row["document_type"] = kind
        person["vat"] = self._normalise_document(kind, person["vat"])
        for name, value in self._get_document_vals(kind, company).items():
            person.setdefault(name, value)
