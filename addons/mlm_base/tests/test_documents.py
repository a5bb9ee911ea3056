import io
from unittest.mock import patch

import openpyxl

from odoo.tests import TransactionCase, tagged
from odoo.tools.pdf import PdfFileReader

from ..documents import bars, column, page, workbook
from ..importing.writer import write_xlsx


@tagged("post_install", "-at_install")
class TestWorkbook(TransactionCase):
    columns = [
        column("name", "Name", "text", 10),
        column("kind", "Kind", "choice", 10, {1: "One"}),
        column("amount", "Amount", "money", 10),
    ]

    def row(self, name, amount=1):
        return {"name": name, "kind": 1, "amount": amount}

    def opened(self, book):
        with book.close() as file:
            return openpyxl.load_workbook(io.BytesIO(file.read()))

    def test_cells(self):
        book = workbook.Workbook()
        book.table("People", self.columns, [self.row("=1+1"), self.row("007", None)], self.row("T"))
        (sheet,) = self.opened(book).worksheets
        self.assertEqual(
            list(sheet.values),
            [
                ("Name", "Kind", "Amount"),
                ("=1+1", "One", 1),
                ("007", "One", None),
                ("T", "One", 1),
            ],
        )
        self.assertEqual({sheet.cell(row, 1).data_type for row in (2, 3)}, {"s"})
        self.assertEqual([sheet.cell(row, 1).font.b for row in (1, 2, 4)], [True, False, True])
        self.assertEqual(sheet.freeze_panes, "B2")

    def test_names_of_sheets(self):
        book = workbook.Workbook()
        for name in ("a/b?", "A b ", "x" * 40, "X" * 40):
            book.table(name, self.columns, [])
        self.assertEqual(self.opened(book).sheetnames, ["a b", "A b 2", "x" * 31, "X" * 27 + " 2"])

    def test_rows_go_on_on_another_sheet(self):
        book = workbook.Workbook()
        with patch.object(workbook, "SHEET_ROWS", 2):
            book.table("People", self.columns, map(self.row, "abcde"))
            book.table("Sums", self.columns, map(self.row, "ab"), self.row("T"))
        found = self.opened(book)
        self.assertEqual(found.sheetnames, ["People", "People 2", "People 3", "Sums", "Sums 2"])
        self.assertEqual([sheet.max_row for sheet in found.worksheets], [3, 3, 2, 3, 2])

    def test_failure_leaves_no_open_file(self):
        with self.assertRaises(ZeroDivisionError), workbook.Workbook() as book:
            book.table("People", self.columns, (self.row(1 // zero) for zero in (1, 0)))
        self.assertTrue(book.target.closed)

    def test_file_for_an_import_has_one_sheet(self):
        for rows, fits in ((2, True), (3, False)):
            target = io.BytesIO()
            with patch.object(workbook, "SHEET_ROWS", 2):
                if fits:
                    write_xlsx(target, ["Code", "Name"], [["001", None]] * rows, ("code",))
                else:
                    with self.assertRaises(OverflowError):
                        write_xlsx(target, ["Code", "Name"], [["001", None]] * rows)
                    continue
            (sheet,) = openpyxl.load_workbook(target).worksheets
            self.assertEqual(list(sheet.values)[1], ("001", None))


@tagged("post_install", "-at_install")
class TestPage(TransactionCase):
    columns = [column("name", "Name", "text", 10), column("sum", "Sum", "number", 5)]

    def texts(self, story, **options):
        content = page.build(self.env, story, "Title", self.env.company, **options)
        pages = PdfFileReader(io.BytesIO(content)).pages
        return [one.extract_text() for one in pages]

    def table(self, rows, total=None):
        return page.table(self.columns, rows, page.width(), total)

    def test_head_and_foot_on_each_page(self):
        table = self.table([[f"Row {number}", str(number)] for number in range(200)])
        texts = self.texts([table])
        self.assertGreater(len(texts), 1)
        for number, text in enumerate(texts, start=1):
            for part in ("Name", self.env.company.name, "printed", f"Page {number}"):
                self.assertIn(part, text)
        self.assertEqual(sum(text.count("Row ") for text in texts), 200)

    def test_own_foot(self):
        (text,) = self.texts([page.paragraph("Words")], foot="Our foot")
        self.assertIn("Our foot", text)
        self.assertNotIn("printed", text)

    def test_groups_and_total(self):
        (text,) = self.texts([self.table(["Group A", ["Ana", "0"]], ["Total", "7"])])
        for part in ("Group A", "Ana", "0", "Total", "7"):
            self.assertIn(part, text)

    def test_data_is_never_markup(self):
        rows = [["<b>Ana</b> & <para>", "1"]]
        (text,) = self.texts([self.table(rows), page.facts([("Label", "<i>x</i>")], 200)])
        self.assertIn("<b>Ana</b> & <para>", text)
        self.assertIn("<i>x</i>", text)

    def test_bars(self):
        story = page.section("Bars", bars.bars([("Binary", 5), ("Pool", -1)], 400, str))
        (text,) = self.texts(story)
        for part in ("Bars", "Binary", "Pool"):
            self.assertIn(part, text)
