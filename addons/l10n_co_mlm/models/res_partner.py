# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import ValidationError

from odoo.addons.mlm_genealogy import document

from .mlm_distributor_document import KINDS


class ResPartner(models.Model):
    """The document of a member keeps its form when somebody edits the contact."""

    _inherit = "res.partner"

    def _check_vat(self, validation="error"):
        """Check members by the type of their document, with a country or without.

        Other contacts are left to the check of the localization.
        """
        known = {}
        if validation == "error" and not self.env.context.get("no_vat_validation"):
            # sudo: whether the contact belongs to any company's network
            members = self.sudo().filtered(lambda one: one.vat and one.mlm_distributor_ids)
            kinds = {one: one._get_member_document_type() for one in members}
            known = {one.id: kind for one, kind in kinds.items() if kind}
        for partner in self.filtered(lambda one: one.id in known):
            try:
                number = document.normalise(known[partner.id], partner.vat)
            except document.DocumentError as error:
                raise ValidationError(error.text(self.env)) from error
            if number != partner.vat:
                partner.vat = number
        others = self.filtered(lambda one: one.id not in known)
        return super(ResPartner, others)._check_vat(validation=validation)

    def _get_member_document_type(self):
        return KINDS.get(self.l10n_latam_identification_type_id.l10n_co_document_code)
