from odoo.exceptions import UserError, ValidationError
from odoo.tests import new_test_user

from .common import PLAN, PlanCommon


class TestPlanVersion(PlanCommon):
    def test_document_becomes_records(self):
        self.assertEqual(self.version.bonus_ids.mapped("code"), ["retail", "binary", "gen5"])
        self.assertEqual(self.version.rank_ids[1].minimum_e4, 1_500 * 10_000)
        self.assertEqual(self.version.version, 1)

    def test_published_plan_is_immutable(self):
        with self.assertRaisesRegex(UserError, "Create a new version"):
            self.version.document = self.version.document + "\n"
        with self.assertRaises(UserError):
            self.version.unlink()
        for vals in ({"state": "draft"}, {"valid_from": "2026-01-01"}, {"version": 7}):
            with self.subTest(vals), self.assertRaises(UserError):
                self.version.write(vals)

    def test_new_version_is_a_draft(self):
        action = self.version.action_new_version()
        copy = self.env["mlm.plan.version"].browse(action["res_id"])
        self.assertEqual((copy.version, copy.state), (2, "draft"))
        copy.document = copy.document.replace("min: 1500", "min: 1600")
        self.assertEqual(copy.rank_ids[1].minimum_e4, 1_600 * 10_000)
        self.assertEqual(self.version.rank_ids[1].minimum_e4, 1_500 * 10_000)

    def test_problems_are_listed_with_their_lines(self):
        text = self.env["mlm.plan.version"]._shipped(PLAN)
        bad = text.replace("rule: binary", "rule: binari").replace("pct: 16", "pct: sixteen")
        with self.assertRaises(ValidationError) as caught:
            self.env["mlm.plan.version"]._import_document(bad)
        self.assertRegex(str(caught.exception), r"line \d+: .*binari")
        self.assertRegex(str(caught.exception), r"line \d+: .*sixteen")

    def test_unknown_plan_names_the_known(self):
        with self.assertRaisesRegex(UserError, PLAN):
            self.env["mlm.plan.version"]._shipped("no_such_plan")

    def test_in_words_in_both_languages(self):
        self.env["res.lang"]._activate_lang("es_CO")
        self.assertIn("Packages", self.version.summary_html)
        spanish = self.version.with_context(lang="es_CO").summary_html
        self.assertIn("Paquetes", spanish)
        for text in ("1.500", "17 %", "150"):
            self.assertIn(text, spanish)

    def test_bonuses_follow_from_the_document(self):
        """Carry-over finds its bonus by code: nobody edits codes of a published plan."""
        admin = new_test_user(
            self.env,
            "plan_admin",
            groups="base.group_user,mlm_base.group_admin",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        version = self.version.with_user(admin).sudo(False)
        for records in (version.bonus_ids, version.rank_ids):
            for operation in ("write", "create", "unlink"):
                self.assertFalse(records.has_access(operation))
        copy = version.browse(version.action_new_version()["res_id"])
        copy.document = copy.document.replace("min: 1500", "min: 1600")
        self.assertEqual(copy.rank_ids[1].minimum_e4, 1_600 * 10_000)
