import base64
import io
import random

import openpyxl

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.mlm_base import background
from odoo.addons.mlm_base.importing import writer

from ..importing import columns
from .common import GenealogyCommon

HEADINGS = [columns.heading(key, "es_CO") for key in columns.KEYS]


class ImportCommon(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.write({"country_id": cls.env.ref("base.co").id})
        cls.env.user.lang = "en_US"
        cls.Import = cls.env["mlm.import"]

    def setUp(self):
        super().setUp()
        # progress is written by transactions of their own, which a test does not have
        progress = self.env["mlm.import.progress"]
        self.reports = []
        self.patch(type(progress), "_report", lambda _self, *args: self.reports.append(args[1:]))
        self.patch(type(progress), "_ensure_wanted", lambda *args: None)
        self.patch(type(progress), "_count_try", lambda *args: 1)
        self.patch(self.env.cr, "rollback", lambda: None)
        self.patch(background, "retrying", lambda function, env: function())

    def csv(self, *rows, headings=None, encoding="utf-8", delimiter=";"):
        """The content of a file: dicts, or lists in the order of the headings."""
        keys = list(headings or columns.KEYS)
        lines = [
            delimiter.join(
                columns.heading(key, "es_CO") if key in columns.KEYS else key for key in keys
            )
        ]
        for row in rows:
            lines.append(delimiter.join(str(row.get(key, "")) for key in keys))
        return "\n".join(lines).encode(encoding)

    def upload(self, content, name="people.csv"):
        return self.Import.create(
            {"file": base64.b64encode(content), "file_name": name, "tree_id": self.tree.id}
        )

    def check_file(self, content, **values):
        record = self.upload(content)
        record.action_check()
        record._work()
        return record

    def import_file(self, content):
        record = self.check_file(content)
        self.assertEqual(record.state, "good", record.problem_ids.mapped("message") or record.error)
        record.action_import()
        record._work()
        self.assertEqual(record.state, "done", record.error)
        return record

    def member(self, code):
        return self.Distributor.search([("company_id", "=", self.company.id), ("code", "=", code)])


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
class TestImport(ImportCommon):
    def person(self, code, sponsor=None, **values):
        return {
            "code": code,
            "name": f"Name {code}",
            "sponsor_code": self.root.code if sponsor is None else sponsor,
            **values,
        }

    def assert_bad(self, column, value, words, *rows, lines=(2,)):
        """Check a file; these lines must be bad because of one column, and no other."""
        before = self.Distributor.search_count([])
        record = self.check_file(self.csv(*rows))
        errors = record.problem_ids.filtered(lambda one: one.severity == "error")
        self.assertEqual(record.state, "bad", record.error)
        self.assertEqual(errors.mapped("line"), list(lines), errors.mapped("message"))
        self.assertEqual(set(errors.mapped("column")), {column}, errors.mapped("message"))
        self.assertIn(value, [one or "" for one in errors.mapped("value")])
        self.assertIn(words, errors[0].message)
        self.assertEqual(record.bad_count, len(lines))
        self.assertEqual(self.Distributor.search_count([]), before)
        with self.assertRaises(UserError):
            record.action_import()

    def test_everything_arrives(self):
        row = self.person(
            "A1",
            document_type="NIT",
            document_number="800197268-4",
            email=" Maria@Example.com ",
            phone="+57 300 1234567",
            street="Calle 1 # 2-3",
            city="Bogotá",
            state="Antioquia",
            country="CO",
            kind="Cliente preferente",
            joined_on="31/08/2020",
            placement_code=self.root.code,
            leg="Izquierda",
        )
        # the root of the test joined just now
        row["sponsor_code"], row["placement_code"] = "A0", "A0"
        above = self.person(
            "A0", "-", joined_on="2020-08-31", placement_code=self.root.code, leg="left"
        )
        record = self.import_file(self.csv(row, above))
        one = self.member("A1")
        self.assertEqual(one.sponsor_id, self.member("A0"))
        self.assertEqual(one.sponsor_id.is_root, True)
        self.assertEqual(one.kind, "preferred")
        self.assertEqual(str(one.join_date), "2020-08-31")
        self.assertEqual(one.partner_id.vat, "800197268-4")
        self.assertEqual(one.email, "maria@example.com")
        self.assertEqual(one.partner_id.state_id.name, "Antioquia")
        self.assertEqual(one.partner_id.country_id, self.env.ref("base.co"))
        self.assertEqual(one.position_ids.parent_id, self.member("A0").position_ids)
        self.assertEqual(one.position_ids.leg, "left")
        self.assertEqual((record.row_count, record.placed_count), (2, 2))
        enrolled = one.event_ids.filtered(lambda event: event.kind == "enrolled")
        self.assertIn("people.csv", enrolled.reason)
        self.assert_laws()

    def test_any_order(self):
        rows = [self.person("A0", leg="left", placement_code=self.root.code)]
        for number in range(1, 40):
            above = f"A{(number - 1) // 2}"
            leg = "derecha" if number % 2 else "izquierda"
            rows.append(self.person(f"A{number}", above, placement_code=above, leg=leg))
        random.Random(3).shuffle(rows)
        self.import_file(self.csv(*rows))
        self.assertEqual(self.member("A39").sponsor_id, self.member("A19"))
        self.assertEqual(self.member("A39").position_ids.parent_id, self.member("A19").position_ids)
        self.assertEqual(self.member("A39").level, self.root.level + 6)
        self.assert_laws()

    def test_strategy_and_holding_tank(self):
        self.import_file(
            self.csv(
                self.person("A1", "A0", leg="automática"),
                self.person("A2", "A0"),
                self.person("A0", leg="1", placement_code=self.root.code),
            )
        )
        self.assertEqual(self.member("A1").position_ids.parent_id, self.member("A0").position_ids)
        self.assertFalse(self.member("A2").position_ids)

    def test_code_of_the_sequence(self):
        self.import_file(self.csv({"name": "Without Code", "sponsor_code": self.root.code}))
        found = self.Distributor.search([("name", "=", "Without Code")])
        self.assertTrue(found.code)

    def test_existing_contact_is_enrolled(self):
        contact = self.env["res.partner"].create({"name": "Known", "vat": "1020304050"})
        record = self.import_file(self.csv(self.person("A1", document_number="1.020.304.050")))
        self.assertEqual(self.member("A1").partner_id, contact)
        self.assertEqual(record.warning_count, 1)

    def test_shared_address_is_a_warning(self):
        record = self.check_file(
            self.csv(
                self.person("A1", email="family@example.com"),
                self.person("A2", email="family@example.com"),
            )
        )
        self.assertEqual((record.state, record.warning_count), ("good", 1))
        self.assertEqual(record.problem_ids.column, "email")

    def test_missing_name(self):
        self.assert_bad("name", "", "name is missing", self.person("A1", name=""))

    def test_unknown_sponsor(self):
        self.assert_bad("sponsor_code", "NOBODY", "NOBODY", self.person("A1", "NOBODY"))

    def test_missing_sponsor(self):
        self.assert_bad("sponsor_code", "", "sponsor is missing", self.person("A1", ""))

    def test_own_sponsor(self):
        self.assert_bad("sponsor_code", "A1", "own sponsor", self.person("A1", "A1"))

    def test_sponsor_is_a_customer(self):
        rows = [self.person("A1", kind="customer"), self.person("A2", "A1")]
        self.assert_bad("sponsor_code", "A1", "customer", *rows, lines=(3,))

    def test_cycle(self):
        rows = [
            self.person("A1", "A3"),
            self.person("A2", "A1"),
            self.person("A3", "A2"),
            self.person("A4", "A3"),
        ]
        self.assert_bad("sponsor_code", "A3", "sponsor each other", *rows, lines=(2, 3, 4))

    def test_sponsor_joined_later(self):
        rows = [
            self.person("A1", joined_on="2020-05-02"),
            self.person("A0", "-", joined_on="2020-05-03"),
            self.person("A2", "A0", joined_on="2020-05-02"),
        ]
        before = self.check_file(self.csv(rows[1])).state
        self.assertEqual(before, "good")
        self.assert_bad("joined_on", "2020-05-02", "joined on 2020-05-03", *rows[1:], lines=(3,))
        words = f"sponsor {self.root.code} joined"
        self.assert_bad("joined_on", "1999-05-02", words, {**rows[0], "joined_on": "1999-05-02"})

    def test_code_twice(self):
        rows = [self.person("A1"), self.person("A1")]
        self.assert_bad("code", "A1", "Line 2", *rows, lines=(3,))
        self.assert_bad("code", self.root.code, "has this code", self.person(self.root.code, "-"))

    def test_document_twice(self):
        rows = [self.person(f"A{n}", document_number="1020304050") for n in (1, 2)]
        self.assert_bad("document_number", "1020304050", "Line 2", *rows, lines=(3,))
        self.enrol("Known", vat="99887766", code="K1")
        row = self.person("A1", document_number="99.887.766")
        self.assert_bad("document_number", "99887766", "K1", row)

    def test_document_number(self):
        for kind, number, words in (
            ("NIT", "800197268-5", "check digit"),
            ("CC", "12AB", "3 to 10 digits"),
            ("PA", "?", "5 to 16 letters"),
            ("CC", "52000222.5", "not a document number"),
            ("PA", "1,02030405E+09", "hides digits"),
            ("CE", "12345678", "3 to 7 digits"),
            ("TI", "123456789", "10 or 11 digits"),
            ("PEP", "12345", "15 digits"),
            ("PPT", "123456789", "4 to 8 digits"),
            ("NIT", "800197268", "check digit"),
        ):
            row = self.person("A1", document_type=kind, document_number=number)
            self.assert_bad("document_number", number, words, row)
        self.company.country_id = self.env.ref("base.co")
        row = self.person("A1", document_type="OTRO", document_number="X1")
        self.assert_bad("document_number", "X1", "Choose which document", row)
        row = self.person("A1", document_type="DIE", document_number="V-12.345.678")
        self.assertEqual(self.check_file(self.csv(row)).state, "good")
        row = self.person("A1", document_type="Library Card", document_number="1")
        self.assert_bad("document_type", "Library Card", "CC", row)

    def test_date(self):
        for value, words in (
            ("2020-02-30", "no date"),
            ("yesterday", "no date"),
            ("2999-01-01", "future"),
            ("1900-01-01", "future"),
        ):
            self.assert_bad("joined_on", value, words, self.person("A1", joined_on=value))

    def test_other_values(self):
        for column, value, words in (
            ("email", "at example.com", "e-mail"),
            ("phone", "12", "telephone"),
            ("country", "Utopia", "country"),
            ("state", "Utopia", "department"),
            ("kind", "Friend", "Distributor"),
            ("language", "Klingon", "en_US"),
            ("leg", "Middle", "Unknown spot"),
        ):
            self.assert_bad(column, value, words, self.person("A1", **{column: value}))

    def test_spots(self):
        below = self.root.code
        self.enrol("Placed", placement={"strategy": "left"})
        spot = {"placement_code": below, "leg": "right"}
        for rows, column, value, words, lines in (
            ([self.person("A1", **{**spot, "leg": "left"})], "leg", "left", "stands on", (2,)),
            (
                [self.person("A1", **spot), self.person("A2", **spot)],
                "leg",
                "right",
                "Line 2",
                (3,),
            ),
            ([self.person("A1", placement_code=below)], "leg", "", "which leg", (2,)),
            ([self.person("A1", leg="head")], "leg", "", "head already", (2,)),
            ([self.person("A1", kind="customer", **spot)], "leg", "", "no position", (2,)),
            (
                [self.person("A1", placement_code="NOBODY", leg="left")],
                "placement_code",
                "NOBODY",
                "no position",
                (2,),
            ),
            (
                [self.person("A0"), self.person("A1", placement_code="A0", leg="left")],
                "placement_code",
                "A0",
                "no spot",
                (3,),
            ),
            (
                [self.person("A0"), self.person("A1", "A0", leg="auto")],
                "leg",
                "auto",
                "no position",
                (3,),
            ),
            (
                [
                    self.person("A1", placement_code="A2", leg="left"),
                    self.person("A2", placement_code="A1", leg="left"),
                ],
                "placement_code",
                "A2",
                "below each other",
                (2, 3),
            ),
        ):
            with self.subTest(words=words):
                self.assert_bad(column, value, words, *rows, lines=lines)

    def test_every_bad_line_is_listed(self):
        rows = [self.person(f"A{n}", "NOBODY", email="x", name="") for n in range(300)]
        record = self.check_file(self.csv(*rows))
        self.assertEqual((record.row_count, record.bad_count), (300, 300))
        self.assertEqual(len(record.problem_ids), 900)

    def test_network_changed_since_the_check(self):
        record = self.check_file(self.csv(self.person("A1")))
        self.enrol("Meanwhile", code="A1")
        record.action_import()
        record._work()
        self.assertEqual(record.state, "bad")
        self.assertIn("has this code", record.problem_ids.message)

    def test_manager_only(self):
        support = self.env["res.users"].create(
            {
                "name": "Support",
                "login": "support of the import",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(4, self.env.ref("mlm_base.group_support").id)],
            }
        )
        with self.assertRaises(AccessError):
            self.Import.with_user(support).create({"file": base64.b64encode(b"x")})
        with self.assertRaises(AccessError):
            self.env["mlm.export.wizard"].with_user(support).create({"reason": "x"})

    def test_result_is_not_edited(self):
        manager = self.env["res.users"].create(
            {
                "name": "Manager",
                "login": "manager of the import",
                "company_id": self.company.id,
                "company_ids": [(6, 0, self.company.ids)],
                "group_ids": [(4, self.env.ref("mlm_base.group_manager").id)],
            }
        )
        record = self.upload(self.csv(self.person("A1"))).with_user(manager)
        with self.assertRaises(UserError):
            record.state = "good"
        record.action_check()
        self.assertEqual(record.state, "checking")


@tagged("post_install", "-at_install")
class TestImportFile(ImportCommon):
    def assert_refused(self, content, words):
        record = self.check_file(content)
        self.assertEqual(record.state, "failed")
        self.assertIn(words, record.error)
        self.assertFalse(record.problem_ids)

    def test_no_table(self):
        self.assert_refused(b"  \n \n", "empty")
        self.assert_refused(bytes(range(256)) * 20, "neither")
        self.assert_refused(b"PK\x03\x04" + b"broken" * 100, "neither")
        self.assert_refused("Nombre;Código del patrocinador\n".encode(), "no line below")

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
                    {"name": "Binary", "code": "binary", "company_id": other.id}
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
