"""Writing tables, row by row, so that the size of a file costs no memory."""

import csv
import io

import xlsxwriter

#: how a cell begins that a spreadsheet would take for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"name": 32, "email": 28, "street": 32, "code": 14}
_XLSX_ROWS = 1_048_575


def write_csv(target, headings, rows):
    """Write UTF-8 with a byte order mark and semicolons, as Excel opens it in Colombia.

    :param target: binary file
    :param list headings: of the first line
    :param rows: iterable of lists of text
    """
    stream = io.TextIOWrapper(target, encoding="utf-8-sig", newline="", write_through=False)
    table = csv.writer(stream, delimiter=";")
    table.writerow(headings)
    for row in rows:
        table.writerow([_harmless(cell) for cell in row])
    stream.flush()
    stream.detach()


def _harmless(cell):
    return f"'{cell}" if cell and cell.startswith(_FORMULA) and cell != "-" else cell or ""


def write_xlsx(target, headings, rows, keys=(), title="Table"):
    """Write a workbook with one sheet; every cell is text, so that 001 stays 001.

    :param keys: column keys, for the widths
    :raise OverflowError: a sheet holds no more rows
    """
    book = xlsxwriter.Workbook(target, {"constant_memory": True, "strings_to_formulas": False})
    sheet = book.add_worksheet(title[:31])
    bold = book.add_format({"bold": True, "bg_color": "#E8EEF4", "bottom": 1})
    text = book.add_format({"num_format": "@"})
    for number, _heading in enumerate(headings):
        key = keys[number] if number < len(keys) else ""
        sheet.set_column(number, number, _WIDTHS.get(key, 18), text)
    sheet.freeze_panes(1, 1)
    for number, heading in enumerate(headings):
        sheet.write_string(0, number, heading, bold)
    for line, row in enumerate(rows, start=1):
        if line > _XLSX_ROWS:
            book.close()
            raise OverflowError("a sheet holds 1,048,576 rows")
        for number, cell in enumerate(row):
            if cell:
                sheet.write_string(line, number, cell, text)
    if rows is not None:
        sheet.autofilter(0, 0, 0, max(len(headings) - 1, 0))
    book.close()
