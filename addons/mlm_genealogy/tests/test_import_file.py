import base64
import io

import openpyxl

from odoo.tests import tagged

from odoo.addons.mlm_base.importing import writer

from ..importing import columns
from .import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestIdentifiersOfFiles(ImportCommon):
    """What a program or spreadsheet makes of codes and documents is never somebody else's."""

    KEYS = ("code", "name", "document_type", "document_number", "sponsor_code", "phone")
    GOOD = ("70000001.0", "Ana", "CC", "52000222.0", "", "3001234567.0")
    HIDDEN = ("1,02030405E+09", "Eva", "CC", "1.02030405E+09", "", "3,00123E+09")

    def contents(self, row, numbers=False):
        """The same line as CSV and as XLSX, there with ``numbers`` in cells of numbers."""
        row = list(row)
        row[4] = self.root.code
        cells = [float(one) if numbers and one.endswith(".0") else one for one in row]
        book, target = openpyxl.Workbook(), io.BytesIO()
        book.active.append(self.KEYS)
        book.active.append(cells)
        book.save(target)
        keyed = dict(zip(self.KEYS, row, strict=True))
        return (
            ("people.csv", self.csv(keyed, headings=self.KEYS)),
            ("people.xlsx", target.getvalue()),
        )

    def test_whole_floats_are_their_number(self):
        for numbers in (False, True):
            for name, content in self.contents(self.GOOD, numbers):
                with self.subTest(name=name, numbers=numbers):
                    record = self.upload(content, name)
                    rows, problems = record._examine()
                    self.assertEqual(problems, [])
                    (row,) = rows
                    self.assertEqual(row["code"], "70000001")
                    self.assertEqual(row["person"]["vat"], "52000222")
                    self.assertEqual(row["person"]["phone"], "3001234567")

    def test_hidden_digits_are_refused_with_the_line(self):
        for name, content in self.contents(self.HIDDEN):
            with self.subTest(name=name):
                _rows, problems = self.upload(content, name)._examine()
                found = {(one["line"], one["column"]) for one in problems}
                self.assertEqual(
                    found, {(2, "code"), (2, "document_number"), (2, "phone")}, problems
                )
                self.assertTrue(all("hides digits" in one["message"] for one in problems))

    def test_points_that_group_nothing_are_refused(self):
        row = (*self.GOOD[:3], "52.00.222", *self.GOOD[4:])
        for name, content in self.contents(row):
            with self.subTest(name=name):
                _rows, problems = self.upload(content, name)._examine()
                self.assertEqual([one["column"] for one in problems], ["document_number"])


@tagged("post_install", "-at_install")
class TestImportFile(ImportCommon):
    def assert_refused(self, content, words):
        record = self.check_file(content)
        self.assertEqual(record.state, "failed")
        self.assertIn(words, record.error)
        self.assertFalse(record.problem_ids)

    def test_no_table(self):
        self.assert_refused(b"  \n \n", "empty")
        self.assert_refused(bytes(range(256)) * 20, "cannot be read as CSV or XLSX")
        self.assert_refused(b"PK\x03\x04" + b"broken" * 100, "cannot be read as CSV or XLSX")
        self.assert_refused("Nombre;Código del patrocinador\n".encode(), "nothing below")

    def test_missing_headings(self):
        self.assert_refused(b"Name;E-mail\nMaria;m@example.com", "Sponsor code")

    def test_encodings_and_delimiters(self):
        row = {"code": "A1", "name": "María Ñáñez", "sponsor_code": self.root.code}
        for encoding in ("utf-8", "utf-8-sig", "latin-1", "utf-16"):
            for delimiter in (",", ";", "\t", "|"):
                content = self.csv(row, encoding=encoding, delimiter=delimiter)
                record = self.check_file(content)
                self.assertEqual(
                    (record.state, record.row_count), ("good", 1), (encoding, delimiter)
                )

    def test_english_headings_in_any_order(self):
        content = f"SPONSOR CODE , full name,Ignored\n{self.root.code},Maria,x\n".encode()
        self.import_file(content)
        self.assertTrue(self.Distributor.search([("name", "=", "Maria")]))

    def test_formulas(self):
        book = openpyxl.Workbook()
        book.active.append(["Name", "Sponsor code", "Joined on"])
        book.active.append(["=CONCATENATE(1,2)", self.root.code, None])
        file = io.BytesIO()
        book.save(file)
        record = self.check_file(file.getvalue())
        self.assertEqual(record.problem_ids.mapped("column"), ["name"])
        self.assertIn("formula", record.problem_ids.message)
        record = self.check_file(f"Name;Sponsor code\n=1+1;{self.root.code}\n".encode())
        self.assertEqual((record.state, record.bad_count), ("bad", 1))

    def test_numbers_and_dates_of_a_workbook(self):
        import_date = self.root.join_date
        book = openpyxl.Workbook()
        book.active.append(["Code", "Name", "Sponsor code", "Joined on", "Document number"])
        book.active.append([700, "Maria", self.root.code, import_date, 1020304050.0])
        file = io.BytesIO()
        book.save(file)
        self.import_file(file.getvalue())
        found = self.member("700")
        self.assertEqual((found.vat, found.join_date), ("1020304050", import_date))

    def test_round_trip(self):
        self.enrol(
            "María Ñáñez", code="0007", email="m@example.com", placement={"strategy": "left"}
        )
        second = self.enrol("=Danger", code="A2", phone="+57 300 1112233", kind="preferred")
        self.enrol("Below", sponsor=self.member("0007"), code="A3", placement={"strategy": "auto"})
        second.partner_id.write({"city": "Cali", "street": "-5"})
        self.Distributor._enrol([{"name": "Apart", "code": "R2", "is_root": True}])
        self.enrol("Client", sponsor=self.member("A3"), code="A4", kind="customer")
        for kind in ("csv", "xlsx"):
            with self.subTest(kind=kind):
                rows = list(self.Distributor._get_export_rows(self.company, self.tree))
                file = io.BytesIO()
                headings = self.Distributor._export_headings("es_CO")
                if kind == "csv":
                    writer.write_csv(file, headings, rows)
                else:
                    writer.write_xlsx(file, headings, rows, columns.KEYS)
                other = self.env["res.company"].create({"name": f"Copy {kind}"})
                self.env.user.company_ids |= other
                tree = self.env["mlm.tree"].create(
                    {"name": "Binary", "code": "binary", "network_id": other.mlm_network_id.id}
                )
                record = self.Import.with_context(allowed_company_ids=other.ids).create(
                    {
                        "file": base64.b64encode(file.getvalue()),
                        "company_id": other.id,
                        "tree_id": tree.id,
                    }
                )
                # documents are unique among all contacts without a company
                record.action_check()
                record._work()
                self.assertEqual(record.state, "good", record.problem_ids.mapped("message"))
                record.action_import()
                record._work()
                self.assertEqual(record.state, "done", record.error)
                copy = self.Distributor.with_context(allowed_company_ids=other.ids)
                again = list(copy._get_export_rows(other, tree))
                self.assertEqual(sorted(again), sorted(rows), "the same network")
        self.assert_laws()
