# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import datetime

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mlm_base import background

from ..importing.columns import TABLE
from .profile_common import ProfileCommon

HEAD = "Código;Número de documento;Vigente desde;Tipo de persona;Municipio;Actividad (CIIU);Régimen simple\n"
GOOD = "MARIA;52.000.222;01/01/2026;natural;Bogotá;4799;no\n"


@tagged("post_install_l10n", "post_install", "-at_install")
class TestProfileImport(ProfileCommon):
    def setUp(self):
        super().setUp()
        # progress is written by transactions of their own, which a test does not have
        progress = type(self.env["mlm.co.profile.import.progress"])
        self.patch(progress, "_report", lambda *args: None)
        self.patch(progress, "_ensure_wanted", lambda *args: None)
        self.patch(progress, "_count_try", lambda *args: 1)
        self.patch(self.env.cr, "rollback", lambda: None)
        self.patch(background, "retrying", lambda function, env: function())

    def _check(self, content, role="manager", **values):
        content = content if isinstance(content, bytes) else content.encode()
        record = self._as(self.env["mlm.co.profile.import"], role).create(
            {"file": base64.b64encode(content), "name": "perfiles.csv", **values}
        )
        self._work(record, "action_check")
        return record

    def _work(self, record, action):
        getattr(record, action)()
        record.sudo()._work()

    def _bad(self, lines, column, words, head=HEAD):
        record = self._check(head + lines)
        self.assertEqual(record.state, "bad", record.error)
        problems = record.problem_ids.filtered(lambda one: one.severity == "error")
        self.assertEqual(problems.mapped("column"), [column], problems.mapped("message"))
        self.assertIn(words, problems.message)
        self.assertEqual(problems.line, 1 + len(lines.splitlines()))

    def test_import(self):
        record = self._check(HEAD + GOOD + "JUAN;;2026-02-01;Persona natural;11001;4799;x\n")
        self.assertEqual((record.state, record.row_count), ("good", 2), record.error)
        self.assertFalse(self.Profile.search([]), "a check writes nothing")
        self._work(record, "action_import")
        self.assertEqual((record.state, record.error), ("done", False))
        maria, juan = (
            self.Profile.search([("partner_id", "=", one.partner_id.id)])
            for one in (self.maria, self.juan)
        )
        self.assertEqual((maria.state, maria.import_id), ("draft", record))
        self.assertEqual((maria.municipality_id, maria.activity_id), (self.bogota, self.trade))
        self.assertEqual((maria.simple, juan.simple, juan.resident), (False, True, True))
        self.assertEqual(maria.create_uid, self.users["manager"])

    def test_confirmed_at_once(self):
        first = self._profile(confirm=True)
        content = (HEAD + GOOD).replace("01/01/2026", "2026-07-01")
        with self.assertRaises(AccessError):
            record = self._check(content, confirms=True)
            self._work(record, "action_import")
        record = self._check(content, "accountant", confirms=True)
        self._work(record, "action_import")
        self.assertEqual((record.state, record.error), ("done", False))
        self.assertEqual(self.Profile.search([("import_id", "=", record.id)]).state, "confirmed")
        self.assertEqual(str(first.date_to), "2026-06-30")

    def test_found_by_number_alone(self):
        self.company.country_id = self.env.ref("base.co")
        for number in ("52.000.222", "52000222-8", "52000222"):
            record = self._check((HEAD + GOOD).replace("MARIA;52.000.222", f";{number}"))
            self.assertEqual(record.state, "good", record.problem_ids.mapped("message"))

    def test_names_of_places(self):
        for name in ("Bogotá", "BOGOTA D.C.", "Bogotá, D.C.", "11001"):
            record = self._check((HEAD + GOOD).replace("Bogotá", name))
            self.assertEqual(record.state, "good", record.problem_ids.mapped("message"))
        for name, code in (("Medellín", "05001"), ("5001", "05001"), ("Cali, Valle", "")):
            record = self._check((HEAD + GOOD).replace("Bogotá", name))
            self.assertEqual(record.state, "good" if code else "bad", name)
        twice = self.env["mlm.co.municipality"].search([("name", "=", "Rionegro")])
        self.assertEqual(len(twice), 2)
        self._bad(GOOD.replace("Bogotá", "Rionegro"), "municipality", "Several municipalities")
        record = self._check((HEAD + GOOD).replace("Bogotá", "Rionegro, Antioquia"))
        self._work(record, "action_import")
        self.assertEqual(record.profile_ids.municipality_id.code, "05615")

    def test_warnings_let_pass(self):
        record = self._check((HEAD + GOOD).replace(";no\n", ";sí\n"))
        self.assertEqual((record.state, record.warning_count), ("good", 1))
        self.assertIn("must issue electronic invoices", record.problem_ids.message)

    def test_bad_lines(self):
        day = "2026-01-01;natural;11001;4799;no"
        for line, column, words in (
            (f"NADIE;;{day}", "code", "Nobody in the company has this code"),
            (f";99999;{day}", "document_number", "Nobody in the company"),
            (f"JUAN;52000222;{day}", "document_number", "another document number"),
            (f";;{day}", "code", "Write the code"),
            (f";5,2E+7;{day}", "document_number", "hides digits"),
            ("MARIA;;;natural;11001;4799;no", "date_from", "empty"),
            ("MARIA;;ayer;natural;11001;4799;no", "date_from", "not a date"),
            ("MARIA;;1926-01-01;natural;11001;4799;no", "date_from", "before 2000"),
            ("MARIA;;2026-01-01;;11001;4799;no", "person", "empty"),
            ("MARIA;;2026-01-01;robot;11001;4799;no", "person", "natural"),
            ("MARIA;;2026-01-01;natural;99999;4799;no", "municipality", "code of DANE"),
            ("MARIA;;2026-01-01;natural;Atlantis;4799;no", "municipality", "code of DANE"),
            ("MARIA;;2026-01-01;natural;11001;0000;no", "activity", "CIIU"),
            ("MARIA;;2026-01-01;natural;11001;4799;quizás", "simple", "yes"),
            ("MARIA;;2026-01-01;jurídica;11001;4799;no", "person", "needs a NIT"),
            (f"MARIA;;=A1;{day.partition(';')[2]}", "date_from", "formula"),
            (f"{GOOD}MARIA;;{day}", "code", "Line 2"),
        ):
            with self.subTest(line=line):
                self._bad(line, column, words)

    def test_more_columns(self):
        head = (
            "Code;Valid from;Valid until;Kind of person;Table of art. 383;SIMPLE regime;"
            "Other deductions per month\n"
        )
        for line, column, words in (
            ("MARIA;2026-02-01;2026-01-01;natural;no;no;", "date_to", "before it begins"),
            ("MARIA;2026-02-01;;natural;yes;yes;", "person", "art. 383 does not apply"),
            ("MARIA;2026-02-01;;natural;yes;no;1.000", "art383_deductions", "two different"),
            ("MARIA;2026-02-01;;natural;yes;no;mucho", "art383_deductions", "not a number"),
            ("MARIA;2026-02-01;;natural;yes;no;-5", "art383_deductions", "below zero"),
        ):
            with self.subTest(line=line):
                self._bad(line, column, words, head=head)

    def test_against_what_exists(self):
        draft = self._profile()
        self._bad(GOOD, "code", "already has a profile to confirm")
        self._as(draft, "accountant").action_confirm()
        self._bad(GOOD, "code", "Begin after that day")
        self.juan.partner_id.lang = "en_US"
        self.users["manager"].partner_id = self.juan.partner_id
        self._bad("JUAN;;2026-01-01;natural;11001;4799;no", "code", "your own")

    def test_wrong_files(self):
        for content, words in (
            (b"%PDF-1.4\n\x00\x01", "cannot be read"),
            (b"PK\x03\x04broken", "cannot be read"),
            (HEAD.encode(), "nothing below them"),
            ("Código;Nombre\nMARIA;x\n".encode(), "These are missing"),
        ):
            with self.subTest(content=content):
                record = self._check(content)
                self.assertEqual(record.state, "failed")
                self.assertIn(words, record.error)
                self.assertFalse(self.Profile.search([]))

    def test_changed_between_check_and_import(self):
        record = self._check(HEAD + GOOD)
        self._profile()
        self._work(record, "action_import")
        self.assertEqual(record.state, "bad")
        self.assertEqual(len(self.Profile.search([])), 1)

    def test_spreadsheet(self):
        book = openpyxl.Workbook()
        for row in (
            [
                TABLE.heading(key, "en_US")
                for key in ("code", "date_from", "person", "municipality")
            ],
            ["MARIA", datetime(2026, 1, 1), "natural", 11001],
        ):
            book.active.append(row)
        file = io.BytesIO()
        book.save(file)
        record = self._check(file.getvalue())
        self.assertEqual(record.state, "good", record.problem_ids.mapped("message") or record.error)

    def test_who_may(self):
        for role in ("support", "approver", "auditor", "warehouse"):
            with self.assertRaises(AccessError):
                self._check(HEAD + GOOD, role)
