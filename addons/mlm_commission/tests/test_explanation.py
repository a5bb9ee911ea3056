from unittest.mock import patch

from mlm_engine.kernel import snapshot_file

from odoo.exceptions import UserError

from ..wizards import mlm_explanation
from .common import CommissionCommon


class TestExplanation(CommissionCommon):
    def _text(self, found):
        """All sentences of an explanation, nested ones included."""
        texts = []

        def walk(value):
            if isinstance(value, dict):
                if isinstance(value.get("text"), str):
                    texts.append(value["text"])
                for child in value.values():
                    walk(child)
            elif isinstance(value, list):
                for child in value:
                    walk(child)

        walk(found)
        return "\n".join(texts)

    def test_amount(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        earning = self.env["mlm.earning"].search(
            [*run._id_domain("mlm.earning"), ("amount", "!=", 0)]
        )
        text = self._text(run._explain(earning))
        for part in ("2000", "11 %", "990000"):
            self.assertIn(part, text.replace(",", ""))

    def test_why_nothing(self):
        """JUAN did not buy: the explanation says what was missing."""
        self._sale(self.maria, product=self.big)
        run = self._preview()
        text = self._text(run._explain_distributor(self.juan))
        self.assertIn("50", text)

    def test_changed_inputs_explain_nothing(self):
        """… neither this run nor, kept in memory, another one of the inputs that it had."""
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        good = run._snapshot_data()
        changed = snapshot_file.loads(good)
        changed.row_cv_e4 = changed.row_cv_e4 * 2
        run.snapshot_id.sudo().raw = snapshot_file.dumps(changed)
        with self.assertRaisesRegex(UserError, "not the one that was computed"):
            run._explain_distributor(self.maria)
        run.snapshot_id.sudo().raw = good
        self.assertTrue(run._explain_distributor(self.maria))

    def test_spanish(self):
        self.env["res.lang"]._activate_lang("es_CO")
        self._balanced_sales(left=2, right=2)
        run = self._preview().with_context(lang="es_CO")
        earning = self.env["mlm.earning"].search(
            [*run._id_domain("mlm.earning"), ("amount", "!=", 0)]
        )
        self.assertRegex(self._text(run._explain(earning)), "(?i)pierna|izquierda")

    def test_distributor_does_not_see_strangers(self):
        """RULES 38: others on the path stay unnamed."""
        pedro = self._enrol("PEDRO", "JUAN", "left")
        self._sale(self.maria, product=self.big)
        self._sale(self.maria, product=self.packages["ESP-3"])
        self._sale(pedro, product=self.packages["ESP-1"], day="2026-08-20")
        run = self._preview()
        earning = self.env["mlm.earning"].search(
            [
                *run._id_domain("mlm.earning"),
                ("payee_id", "=", self.maria.id),
                ("source_id", "=", pedro.id),
            ]
        )
        self.assertTrue(earning)
        staff = self._text(run._explain(earning))
        own = self._text(run._explain(earning, "distributor", self.maria))
        self.assertIn("Pedro", staff)
        self.assertNotIn("Pedro", own)

    def test_wizard_shows_the_steps(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        earning = self.env["mlm.earning"].search(
            [*run._id_domain("mlm.earning"), ("amount", "!=", 0)]
        )
        action = self._as(earning, "support").action_explain()
        wizard = self.env["mlm.explanation"].browse(action["res_id"])
        self.assertIn("11 %", wizard.html)
        wizard.invalidate_recordset()
        # as a form reads it
        [shown] = wizard.with_context(bin_size=True).read(["html"])
        self.assertIn("11 %", shown["html"])

    def test_amount_of_another_run_is_not_explained(self):
        self._balanced_sales(left=2, right=2)
        first, second = self._preview(), self._preview()
        earning = self.env["mlm.earning"].search(first._id_domain("mlm.earning"), limit=1)
        for run, one in ((second, earning), (first, earning.browse(earning.id + 10_000))):
            with self.assertRaisesRegex(UserError, "not one of"):
                run._explain(one)

    def test_why_of_a_person_takes_the_latest_run(self):
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        for role in ("support", "auditor"):
            wizard = (
                self.env["mlm.explanation"]
                .with_user(self.users[role])
                .with_context(default_distributor_id=self.maria.id)
                .create({})
            )
            self.assertEqual(wizard.run_id, run)
            self.assertIn("990,000", wizard.html)

    def test_why_asks_for_a_person(self):
        self._balanced_sales(left=2, right=2)
        wizard = self.env["mlm.explanation"].create({"run_id": self._preview().id})
        self.assertIn("Choose a person", wizard.html)
        wizard.distributor_id = self.juan
        self.assertIn("Not paid", wizard.html)

    def test_figures_as_people_write_them(self):
        self.env["res.lang"]._activate_lang("es_CO")
        self._balanced_sales(left=2, right=2)
        run = self._preview()
        figures = run._get_person(self.maria).with_context(lang="es_CO")
        found = figures._get_figures()
        shown = {one["measure"]: one["shown"] for one in found}
        self.assertEqual(shown["matched"], "2.000")
        self.assertEqual(shown["rank"], "Bronce")
        self.assertEqual(shown["rate"], "11\N{NO-BREAK SPACE}%")
        self.assertEqual(shown["active"], "Sí")
        self.assertIn("2.000", figures.html)
        self.assertEqual((figures.rank_id.name, figures.active_cycle), ("Bronce", True))
        self.assertEqual(sum(run.bonus_total_ids.mapped("share")), 100)

    def test_of_many_rows_the_largest_are_explained(self):
        """JUAN has three rows: the page explains as many as it can, and has totals of all."""
        for price in (140_000, 150_000, 160_000):
            self._sale(self.clara, price_unit=price)
        run = self._preview()
        wizard = self.env["mlm.explanation"].create(
            {"run_id": run.id, "distributor_id": self.juan.id}
        )
        self.assertFalse(wizard.has_more)
        self.assertNotIn("data-levels", wizard.html)
        whole = run._explain_distributor(self.juan)
        self.assertEqual(whole["count"], 3)
        with patch.object(mlm_explanation, "SHOWN", 1), patch.object(mlm_explanation, "MOST", 3):
            wizard.invalidate_recordset()
            self.assertTrue(wizard.has_more)
            self.assertIn("data-levels", wizard.html)
            self.assertRegex(wizard.html, r"(?s)3.* rows.*1.* largest of .*3")
            wizard.action_more()
            self.assertEqual((wizard.most, wizard.has_more), (2, True))
            wizard.action_more()
            self.assertEqual((wizard.most, wizard.has_more), (3, False))
        self.assertNotIn("data-levels", wizard.html)
        most = max(whole["earnings"], key=lambda one: float(one["amount"]))
        self.assertEqual(run._explain_distributor(self.juan, most=1)["earnings"], [most])
