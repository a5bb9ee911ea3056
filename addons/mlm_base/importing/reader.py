"""Reading CSV and XLSX, one line at a time, whatever wrote them."""

import csv
import datetime
import io
import zipfile
import zlib
from decimal import Decimal

import openpyxl

from .values import number_text

_XLSX_MAGIC = b"PK\x03\x04"
_SNIFFED = 16_384
_HEAD = 200
#: bytes of a file that are read, packed and unpacked; a hundred thousand people have 20 and
#: 120 million of them
LARGEST = 100 * 1024 * 1024
LARGEST_UNPACKED = 300 * 1024 * 1024
#: bytes of the texts that the sheets share, all of which are kept in memory
LARGEST_TEXTS = 100 * 1024 * 1024
#: a workbook has some dozens of parts, a table some dozens of columns
MOST_PARTS = 2_000
MOST_COLUMNS = 200
#: of a sheet; one line that says its number is a billion would be a billion empty ones
MOST_ROWS = 1_048_576
#: codes of problems that name a limit
LIMITS = ("large", "unpacked", "parts", "columns", "rows")
_TEXTS = "xl/sharedstrings.xml"
_LONGEST_CELL = 2_000
#: what the libraries raise on a file that is damaged or forged
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    KeyError,
    IndexError,
    OSError,
    NotImplementedError,
    OverflowError,
    SyntaxError,
    TypeError,
    ValueError,
)


class FileProblem(Exception):
    """The file cannot be read at all.

    ``code`` says why, for whoever puts it in words: empty, binary, headings (detail: their
    keys), large, unpacked (detail: ``(size, limit)`` in MB), parts, columns, rows (detail: limit).
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
    check_size(content)
    lines = _xlsx_lines(content) if content.startswith(_XLSX_MAGIC) else _csv_lines(content)
    return _rows(lines, headings)


def check_size(content):
    """Refuse what takes too much memory or time, before anything is unpacked.

    :param bytes content: of a file
    :return: how many bytes it has when unpacked
    :raise FileProblem: it is empty, too large, or no archive although it looks like one
    """
    if not content.strip():
        raise FileProblem("empty")
    if len(content) > LARGEST:
        raise FileProblem("large", _in_mb(len(content), LARGEST))
    if not content.startswith(_XLSX_MAGIC):
        return len(content)
    try:
        # reading a part stops at the size that is declared here
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
    except _BROKEN as error:
        raise FileProblem("binary") from error
    if len(parts) > MOST_PARTS:
        raise FileProblem("parts", MOST_PARTS)
    unpacked = sum(part.file_size for part in parts)
    if unpacked > LARGEST_UNPACKED:
        raise FileProblem("unpacked", _in_mb(unpacked, LARGEST_UNPACKED))
    texts = sum(part.file_size for part in parts if part.filename.lower() == _TEXTS)
    if texts > LARGEST_TEXTS:
        raise FileProblem("unpacked", _in_mb(texts, LARGEST_TEXTS))
    return unpacked


def _in_mb(size, limit):
    return -(-size // 1024**2), limit // 1024**2


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
        book = openpyxl.load_workbook(io.BytesIO(content), read_only=True)
        sheet = book.worksheets[0]
        # what the sheet says of its size may be any number, and each row is filled up to it
        sheet.reset_dimensions()
    except _BROKEN as error:
        raise FileProblem("binary") from error
    try:
        for number, cells in enumerate(sheet.iter_rows(max_row=MOST_ROWS + 1), start=1):
            if number > MOST_ROWS:
                raise FileProblem("rows", MOST_ROWS)
            if len(cells) > MOST_COLUMNS:
                raise FileProblem("columns", MOST_COLUMNS)
            yield number, [_cell_value(cell) for cell in cells]
    except _BROKEN as error:
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
    # every other byte of Latin letters in UTF-16 is zero, also without its mark
    wide = any(content[:_HEAD:2]), any(content[1:_HEAD:2])
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        encodings = ("utf-16",)
    elif len(content) > 3 and wide in ((True, False), (False, True)):
        encodings = ("utf-16-le",) if wide[0] else ("utf-16-be",)
    elif b"\x00" in content[:_SNIFFED]:
        raise FileProblem("binary")
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
