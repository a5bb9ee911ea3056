import datetime
import io
import zipfile
from decimal import Decimal

import openpyxl

from odoo.tests import TransactionCase, tagged

from ..importing import reader
from ..importing.headings import Headings
from ..importing.values import Ambiguous, Hidden, parse_day, parse_e4, parse_identifier

TABLE = Headings({"code": ("código", "code"), "amount": ("valor", "amount")}, ("code",))


@tagged("post_install", "-at_install")
class TestImporting(TransactionCase):
    def test_numbers(self):
        for text, sign, wanted in (
            ("12", "", 120000),
            ("1.234.567,89", "", 12345678900),
            ("1,234,567.89", "", 12345678900),
            ("1.234.567", "", 12345670000),
            ("$ 990.000,5", "", 9900005000),
            ("0.125", "", 1250),
            ("-3,5", "", -35000),
            ("1.234", ",", 12340000),
            ("1.234", ".", 12340),
            ("1234,5678", "", 12345678),
            (0.1 + 0.2, "", 3000),
            (55240, "", 552400000),
            ("52000222.0", "", 520002220000),
            # what a number of a spreadsheet has is a point, whatever people write
            (Decimal("1.234"), ",", 12340),
            (1234.5, ",", 12345000),
            (1500.0, "", 15000000),
            ("1,02030405E+08", "", 1020304050000),
            ("1.5E+1", "", 150000),
        ):
            with self.subTest(text=text, sign=sign):
                self.assertEqual(parse_e4(text, sign), wanted)

    def test_no_numbers(self):
        with self.assertRaises(Ambiguous):
            parse_e4("1.234")
        for text in ("1,02030405E+09", "1E+06", "5.0E-1", 1.25e18):
            with self.subTest(text=text), self.assertRaises(Hidden):
                parse_e4(text)
        for text in (
            "",
            "twelve",
            "9" * 500,
            float("inf"),
            float("nan"),
            "1.23,45.6",
            "12.34.5",
            "1.00001",
            "1,2,3",
            "1e5",
            True,
        ):
            with self.subTest(text=text), self.assertRaises(ValueError):
                parse_e4(text)

    def test_identifiers(self):
        """A code or document is read as it was meant, or not at all: never as another."""
        for value, grouped, wanted in (
            ("52000222.0", False, "52000222"),
            ("52000222,00", True, "52000222"),
            (52000222.0, False, "52000222"),
            (52000222, True, "52000222"),
            ("52.000.222", True, "52000222"),
            ("52,000,222-1", True, "52000222-1"),
            ("900 123 456-8", True, "900123456-8"),
            ("000012", False, "000012"),
            ("12E3", False, "12E3"),
            ("1,020304051E+09", False, "1020304051"),
            ("A.1", False, "A.1"),
            ("10.25", False, "10.25"),
            (Decimal("10.25"), False, "10.25"),
            (None, False, ""),
        ):
            with self.subTest(value=value):
                self.assertEqual(parse_identifier(value, grouped), wanted)
        for value, grouped, problem in (
            ("1,02030405E+09", False, Hidden),
            ("1.02E+09", True, Hidden),
            (1.25e18, False, Hidden),
            ("52.000", False, Ambiguous),
            ("52.00.222", True, ValueError),
            ("52.000,222", True, ValueError),
            ("5200022.25", True, ValueError),
        ):
            with self.subTest(value=value), self.assertRaises(problem):
                parse_identifier(value, grouped)

    def test_numbers_of_a_spreadsheet(self):
        """A cell says what it holds: whole numbers as digits, others with their point."""
        book, target = openpyxl.Workbook(), io.BytesIO()
        for row in (
            ("code", "amount"),
            (52000222.0, 1.234),
            (1020304050, 0.1 + 0.2),
            ("000012", "1.234"),
            (1.25e18, 5),
        ):
            book.active.append(row)
        book.save(target)
        rows = [cells for _line, cells in reader.read(target.getvalue(), TABLE)]
        self.assertEqual(
            rows,
            [
                {"code": "52000222", "amount": Decimal("1.234")},
                {"code": "1020304050", "amount": Decimal("0.3")},
                {"code": "000012", "amount": "1.234"},
                {"code": "1.25000000000000E+18", "amount": "5"},
            ],
        )
        with self.assertRaises(Hidden):
            parse_identifier(rows[-1]["code"])

    def test_no_files(self):
        for content, code in (
            (b"", "empty"),
            (b"\xef\xbb\xbf", "empty"),
            (b" \n\n", "empty"),
            (b"PK\x03\x04 no workbook", "binary"),
            (b"\x00\x01\x02", "binary"),
            (b"[" * 200_000, "headings"),
        ):
            with self.subTest(content=content[:9]):
                with self.assertRaises(reader.FileProblem) as caught:
                    list(reader.read(content, TABLE))
                self.assertEqual(caught.exception.code, code)
        for encoding in ("utf-16", "utf-16-le", "utf-16-be"):
            self.assertEqual(
                list(reader.read("code\nMaría\n".encode(encoding), TABLE)),
                [(2, {"code": "María"})],
                encoding,
            )

    def test_days(self):
        day = datetime.date(2026, 8, 31)
        for value in ("2026-08-31", "31/08/2026", day, datetime.datetime(2026, 8, 31, 5)):
            self.assertEqual(parse_day(value), day)
        self.assertIsNone(parse_day("31 of August"))

    def test_file(self):
        rows = list(reader.read("Código;Otro;VALOR\nA1;x;5\n\nA2;;".encode("cp1252"), TABLE))
        self.assertEqual(
            rows, [(2, {"code": "A1", "amount": "5"}), (4, {"code": "A2", "amount": ""})]
        )
        with self.assertRaises(reader.FileProblem) as caught:
            list(reader.read(b"Amount\n5", TABLE))
        self.assertEqual(caught.exception.detail, ["code"])

    def test_weapons(self):
        """Files that are small, and would be endless when they are read."""
        sheet = "xl/worksheets/sheet1.xml"
        self.assertEqual(self.rows(book()), [(2, {"code": "A1", "amount": "5"})])
        # what a sheet says of its size is not believed
        liar = book({sheet: lambda text: text.replace(b"A1:B2", b"A1:XFD1048576")})
        self.assertEqual(self.rows(liar), [(2, {"code": "A1", "amount": "5"})])
        entities = b"".join(
            b'<!ENTITY a%d "%s">' % (number, b"&a%d;" % (number - 1) * 10)
            for number in range(1, 10)
        )
        head = b'<!DOCTYPE x [<!ENTITY a0 "aaaaaaaaaa">' + entities + b"]>"
        for content, code, detail in (
            (book({sheet: lambda text: text + b" " * 310 * 1024**2}), "unpacked", (311, 300)),
            (
                book({"xl/sharedStrings.xml": lambda _t: b" " * 110 * 1024**2}),
                "unpacked",
                (110, 100),
            ),
            (book({f"part{number}": lambda _t: b"" for number in range(2001)}), "parts", 2000),
            (book({sheet: lambda text: text.replace(b'r="B2"', b'r="XFD2"')}), "columns", 200),
            (
                book({sheet: lambda t: t.replace(b'row r="2"', b'row r="99999999"')}),
                "rows",
                1048576,
            ),
            (book({sheet: lambda t: head + t.replace(b"<v>5", b"<v>&a9;")}), "binary", ""),
            (book()[:-300], "binary", ""),
            (b"a;b" * 40 * 1024**2, "large", (120, 100)),
        ):
            with self.subTest(code=code, detail=detail):
                with self.assertRaises(reader.FileProblem) as caught:
                    self.rows(content)
                self.assertEqual((caught.exception.code, caught.exception.detail), (code, detail))

    def rows(self, content):
        return list(reader.read(content, TABLE))


def book(edits=None):
    """A workbook of one line, with parts that are changed or added."""
    made, packed = openpyxl.Workbook(), io.BytesIO()
    made.active.append(["Code", "Valor"])
    made.active.append(["A1", 5])
    made.save(packed)
    with zipfile.ZipFile(packed) as source:
        parts = {name: source.read(name) for name in source.namelist()}
    for name, edit in (edits or {}).items():
        parts[name] = edit(parts.get(name, b""))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return target.getvalue()
