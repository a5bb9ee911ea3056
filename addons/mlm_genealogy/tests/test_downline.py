import io
from datetime import datetime, timedelta
from unittest.mock import patch

import openpyxl

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, HttpCase, new_test_user, tagged

from ..reports import mlm_downline_pdf, mlm_downline_query
from .common import GenealogyCommon


class DownlineCommon(GenealogyCommon):
    """Root → Ana → (Beto → Dora → Eva, Caro → Fabio); Ana's customer is Gina."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joined = datetime(2026, 1, 10, 15)
        cls.report = cls.env["mlm.downline.report"]
        cls.people = {}
        for name, above, leg in (
            ("Ana", "Root", "left"),
            ("Beto", "Ana", "left"),
            ("Caro", "Ana", "right"),
            ("Dora", "Beto", "left"),
            ("Eva", "Dora", "right"),
            ("Fabio", "Caro", "left"),
        ):
            cls.add(name, above, leg)
        cls.add("Gina", "Ana", None, kind="customer")

    @classmethod
    def add(cls, name, above, leg, **values):
        sponsor = cls.root if above == "Root" else cls.people[above]
        if leg:
            values["placement"] = {"parent_id": sponsor.position_ids.id, "leg": leg}
        values.setdefault("joined_at", cls.joined)
        cls.people[name] = cls.enrol(name, sponsor, code=name.upper(), **values)
        return cls.people[name]

    def ask(self, name="Ana", **options):
        return [
            row
            for rows in self.report._downline_report(self.people[name], **options)
            for row in rows
        ]

    def names(self, name="Ana", **options):
        return [row["name"] for row in self.ask(name, **options)]


@tagged("post_install", "-at_install")
class TestDownline(DownlineCommon):
    def test_levels_of_the_sponsor_tree(self):
        found = {row["name"]: row for row in self.ask()}
        self.assertEqual(
            {name: row["level"] for name, row in found.items()},
            {"Beto": 1, "Caro": 1, "Gina": 1, "Dora": 2, "Fabio": 2, "Eva": 3},
        )
        self.assertEqual(found["Dora"]["sponsor"], "BETO Beto")
        self.assertEqual(found["Gina"]["kind"], "customer")
        self.assertEqual(found["Eva"]["joined"], fields.Date.to_date("2026-01-10"))

    def test_somebody_without_downline(self):
        self.assertEqual(self.ask("Eva"), [])
        totals = self.report._downline_totals(self.people["Eva"])
        self.assertEqual((totals["groups"], totals["all"]["people"]), ([], 0))

    def test_legs_of_a_placement_tree(self):
        rows = self.ask(tree=self.tree, group_by="leg")
        self.assertEqual(
            [(row["name"], row["leg"], row["level"]) for row in rows],
            [
                ("Beto", 1, 1),
                ("Dora", 1, 2),
                ("Eva", 1, 3),
                ("Caro", 2, 1),
                ("Fabio", 2, 2),
            ],
        )
        totals = self.report._downline_totals(self.people["Ana"], self.tree, "leg")
        self.assertEqual({line["group"]: line["people"] for line in totals["groups"]}, {1: 3, 2: 2})

    def test_spots_of_a_matrix(self):
        matrix = self.env["mlm.tree"].create(
            {"name": "Matrix", "code": "m", "kind": "matrix", "width": 3, "depth": 5}
        )
        above = {"distributor": self.people["Ana"], "tree_id": matrix.id}
        head = self.Position._place_many([above])
        for slot, name in ((3, "Beto"), (1, "Caro")):
            self.Position._place_many(
                [
                    {
                        "distributor": self.people[name],
                        "tree_id": matrix.id,
                        "parent_id": head.id,
                        "slot": slot,
                    }
                ]
            )
        rows = self.ask(tree=matrix, group_by="leg")
        self.assertEqual([(row["name"], row["leg"]) for row in rows], [("Caro", 1), ("Beto", 3)])
        question = self.report._ask(self.people["Ana"], matrix, "leg", None, None)
        self.assertEqual(self.report._get_group_label(question, 3), "Leg 3")
        self.assertTrue(self.report._get_pdf(question).startswith(b"%PDF"))

    def test_totals_by_level(self):
        self.people["Caro"]._suspend("A complaint")
        totals = self.report._downline_totals(self.people["Ana"])
        self.assertEqual(
            [(line["group"], line["people"], line["suspended"]) for line in totals["groups"]],
            [(1, 3, 1), (2, 2, 0), (3, 1, 0)],
        )
        self.assertEqual((totals["all"]["people"], totals["all"]["suspended"]), (6, 1))

    def test_filters(self):
        self.people["Caro"]._suspend("A complaint")
        self.people["Eva"].partner_id.city = "Bogotá"
        self.people["Dora"].partner_id.city = "Me_dellin"
        late = self.add("Hugo", "Fabio", None, joined_at=datetime(2026, 3, 1, 2))
        for filters, expected in (
            ({"states": ["suspended"]}, ["Caro"]),
            ({"kinds": ["customer"]}, ["Gina"]),
            ({"level_from": 2, "level_to": 2}, ["Dora", "Fabio"]),
            ({"level_from": 3}, ["Eva", "Hugo"]),
            ({"joined_from": fields.Date.to_date("2026-02-28")}, ["Hugo"]),
            ({"joined_to": fields.Date.to_date("2026-01-09")}, []),
            ({"city": "bogot"}, ["Eva"]),
            ({"city": "e_d"}, ["Dora"]),
            ({"city": "%"}, []),
        ):
            with self.subTest(filters=filters):
                self.assertEqual(self.names(filters=filters), expected)
                totals = self.report._downline_totals(self.people["Ana"], filters=filters)
                self.assertEqual(totals["all"]["people"], len(expected))
        # half past nine in the evening of the day before, where the company is
        self.assertEqual(late.join_date, fields.Date.to_date("2026-02-28"))

    def test_whoever_left_is_in_no_list(self):
        self.people["Eva"]._terminate("Resignation")
        self.assertNotIn("Eva", self.names())
        self.assertNotIn("Eva", self.names(tree=self.tree, group_by="leg"))

    def test_as_of_a_moment(self):
        before = fields.Datetime.now() - timedelta(days=2)
        between = fields.Datetime.now() - timedelta(days=1)
        self.people["Dora"]._change_sponsor(self.people["Fabio"], "She asked for it", between)
        self.people["Gina"]._suspend("A complaint", between)
        then = {row["name"]: row for row in self.ask(at=before)}
        now = {row["name"]: row for row in self.ask()}
        self.assertEqual((then["Dora"]["sponsor"], then["Dora"]["level"]), ("BETO Beto", 2))
        self.assertEqual((now["Dora"]["sponsor"], now["Dora"]["level"]), ("FABIO Fabio", 3))
        self.assertEqual((then["Eva"]["level"], now["Eva"]["level"]), (3, 4))
        self.assertEqual((then["Gina"]["state"], now["Gina"]["state"]), ("active", "suspended"))
        self.assertEqual(
            {row["name"] for row in self.ask(at=self.joined - timedelta(seconds=1))}, set()
        )
        placed = {row["name"]: row for row in self.ask(tree=self.tree, group_by="leg", at=before)}
        self.assertEqual((placed["Dora"]["sponsor"], placed["Dora"]["leg"]), ("BETO Beto", 1))

    def test_chunks_come_from_a_cursor(self):
        with patch.object(mlm_downline_query, "CHUNK", 4):
            chunks = list(self.report._downline_report(self.people["Ana"]))
            self.assertEqual([len(rows) for rows in chunks], [4, 2])
            # two at a time, one of them given up early
            first = self.report._downline_report(self.people["Ana"])
            self.assertEqual(len(next(first)), 4)
            self.assertEqual(len(self.ask("Beto")), 2)
        self.assertEqual(len(self.names(limit=2)), 2)

    def test_questions_that_make_no_sense(self):
        for options in (
            {"group_by": "leg"},
            {"group_by": "generation", "tree": self.tree},
            {"group_by": "code; DROP TABLE"},
        ):
            with self.subTest(options=options), self.assertRaises(UserError):
                self.ask(**options)

    def test_a_chain_of_a_thousand(self):
        last = self.Distributor._enrol(
            [
                {
                    "name": f"N{number}",
                    "code": f"N{number}",
                    "sponsor_code": f"N{number - 1}" if number else "EVA",
                    "placement": {
                        "parent_code": f"N{number - 1}" if number else "EVA",
                        "leg": "left",
                    },
                }
                for number in range(1000)
            ]
        )[-1]
        rows = {row["distributor_id"]: row for row in self.ask()}
        self.assertEqual(rows[last.id]["level"], 1003)
        totals = self.report._downline_totals(self.people["Ana"], self.tree, "leg")
        self.assertEqual(totals["all"]["people"], 1005)


@tagged("post_install", "-at_install")
class TestDownlineFiles(DownlineCommon):
    def question(self, **options):
        values = {"tree": None, "group_by": "level", "filters": None, "at": None, **options}
        return self.report._ask(self.people["Ana"], *values.values())

    def test_workbook(self):
        self.people["Beto"].partner_id.name = "=1+1"
        with self.report._write_xlsx(self.question()) as file:
            book = openpyxl.load_workbook(io.BytesIO(file.read()))
        totals, people = book.worksheets
        cells = [[cell.value for cell in row] for row in totals.iter_rows()]
        heads = [row[:2] for row in cells]
        self.assertIn(["Level 1", 3], heads)
        self.assertIn(["Total", 6], heads)
        rows = list(people.iter_rows(values_only=True))
        self.assertEqual(len(rows), 7)
        named = rows[0].index("Name")
        self.assertEqual(
            {row[named] for row in rows[1:]}, {"=1+1", "Caro", "Gina", "Dora", "Fabio", "Eva"}
        )
        self.assertEqual(people.cell(2, named + 1).data_type, "s")

    def test_workbook_goes_on_on_another_sheet(self):
        with (
            patch("odoo.addons.mlm_base.documents.workbook.SHEET_ROWS", 4),
            self.report._write_xlsx(self.question()) as file,
        ):
            book = openpyxl.load_workbook(io.BytesIO(file.read()))
        self.assertEqual([sheet.max_row for sheet in book.worksheets[1:]], [5, 3])

    def test_workbook_of_nobody(self):
        question = self.question(filters={"city": "nowhere"})
        with self.report._write_xlsx(question) as file:
            book = openpyxl.load_workbook(io.BytesIO(file.read()))
        self.assertEqual(book.worksheets[1].max_row, 1)

    def test_document(self):
        for options in ({}, {"tree": self.tree, "group_by": "leg"}, {"filters": {"city": "x"}}):
            self.assertTrue(self.report._get_pdf(self.question(**options)).startswith(b"%PDF"))

    def test_document_has_a_limit(self):
        with (
            patch.object(mlm_downline_pdf, "PDF_ROWS", 5),
            self.assertRaisesRegex(UserError, "XLSX"),
        ):
            self.report._get_pdf(self.question())


@tagged("post_install", "-at_install")
class TestDownlineWizard(DownlineCommon):
    def test_documents_are_asked_for(self):
        """A report too long for a PDF says so where the filters are."""
        action = self.people["Ana"].action_downline_report()
        wizard = self.env["mlm.downline.wizard"].browse(action["res_id"])
        for kind in ("xlsx", "pdf"):
            url = getattr(wizard, f"action_{kind}")()["url"]
            self.assertEqual(url, f"/mlm/downline/{wizard.id}.{kind}")
        with (
            patch.object(mlm_downline_pdf, "PDF_ROWS", 5),
            self.assertRaisesRegex(UserError, "XLSX"),
        ):
            wizard.action_pdf()

    def test_preview(self):
        self.people["Beto"].partner_id.name = "<b>Beto</b>"
        action = self.people["Ana"].action_downline_report()
        wizard = self.env["mlm.downline.wizard"].browse(action["res_id"])
        self.assertIn("&lt;b&gt;Beto", wizard.preview)
        self.assertIn("ANA Ana", wizard.preview)
        self.assertNotIn("<b>Beto", wizard.preview)

    def test_preview_goes_when_the_question_changes(self):
        action = self.people["Ana"].action_downline_report()
        wizard = self.env["mlm.downline.wizard"].browse(action["res_id"])
        with Form(wizard) as form:
            self.assertIn("Beto", form.preview)
            form.city = "Cali"
            self.assertFalse(form.preview)

    def test_end_of_the_day_where_the_company_is(self):
        self.network.tz = "America/Bogota"
        wizard = self.env["mlm.downline.wizard"].create({"root_id": self.root.id})
        self.assertIsNone(wizard._get_moment())
        wizard.at_date = "2026-01-31"
        self.assertEqual(wizard._get_moment(), datetime(2026, 2, 1, 4, 59, 59))
        wizard.at_date = fields.Date.today() + timedelta(days=2)
        self.assertIsNone(wizard._get_moment())

    def test_another_company_is_refused(self):
        other = self.env["res.company"].create({"name": "Other"})
        reader = new_test_user(
            self.env,
            "downline_other",
            "base.group_user,mlm_base.group_support",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        wizard = self.env["mlm.downline.wizard"].create({"root_id": self.root.id})
        with self.assertRaises(AccessError):
            wizard.with_user(reader).sudo(False).with_context(
                allowed_company_ids=other.ids
            )._get_question()


@tagged("post_install", "-at_install")
class TestDownlineDownload(DownlineCommon, HttpCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        for login, groups in (
            ("downline_reader", "base.group_user,mlm_base.group_auditor"),
            ("downline_second", "base.group_user,mlm_base.group_auditor"),
            ("downline_portal", "base.group_portal"),
        ):
            new_test_user(
                cls.env,
                login,
                groups,
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
            )
        reader = cls.env["res.users"].search([("login", "=", "downline_reader")])
        cls.wizard = (
            cls.env["mlm.downline.wizard"]
            .with_user(reader)
            .sudo(False)
            .create({"root_id": cls.people["Ana"].id, "company_id": cls.company.id})
        )

    def get(self, login, kind="xlsx", wizard_id=None):
        self.authenticate(login, login)
        return self.url_open(
            f"/mlm/downline/{wizard_id or self.wizard.id}.{kind}", allow_redirects=False
        )

    def test_own_files(self):
        response = self.get("downline_reader")
        self.assertEqual(response.status_code, 200)
        book = openpyxl.load_workbook(io.BytesIO(response.content))
        self.assertEqual(book.worksheets[1].max_row, 7)
        response = self.get("downline_reader", "pdf")
        self.assertTrue(response.content.startswith(b"%PDF"))
        self.assertIn("attachment", response.headers["Content-Disposition"])

    def test_files_of_others_are_not_found(self):
        self.assertEqual(self.get("downline_second").status_code, 404)
        self.assertEqual(self.get("downline_portal").status_code, 404)
        self.assertEqual(self.get("downline_reader", "exe").status_code, 404)
        self.assertEqual(self.get("downline_reader", wizard_id=99999999).status_code, 404)
        self.authenticate(None, None)
        response = self.url_open(f"/mlm/downline/{self.wizard.id}.xlsx", allow_redirects=False)
        self.assertEqual(response.status_code, 303)
