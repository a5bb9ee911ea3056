# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.documents import column, page
from odoo.addons.mlm_base.documents.qr import qr_drawing
from odoo.addons.mlm_base.exact import from_e4
from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal

WIDTH = page.width()
_QR = 34 * page.mm


class MlmCoCertificate(models.Model):
    """The certificate on paper, in the language of the person."""

    _inherit = "mlm.co.certificate"

    def _get_pdf(self):
        """Return the bytes of the document, which are made once and kept.

        The caller has checked who reads it, and the records come with sudo.
        """
        self.ensure_one()
        if not self.file:
            # two that ask at once get the same document: the second waits, and is tried again
            self.env.execute_query(
                SQL("SELECT id FROM mlm_co_certificate WHERE id = %s FOR NO KEY UPDATE", self.id)
            )
            self.invalidate_recordset(["file"])
        if not self.file:
            reader = self.with_context(lang=self._get_lang())
            as_internal(self).write({"file": base64.b64encode(reader._make_pdf())})
            self.flush_recordset()
        return base64.b64decode(self.with_context(bin_size=False).file)

    def _get_lang(self):
        return self.partner_id.lang or self.company_id.partner_id.lang or self.env.lang

    def _get_file_name(self):
        """Return the name of the file that people save."""
        kinds = {"income": "renta", "vat": "iva", "ica": "ica"}
        parts = [
            "certificado",
            kinds[self.kind],
            str(self.year),
            str(self.period) if self.period else "",
            self.municipality,
            self.tax_number,
        ]
        return "-".join(filter(None, parts)) + ".pdf"

    def _make_pdf(self):
        title = self._get_title()
        foot = self.env._("Verification code %s", self.code)
        story = [
            page.paragraph(title, page.TITLE),
            page.paragraph(self._get_law_text(), page.NOTE),
            *self._get_parties(),
            *self._get_concepts(),
            *self._get_end(),
        ]
        return page.build(self.env, story, title, self.company_id, foot=foot)

    def _get_title(self):
        _ = self.env._
        return {
            "income": _("Certificate of income tax withheld"),
            "vat": _("Certificate of VAT withheld (ReteIVA)"),
            "ica": _("Certificate of ICA withheld (ReteICA)"),
        }[self.kind]

    def _get_law_text(self):
        _ = self.env._
        return {
            "income": _("Article 381 of the Estatuto Tributario"),
            "vat": _("Article 1.6.1.12.13 of the DUR 1625 of 2016, to be confirmed"),
            "ica": _("Municipal rules of the withholding of ICA"),
        }[self.kind]

    def _get_parties(self):
        _ = self.env._
        company = self.company_id.partner_id
        town = self.municipality_id
        pairs = [
            (_("Year"), str(self.year)),
            (_("Period"), self.period_name if self.period else _("January to December")),
            (_("City where it was paid to the tax office"), company.city),
            (
                _("Municipality of the tax"),
                " · ".join(filter(None, [self.municipality, town.name])),
            ),
            (_("Issued on"), Formats(self.env).day(self.issued_at)),
        ]
        agent = [
            (_("Name"), self.company_id.name),
            (_("NIT"), self.company_id.vat),
            (
                _("Address"),
                ", ".join(filter(None, [company.street, company.street2, company.city])),
            ),
        ]
        payee = [
            (_("Name"), self.payee_name or "–"),
            (_("NIT or document"), self.tax_number if self._has_number() else _("not known")),
        ]
        return [
            page.Spacer(1, 3 * page.mm),
            page.facts(pairs, WIDTH, columns=3),
            *page.section(_("Withholding agent"), page.facts(agent, WIDTH, columns=3)),
            *page.section(_("From whom it was withheld"), page.facts(payee, WIDTH, columns=3)),
        ]

    def _get_concepts(self):
        _ = self.env._
        formats = Formats(self.env, self.currency_id)
        base = _("VAT on which it was withheld") if self.kind == "vat" else _("Base")
        columns = [
            column("concept", _("Concept"), "text", 6),
            column("base", base, "money", 4),
            column("rate", _("Rate"), "percent", 2),
            column("withheld", _("Withheld"), "money", 4),
        ]
        rows = [
            [
                line._get_concept_name(),
                formats.money(from_e4(line.base_e4)),
                line._get_rate_text(),
                formats.money(from_e4(line.withheld_e4)),
            ]
            for line in self.line_ids
        ]
        total = [
            _("Total"),
            formats.money(from_e4(self.base_e4)),
            "",
            formats.money(from_e4(self.withheld_e4)),
        ]
        title = _("Payments and what was withheld from them")
        return page.section(title, page.table(columns, rows, WIDTH, total, size=8.5))

    def _get_end(self):
        _ = self.env._
        url = self._get_public_url()
        parts = [
            page.Spacer(1, 5 * page.mm),
            page.paragraph(
                _(
                    "It needs no handwritten signature (article 1.6.1.12.12 of the DUR 1625 of"
                    " 2016, to be confirmed)."
                ),
                page.NOTE,
            ),
            page.Spacer(1, 3 * page.mm),
            qr_drawing(url, _QR),
            page.paragraph(_("Whether it is valid: %s", url), page.NOTE),
        ]
        if self._get_last_day() > self.issued_at.date():
            day = Formats(self.env).day(self.issued_at)
            text = _("The period had not ended: it says what was posted up to %s.", day)
            parts.insert(1, page.paragraph(text, page.NOTE))
        if self.replaces_id:
            day = Formats(self.env).day(self.replaces_id.issued_at)
            parts.insert(1, page.paragraph(_("It replaces the one issued on %s.", day), page.NOTE))
        return parts


class MlmCoCertificateLine(models.Model):
    _inherit = "mlm.co.certificate.line"

    def _get_concept_name(self):
        """Return the concept in words, of VAT and of what is not known too."""
        self.ensure_one()
        labels = dict(self._fields["concept"]._description_selection(self.env))
        return labels.get(self.concept) or self.env._("Commissions and prizes")

    def _get_rate_text(self):
        """Return ``"10 %"``; of ICA ``"9,66 ‰"``; a dash where there is no one rate."""
        self.ensure_one()
        if not self.rate_e6 or self.concept == "work":
            return "–"
        formats = Formats(self.env)
        if self.certificate_id.kind == "ica":
            return f"{formats.number(self.rate_e6 / 1_000)} ‰"
        return f"{formats.number(self.rate_e6 / 10_000)} %"
