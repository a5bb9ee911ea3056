"""Workbooks (XLSX) written row by row, so that their size costs no memory."""

import re
import tempfile

import xlsxwriter

from . import DARK

#: a sheet holds 1,048,576, one of them the head
SHEET_ROWS = 1_048_575
_HEAD = {"bold": True, "bg_color": DARK, "font_color": "white", "valign": "vcenter"}
_NUMBERS = {
    "money": "#,##0.00",
    "points": "#,##0.00##",
    "percent": '0.00##"%"',
    "number": "#,##0",
    "date": 14,  # as the reader's system writes a day
    "text": "@",
}
_NOT_IN_A_NAME = re.compile(r"[\[\]:*?/\\]")


class Workbook:
    """A workbook in a file without a name, or in an open file of the caller.

    With it in a ``with`` statement, what fails leaves no open file behind.
    Cells of text are never formulas, whatever they look like: names come from everybody.
    """

    def __init__(self, target=None):
        # the caller of `close` closes it
        self.target = target or tempfile.TemporaryFile(prefix="mlm-")  # noqa: SIM115
        self.book = xlsxwriter.Workbook(self.target, {"constant_memory": True})
        self._styles = {}

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace):
        if kind:
            self.target.close()

    def close(self):
        """Return the open file, at its beginning."""
        self.book.close()
        self.target.seek(0)
        return self.target

    def style(self, kind, **more):
        """Return the format of a kind of column; ``more`` is xlsxwriter's."""
        key = (kind, *more.items())
        if key not in self._styles:
            number = {"num_format": _NUMBERS.get(kind, "@")}
            left = {"align": "left"} if kind == "date" else {}
            self._styles[key] = self.book.add_format({**number, **left, **more})
        return self._styles[key]

    # -- sheets ------------------------------------------------------------------

    def sheet(self, name):
        """Return a new sheet; a name that is taken gets a number."""
        name = _NOT_IN_A_NAME.sub(" ", name).strip(" '")
        taken = {sheet.name.lower() for sheet in self.book.worksheets()}
        found, number = name[:31], 1
        while found.lower() in taken:
            number += 1
            found = f"{name[:27]} {number}"
        return self.book.add_worksheet(found)

    def table(self, name, columns, rows, total=None):
        """Return the last of as many sheets as the rows need, each with a head that stays.

        :param columns: of `documents.column`
        :param rows: iterable of dicts, or lists where the columns' names are numbers
        :param dict total: a last row, in bold
        """
        sheet, at = self._table_sheet(name, columns), 0
        for values in rows:
            if at >= SHEET_ROWS:
                sheet, at = self._table_sheet(name, columns), 0
            at += 1
            self.row(sheet, at, columns, values)
        if total:
            if at >= SHEET_ROWS:
                sheet, at = self._table_sheet(name, columns), 0
            self.row(sheet, at + 1, columns, total, bold=True, top=1)
        return sheet

    def _table_sheet(self, name, columns):
        sheet = self.sheet(name)
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column["width"] + 2, self.style(column["kind"]))
        self.head(sheet, 0, columns)
        sheet.freeze_panes(1, 1)
        sheet.autofilter(0, 0, 0, max(len(columns) - 1, 0))
        return sheet

    # -- rows and cells ----------------------------------------------------------

    def head(self, sheet, row, columns):
        for at, column in enumerate(columns):
            sheet.write_string(
                row, at, column["label"], self.style("text", text_wrap=True, **_HEAD)
            )

    def row(self, sheet, row, columns, values, **style):
        for at, column in enumerate(columns):
            value = values[column["name"]]
            if column["kind"] == "choice":
                value = column["choices"].get(value)
            self.cell(sheet, row, at, value, column["kind"], **style)

    def title(self, sheet, text):
        sheet.write_string(0, 0, text, self.style("text", bold=True, font_size=14))

    def cell(self, sheet, row, at, value, kind, **style):
        """Write a value of a kind; nothing for None, False and an empty text."""
        if value is None or value is False or value == "":
            return
        style = self.style(kind, **style)
        if kind in ("text", "choice"):
            sheet.write_string(row, at, str(value), style)
        elif kind == "date":
            sheet.write_datetime(row, at, value, style)
        else:
            sheet.write_number(row, at, value, style)
