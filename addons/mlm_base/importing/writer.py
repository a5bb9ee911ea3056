"""Writing tables, row by row, so that the size of a file costs no memory."""

import csv
import io
from itertools import zip_longest

from ..documents import column, workbook

#: how a cell begins that a spreadsheet would take for a formula
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_WIDTHS = {"name": 32, "email": 28, "street": 32, "code": 14}


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
    :raise OverflowError: a sheet holds no more rows, and no import reads a second one
    """
    columns = [
        column(at, heading, "text", _WIDTHS.get(key, 18))
        for at, (heading, key) in enumerate(zip_longest(headings, keys))
    ]
    book = workbook.Workbook(target)
    book.table(title, columns, _as_many_as_fit(rows))
    book.close()


def _as_many_as_fit(rows):
    for number, row in enumerate(rows, start=1):
        if number > workbook.SHEET_ROWS:
            raise OverflowError("a sheet holds 1,048,576 rows")
        yield row
