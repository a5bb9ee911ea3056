from odoo.exceptions import UserError

from .common import CommissionCommon


class TestExplainSale(CommissionCommon):
    def setUp(self):
        super().setUp()
        self.pedro = self._enrol("PEDRO", "JUAN", "left")
        self._sale(self.maria, product=self.packages["ESP-3"])
        self.invoice = self._sale(self.pedro, product=self.packages["ESP-1"], day="2026-08-20")

    def _entries(self):
        return self.env["mlm.volume.entry"].search([("distributor_id", "=", self.pedro.id)])

    def test_everybody_on_the_path_of_a_sale(self):
        """ESP-1 of PEDRO offers 25 to JUAN, who has no volume, and 5 to MARIA."""
        found = self._preview()._explain_sale(self._entries())
        (row,) = found["rows"]
        paid = {one["payee"]: one for one in row["earnings"] if one["payee"] >= 0}
        self.assertEqual({one["level"] for one in paid.values()}, {1, 2})
        by_level = {one["level"]: one for one in row["earnings"]}
        self.assertEqual(float(by_level[1]["amount"]), 0)
        self.assertEqual(float(by_level[1]["breakage"]), 25 * 4500)
        self.assertEqual(by_level[1]["reason"], "inactive")

    def test_why_somebody_got_nothing(self):
        found = self._preview()._explain_sale(self._entries(), self.juan)
        answers = {one["bonus"]: one["text"] for one in found["rows"][0]["why"]["bonuses"]}
        self.assertRegex(answers["gen5"], "0 (de|of) 50")

    def test_a_sale_of_another_cycle(self):
        run = self._preview()
        other = self._sale(self.yenny, day="2026-08-27")
        entries = self.env["mlm.volume.entry"].search([("distributor_id", "=", self.yenny.id)])
        self.assertTrue(other and entries)
        with self.assertRaisesRegex(UserError, "does not count this sale"):
            run._explain_sale(entries)

    def test_screen_of_the_invoice(self):
        run = self._preview()
        entry = self._entries()
        for record in (entry, entry.move_id):
            action = record.action_mlm_explain()
            wizard = self.env["mlm.explanation"].with_context(**action["context"]).create({})
            self.assertEqual(wizard.run_id, run)
            self.assertIn("Juan", str(wizard.html))
        wizard.distributor_id = self.juan
        self.assertIn("50", str(wizard.html))

    def test_sale_without_a_run(self):
        action = self._entries().action_mlm_explain()
        wizard = self.env["mlm.explanation"].with_context(**action["context"]).create({})
        self.assertIn("Compute a preview", str(wizard.html))
