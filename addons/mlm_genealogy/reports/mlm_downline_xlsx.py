import tempfile

import xlsxwriter

from odoo import models

# a sheet ends at 1,048,576 rows
SHEET_ROWS = 1_000_000


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
        asked = (question.root, question.tree, question.group_by, question.filters, question.at)
        # the caller sends it, and closes it when it was sent
        target = tempfile.TemporaryFile(prefix="mlm-downline-")  # noqa: SIM115
        try:
            book = xlsxwriter.Workbook(target, {"constant_memory": True})
            style = self._get_xlsx_styles(book)
            totals = self._downline_totals(*asked)
            self._write_xlsx_totals(book, style, question, totals)
            self._write_xlsx_rows(book, style, question, self._downline_report(*asked), name_rows)
            book.close()
        except BaseException:
            target.close()
            raise
        target.seek(0)
        return target

    def _get_xlsx_styles(self, book):
        head = {"bold": True, "bg_color": "#1F4E5F", "font_color": "white", "text_wrap": True}
        return {
            "title": book.add_format({"bold": True, "font_size": 14}),
            "head": book.add_format({**head, "valign": "vcenter"}),
            "sum": book.add_format({"bold": True, "num_format": "#,##0.##", "top": 1}),
            "text": book.add_format(),
            "choice": book.add_format(),
            "number": book.add_format({"num_format": "#,##0"}),
            "points": book.add_format({"num_format": "#,##0.00"}),
            "date": book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        }

    def _write_xlsx_totals(self, book, style, question, totals):
        sheet = book.add_worksheet(self.env._("Totals")[:31])
        sheet.set_column(0, 0, 30)
        sheet.set_column(1, 8, 18)
        sheet.write_string(0, 0, self._get_title(question), style["title"])
        row = 1
        for line in [*self._get_subtitle(question), *self._get_notes(question)]:
            sheet.write_string(row, 0, line)
            row += 1
        row += 1
        columns = self._get_total_columns(question)
        heads = [dict(self._get_group_names())[question.group_by]]
        for at, head in enumerate(heads + [column["label"] for column in columns]):
            sheet.write_string(row, at, head, style["head"])
        first = row + 1
        for line in [*totals["groups"], totals["all"]]:
            row += 1
            last = line is totals["all"]
            label = self.env._("Total") if last else self._get_group_label(question, line["group"])
            sheet.write_string(row, 0, label, style["sum"] if last else None)
            for at, column in enumerate(columns, start=1):
                sheet.write_number(
                    row, at, line[column["name"]], style["sum" if last else column["kind"]]
                )
        if totals["groups"]:
            self._add_xlsx_chart(book, sheet, columns[0]["label"], first, row - 1, row + 2)

    def _add_xlsx_chart(self, book, sheet, title, first, last, below):
        chart = book.add_chart({"type": "bar"})
        chart.add_series(
            {
                "name": title,
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, 1, last, 1],
                "fill": {"color": "#1F4E5F"},
            }
        )
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True})
        sheet.insert_chart(below, 0, chart, {"x_scale": 1.4, "y_scale": 1.2})

    def _write_xlsx_rows(self, book, style, question, chunks, name_rows):
        columns = self._get_columns(question)
        sheet, row = None, SHEET_ROWS
        for rows in chunks:
            if name_rows:
                name_rows(rows)
            for values in rows:
                if row >= SHEET_ROWS:
                    sheet = self._add_xlsx_sheet(book, style, columns)
                    row = 0
                row += 1
                for at, column in enumerate(columns):
                    self._write_xlsx_cell(sheet, row, at, column, values, style)
        if sheet is None:
            self._add_xlsx_sheet(book, style, columns)

    def _add_xlsx_sheet(self, book, style, columns):
        number = len(book.worksheets())
        title = self.env._("Downline")
        sheet = book.add_worksheet(title if number == 1 else f"{title} {number}")
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column["width"] + 2)
            sheet.write_string(0, at, column["label"], style["head"])
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, SHEET_ROWS, len(columns) - 1)
        return sheet

    def _write_xlsx_cell(self, sheet, row, at, column, values, style):
        value, kind = values[column["name"]], column["kind"]
        if value is None or value is False:
            return
        if kind in ("number", "points"):
            sheet.write_number(row, at, value, style[kind])
        elif kind == "date":
            sheet.write_datetime(row, at, value, style[kind])
        elif kind == "choice":
            sheet.write_string(row, at, column["choices"].get(value, ""))
        else:
            # as text, whatever it looks like: a name is no formula
            sheet.write_string(row, at, str(value))
