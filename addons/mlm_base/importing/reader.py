"""Reading CSV and XLSX, one line at a time, whatever wrote them."""

import csv
import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl

from .values import number_text

_XLSX_MAGIC = b"PK\x03\x04"
_SNIFFED = 16_384
#: more unpacked bytes than this for one packed is no table
_MOST_UNPACKED = 200
_LONGEST_CELL = 2_000


class FileProblem(Exception):
    """The file cannot be read at all.

    ``code`` says why, for whoever puts it in words: empty, binary, headings, rows.
    """

    def __init__(self, code, detail=""):
        super().__init__(code, detail)
        self.code = code
        self.detail = detail


class Formula(str):
    """The text of a cell that holds a formula instead of a value."""


def read(content, headings):
    """Read a file.

    :param bytes content: CSV (any usual delimiter, UTF-8 or Latin-1) or XLSX
    :param Headings headings: the columns of such a file
    :return: an iterator of ``(line number, {column key: value})``; values are text (whole
        numbers of a spreadsheet, too), its other numbers as exact `Decimal`, dates and
        `Formula`; empty lines are left out
    :raise FileProblem: it is no such file, or headings are missing
    """
    if not content.strip():
        raise FileProblem("empty")
    lines = _xlsx_lines(content) if content.startswith(_XLSX_MAGIC) else _csv_lines(content)
    return _rows(lines, headings)


def _rows(lines, headings):
    found = None
    for number, cells in lines:
        if not any(cell not in (None, "") for cell in cells):
            continue
        if found is None:
            found = headings.recognize(cells)
            missing = [key for key in headings.required if key not in found.values()]
            if missing:
                raise FileProblem("headings", missing)
            continue
        yield (
            number,
            {key: _clean(cells[at]) for at, key in found.items() if at < len(cells)},
        )
    if found is None:
        raise FileProblem("empty")


def _clean(value):
    if isinstance(value, Formula) or value is None:
        return value
    if isinstance(value, datetime.datetime | datetime.date | bool):
        return value
    if isinstance(value, int | float):
        # a spreadsheet keeps 1020304050 as 1020304050.0, and its point is no separator
        text = number_text(value)
        return Decimal(text) if "." in text and "E" not in text else text
    text = " ".join(str(value).split())[:_LONGEST_CELL]
    # the apostrophe before +57 and the like is the spreadsheet's, see the writer
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _xlsx_lines(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            unpacked = sum(one.file_size for one in archive.infolist())
        if unpacked > _MOST_UNPACKED * len(content):
            raise FileProblem("binary")
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
    except (zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise FileProblem("binary") from error
    try:
        for number, cells in enumerate(sheet.iter_rows(), start=1):
            yield number, [_cell_value(cell) for cell in cells]
    except (KeyError, ValueError, TypeError, IndexError, SyntaxError, zipfile.BadZipFile) as error:
        raise FileProblem("binary") from error
    finally:
        book.close()


def _cell_value(cell):
    if cell.data_type == "f":
        return Formula(cell.value)
    if cell.data_type == "e":
        return Formula(cell.value)
    return cell.value


def _csv_lines(content):
    text = _decode(content)
    try:
        dialect = csv.Sniffer().sniff(text[:_SNIFFED].split("\n", 1)[0], delimiters=",;\t|")
        delimiter = dialect.delimiter
    except csv.Error:
        delimiter = ","
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    before = 0
    try:
        for cells in lines:
            # a quoted cell may hold line breaks: the line is where the row begins
            number, before = before + 1, lines.line_num
            yield number, [_csv_value(cell) for cell in cells]
    except csv.Error as error:
        raise FileProblem("binary") from error


def _csv_value(cell):
    return Formula(cell) if cell[:1] == "=" else cell


def _decode(content):
    if b"\x00" in content[:_SNIFFED] and not content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise FileProblem("binary")
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    else:
        encodings = ("utf-8-sig", "cp1252", "latin-1")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        break
    else:
        raise FileProblem("binary")
    strange = sum(1 for one in text[:_SNIFFED] if ord(one) < 32 and one not in "\t\r\n")
    if strange:
        raise FileProblem("binary")
    return text
