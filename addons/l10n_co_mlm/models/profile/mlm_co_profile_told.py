# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from .mlm_co_profile import CONTENT

#: types of documents of people who may live abroad
_ABROAD = ("passport", "foreign_id_card", "external_id")
#: so many digits, the first of them 8 or 9, have the numbers of companies only
_COMPANY_DIGITS = 9


class MlmCoProfile(models.Model):
    """A profile in one sentence, and what seems not to agree in it."""

    _inherit = "mlm.co.profile"

    summary = fields.Char(compute="_compute_summary", string="In One Sentence")
    must_invoice = fields.Boolean(
        compute="_compute_must_invoice",
        help="Companies, and people who are responsible for VAT or in the SIMPLE regime, invoice"
        " (art. 616-1 and 915 ET).",
    )
    warning_text = fields.Text(compute="_compute_warning_text", string="To Look at")
    mlm_nit = fields.Char(related="partner_id.mlm_nit")
    mlm_dv = fields.Char(related="partner_id.mlm_dv")
    vat = fields.Char(related="partner_id.vat", string="Document Number")
    document_type_id = fields.Many2one(related="partner_id.l10n_latam_identification_type_id")

    @api.depends(*CONTENT)
    @api.depends_context("lang")
    def _compute_summary(self):
        for profile in self:
            profile.summary = ", ".join(profile._get_summary_parts())

    def _get_summary_parts(self):
        _ = self.env._
        legal = self.person == "legal"
        said = [
            _("Legal person") if legal else _("Natural person"),
            not self.resident and _("not resident in Colombia"),
            _("responsible for VAT") if self.vat_responsible else _("not responsible for VAT"),
            self.simple and _("SIMPLE regime"),
            self.declarant and not legal and _("files an income tax return"),
            self.self_withholder and _("self-withholder"),
            self.invoicer and _("issues electronic invoices"),
            self.art383 and _("table of art. 383"),
            self.contract_over_limit and _("contract above 3,300 UVT"),
            self.municipality_id.name,
            self.activity_id and _("CIIU %s", self.activity_id.code),
        ]
        if self.resident:
            said += [
                not self.municipality_id and _("without municipality"),
                not self.activity_id and _("without activity"),
            ]
        return [one for one in said if one]

    def _get_state_text(self):
        """Return the sentence, or that there is none and what follows from it."""
        if not self:
            return self.env._("None yet: payouts are held")
        if self.state == "draft":
            return self.env._("To confirm, payouts are held: %s", self.summary)
        return self.summary

    @api.model
    def _get_current(self, company, partners):
        """Return the profile of today of each person, else the one that waits to be confirmed.

        :return: ``{partner id: mlm.co.profile}``, without who has neither
        """
        today = fields.Date.context_today(self)
        profiles = self.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", partners.ids),
                "|",
                ("state", "=", "draft"),
                "&",
                ("date_from", "<=", today),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", today),
            ]
        )
        # the confirmed one is said last, and stays
        ordered = profiles.sorted(lambda one: one.state == "confirmed")
        return {profile.partner_id.id: profile for profile in ordered}

    @api.depends("person", "resident", "vat_responsible", "simple")
    def _compute_must_invoice(self):
        for profile in self:
            profile.must_invoice = profile.resident and (
                profile.person == "legal" or profile.vat_responsible or profile.simple
            )

    def _get_blocker(self):
        """Return why the profile cannot be confirmed, None if it can."""
        self.ensure_one()
        if self.person == "legal" and self.resident and not self._has_nit():
            return self.env._(
                "%s is a legal person and needs a NIT. Correct the document of the contact: its"
                " type and number, with the check digit.",
                self.partner_id.name,
            )
        return None

    def _has_nit(self):
        return self.document_type_id.l10n_co_document_code == "rut" and bool(self.mlm_nit)

    @api.depends(*CONTENT, "partner_id.vat", "partner_id.l10n_latam_identification_type_id")
    @api.depends_context("lang")
    def _compute_warning_text(self):
        for profile in self:
            profile.warning_text = "\n".join(profile._get_warnings()) or False

    def _get_warnings(self):
        """Return sentences about what may be right, and is seldom: nothing stops for them."""
        _ = self.env._
        legal = self.person == "legal"
        code = self.document_type_id.l10n_co_document_code
        number = self.mlm_nit or ""
        asked = self.art383_exempt or self.art383_deductions
        found = [
            self.partner_id and not self.vat and _("The person has no document number."),
            self._get_blocker(),
            not legal
            and len(number) == _COMPANY_DIGITS
            and number[0] in "89"
            and _("The document number looks like the one of a company."),
            self.resident
            and code in _ABROAD
            and _("The document is a foreign one: make sure that the person lives in Colombia."),
            not self.resident
            and (self.vat_responsible or self.invoicer)
            and _("Who does not live in Colombia is seldom responsible for VAT."),
            legal
            and self.resident
            and not self.declarant
            and not self.simple
            and _("Companies file an income tax return."),
            self.must_invoice
            and not self.invoicer
            and _("By what is said here, the person must issue electronic invoices."),
            self.vat_responsible
            and not (legal or self.declarant or self.simple)
            and _("Who is responsible for VAT usually files an income tax return."),
            self.simple
            and self.self_withholder
            and _("No income tax is withheld in the SIMPLE regime, with or without the other."),
            self.self_withholder
            and not legal
            and _("Natural persons are seldom self-withholders: keep the resolution of the DIAN."),
            self.art383
            and not self.resident
            and _("The table of art. 383 is doubtful for who does not live in Colombia."),
            self.art383
            and _(
                "Art. 383 is for payments for work, and doubtful for independent sellers. Keep what"
                " the person signed, and ask your accountant."
            ),
            asked
            and not self.art383
            and _("Deductions and the exempt 25 % count with the table of art. 383 only."),
            self.contract_over_limit
            and legal
            and _("The higher rate above 3,300 UVT is for natural persons: it changes nothing."),
            self.resident
            and not self.municipality_id
            and _("Without a municipality, payouts are held."),
            self.resident and not self.activity_id and _("Without an activity, payouts are held."),
        ]
        return [one for one in found if one]
