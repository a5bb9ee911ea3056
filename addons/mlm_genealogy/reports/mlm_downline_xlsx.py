from odoo import models

from odoo.addons.mlm_base.documents import DARK, column
from odoo.addons.mlm_base.documents.workbook import Workbook


class MlmDownlineReport(models.AbstractModel):
    """The report as a workbook on disk, written row by row."""

    _inherit = "mlm.downline.report"

    def _write_xlsx(self, question, name_rows=None):
        """Return an open temporary file with the workbook, at its beginning.

        Neither rows nor workbook are ever in memory; the file has no name and goes
        when it is closed.

        :param question: `Question`
        :param name_rows: function that changes a list of rows, as the portal does
        """
        with Workbook() as book:
            self._write_xlsx_totals(book, question)
            rows = self._get_named_rows(question, name_rows)
            book.table(self.env._("Downline"), self._get_columns(question), rows)
            return book.close()

    def _write_xlsx_totals(self, book, question):
        sheet = book.sheet(self.env._("Totals"))
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 8, 18)
        book.title(sheet, self._get_title(question))
        notes = [*self._get_subtitle(question), *self._get_notes(question)]
        for at, line in enumerate(notes, start=1):
            sheet.write_string(at, 0, line)
        columns = [
            column("label", dict(self._get_group_names())[question.group_by], "text", 30),
            *self._get_total_columns(question),
        ]
        head = len(notes) + 2
        book.head(sheet, head, columns)
        *rows, total = self._get_labelled_totals(question, self._downline_totals(*question.asked))
        last = head + len(rows)
        for at, line in enumerate(rows, start=head + 1):
            book.row(sheet, at, columns, line)
        book.row(sheet, last + 1, columns, total, bold=True, top=1)
        if rows:
            self._add_xlsx_chart(book.book, sheet, columns[1]["label"], head + 1, last)

    def _add_xlsx_chart(self, book, sheet, title, first, last):
        chart = book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": title,
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, 1, last, 1],
                "fill": {"color": DARK},
            }
        )
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        sheet.insert_chart(last + 3, 0, chart, {"x_scale": 1.4, "y_scale": 1.2})
