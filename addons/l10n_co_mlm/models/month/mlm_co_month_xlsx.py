# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.documents import column
from odoo.addons.mlm_base.documents.workbook import Workbook

from .mlm_co_withheld import DECLARED


class MlmCoMonthXlsx(models.AbstractModel):
    """The workbook of the draft of a return: its rows, what stands beside it, and the items.

    Callers have checked that the reader may read the draft.
    """

    _name = "mlm.co.month.xlsx"
    _description = "Workbook of a Withholding Return"

    @api.model
    def _make(self, month):
        """Return the bytes of the workbook of a `mlm.co.month`."""
        _ = self.env._
        lines = month.line_ids
        drafted = lines.filtered(lambda line: line.origin in DECLARED)
        with Workbook() as book:
            self._write_rows(book, _("Draft"), drafted, declared=True)
            self._write_rows(book, _("Not in the draft"), lines - drafted)
            self._write_note(book, _("Ledger"), month)
            self._write_items(book, _("Journal items"), month)
            with book.close() as file:
                return file.read()

    def _get_row_columns(self, declared):
        _ = self.env._
        words = self.env["mlm.co.month.line"]._words
        columns = [
            column("kind", _("Tax"), "choice", 16, dict(words("kind"))),
            column("municipality", _("Municipality"), "text", 24),
            column("origin", _("Comes From"), "choice", 24, dict(words("origin"))),
            column("concept", _("Concept"), "choice", 20, dict(words("concept"))),
            column("person", _("Kind of Person"), "choice", 18, dict(words("person"))),
            column("tax", _("Tax of Accounting"), "text", 30),
            column("base", _("Base"), "money", 18),
            column("withheld", _("Withheld"), "money", 18),
        ]
        if declared:
            columns += [
                column("base_declared", _("Declared Base"), "money", 18),
                column("withheld_declared", _("Declared"), "money", 18),
            ]
        return columns

    def _write_rows(self, book, name, lines, declared=False):
        columns = self._get_row_columns(declared)
        columns.insert(6, column("count", self.env._("Journal Items"), "number", 12))
        rows = [
            {
                **{one["name"]: line[one["name"]] for one in columns if one["name"] in line},
                "municipality": line.municipality_id.display_name,
                "tax": line.tax_id.display_name,
            }
            for line in lines
        ]
        sums = {
            one["name"]: sum(row[one["name"]] for row in rows)
            for one in columns
            if one["kind"] in ("money", "number")
        }
        total = {one["name"]: None for one in columns} | sums
        book.table(name, columns, rows, total=total if rows else None)

    def _write_note(self, book, name, month):
        sheet = book.sheet(name)
        sheet.set_column(0, 0, 110, book.style("text", text_wrap=True))
        book.title(sheet, month.display_name)
        for at, text in enumerate(filter(None, (month.note, month.filing_note)), start=2):
            book.cell(sheet, at, 0, text, "text", text_wrap=True)

    def _write_items(self, book, name, month):
        _ = self.env._
        columns = [
            column("date", _("Date"), "date", 12),
            column("entry", _("Journal entry"), "text", 20),
            column("document", _("Document Number"), "text", 16),
            column("partner", _("Person"), "text", 30),
            column("account", _("Account"), "text", 12),
            *self._get_row_columns(False),
        ]
        items = self.env["mlm.co.withheld"].search(
            self.env["mlm.co.withheld"]._get_draft_domain(*month._get_period()), order="date, id"
        )
        # sudo: names of entries, people and accounts of items that the reader may read
        full = items.sudo().with_company(month.company_id)
        book.table(
            name,
            columns,
            (
                {
                    "date": item.date,
                    "entry": item.move_id.name,
                    "document": item.partner_id.vat,
                    "partner": item.partner_id.name,
                    "account": item.account_id.code,
                    "kind": item.kind,
                    "municipality": item.municipality_id.display_name,
                    "origin": item.origin,
                    "concept": item.concept,
                    "person": item.person,
                    "tax": item.tax_id.name,
                    "base": item.base,
                    "withheld": item.withheld,
                }
                for item in full
            ),
        )
