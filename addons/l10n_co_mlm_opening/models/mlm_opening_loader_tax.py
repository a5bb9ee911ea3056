# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

from stdnum.co import nit

from odoo import models
from odoo.tools import SQL

from odoo.addons.mlm_base.importing.headings import Headings, reverse

HEADINGS = Headings(
    {
        "vat": ("número de documento", "tax number", "nit", "cédula", "document number", "vat"),
        "date": ("hasta", "up to", "fecha", "date", "fecha de corte"),
        "concept": ("concepto", "concept", "impuesto", "tax"),
        "municipality": ("municipio", "municipality", "código dane", "dane"),
        "base": ("base", "base", "base gravable", "pagos"),
        "withheld": ("retenido", "withheld", "retención", "valor retenido"),
    },
    ("vat", "date", "concept", "base", "withheld"),
)
CONCEPTS = {
    "income": ("renta", "income", "retefuente", "retención en la fuente", "income tax"),
    "vat": ("iva", "vat", "reteiva"),
    "ica": ("ica", "ica", "reteica"),
}
_CONCEPT_KEYS = reverse(CONCEPTS)
_NUMBER = re.compile(r"\d{3,15}")
_MUNICIPALITY = re.compile(r"\d{5}")


class MlmOpeningLoaderTax(models.AbstractModel):
    """Bases and withholdings of the year so far, per tax number."""

    _name = "mlm.opening.loader.tax"
    _description = "Opening: Withholdings of the Year"
    _inherit = ["mlm.opening.loader"]

    _headings = HEADINGS
    _figures = ("base", "withheld")

    def _get_example(self):
        return {
            "vat": "1020304050",
            "date": "2026-08-16",
            "concept": "renta",
            "base": "4500000",
            "withheld": "450000",
        }

    def _examine(self, job, lines):
        _ = self.env._
        # sudo: what was brought before counts, whoever sees it
        taken = {
            (one.vat, one.date.year, one.concept, one.municipality or "")
            for one in self.env["mlm.tax.opening"]
            .sudo()
            .search([("company_id", "=", job.company.id)])
        }
        rows, seen = [], {}
        for line, cells in lines:
            number = job.text(line, cells, "vat", required=True, grouped=True)
            vat = self._get_number(job, line, number)
            day = job.day(line, cells, "date", required=True)
            text = job.text(line, cells, "concept", required=True)
            names = [words[0] for words in CONCEPTS.values()]
            concept = job.choice(line, "concept", text, _CONCEPT_KEYS, names)
            place = self._get_municipality(
                job, line, concept, job.text(line, cells, "municipality")
            )
            base_e4 = job.number(line, cells, "base", required=True)
            withheld_e4 = job.number(line, cells, "withheld", required=True)
            if withheld_e4 > base_e4:
                job.add(
                    line,
                    "withheld",
                    cells["withheld"],
                    _("The amount withheld is more than the base."),
                )
            if not vat or not day or not concept:
                continue
            key = (vat, day.year, concept, place)
            shown = " / ".join(str(one) for one in key if one)
            job.once(seen, line, "vat", key, shown)
            if key in taken:
                job.add(
                    line,
                    "vat",
                    shown,
                    _("The year of this tax number is already loaded. Undo that opening first."),
                )
            rows.append(
                {
                    "company_id": job.company.id,
                    "import_id": job.record.id,
                    "line": line,
                    "vat": vat,
                    "date": day,
                    "concept": concept,
                    "municipality": place,
                    "base_e4": base_e4,
                    "withheld_e4": withheld_e4,
                }
            )
        self._find_people(job, rows)
        return rows

    def _get_number(self, job, line, text):
        """Return the number without its check digit, None for a bad line."""
        if not text:
            return None
        if "-" in text:
            if nit.is_valid(text):
                return text.split("-")[0]
            message = self.env._(
                "The check digit does not match this NIT. Write the number without it, or "
                "correct it."
            )
        elif _NUMBER.fullmatch(text):
            return text
        else:
            message = self.env._("This is not a tax number. Write its digits.")
        job.add(line, "vat", text, message)
        return None

    def _get_municipality(self, job, line, concept, text):
        _ = self.env._
        if concept == "ica" and not _MUNICIPALITY.fullmatch(text):
            job.add(
                line,
                "municipality",
                text,
                _("ICA belongs to a municipality: write its DANE code, such as 11001."),
            )
        elif concept and concept != "ica" and text:
            job.add(line, "municipality", text, _("Only ICA has a municipality. Clear the cell."))
        return text

    def _find_people(self, job, rows):
        """Complete who has each tax number; warn of those whom nobody has."""
        found = dict(
            self.env.execute_query(
                SQL(
                    r"""SELECT number, min(id) FROM (
                            SELECT p.id, regexp_replace(split_part(p.vat, '-', 1), '\D', '', 'g')
                                       AS number
                              FROM res_partner p
                             WHERE p.vat IS NOT NULL AND EXISTS (
                                   SELECT FROM mlm_holder h
                                    WHERE h.partner_id = p.id AND h.company_id = %s)
                        ) AS known WHERE number = ANY(%s) GROUP BY number""",
                    job.company.id,
                    [row["vat"] for row in rows],
                )
            )
        )
        for row in rows:
            line = row.pop("line")
            row["partner_id"] = found.get(row["vat"], False)
            if not row["partner_id"]:
                job.add(
                    line,
                    "vat",
                    row["vat"],
                    self.env._(
                        "Nobody in the network has this tax number. It is kept for the"
                        " certificates of the year."
                    ),
                    severity="warning",
                )

    def _store(self, record, file, rows, tell):
        self._create_rows("mlm.tax.opening", rows, tell)

    def _remove(self, record, file):
        # sudo: it was loaded by its work, and is taken back by it
        self.env["mlm.tax.opening"].sudo().search([("import_id", "=", record.id)]).unlink()
