import base64
import random

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from .import_common import ImportCommon


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
        self.assert_bad("sponsor_code", "A1", "sponsor themselves", self.person("A1", "A1"))

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
            ("2020-02-30", "not a date"),
            ("yesterday", "not a date"),
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
            ([self.person("A1", **{**spot, "leg": "left"})], "leg", "left", "already on", (2,)),
            (
                [self.person("A1", **spot), self.person("A2", **spot)],
                "leg",
                "right",
                "Line 2",
                (3,),
            ),
            ([self.person("A1", placement_code=below)], "leg", "", "Choose the leg", (2,)),
            ([self.person("A1", leg="head")], "leg", "", "already has a head", (2,)),
            (
                [self.person("A1", kind="customer", **spot)],
                "leg",
                "",
                "cannot hold a position",
                (2,),
            ),
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
