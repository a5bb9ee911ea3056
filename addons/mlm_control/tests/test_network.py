# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import AccessError
from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.network_common import NetworkCommon


@tagged("post_install", "-at_install")
class TestControlOfNetwork(NetworkCommon):
    def test_settings_are_the_network_s(self):
        settings = self.env["res.config.settings"].with_company(self.second)
        settings.create({"mlm_check_days": 5, "mlm_guard_cv": 12.5}).execute()
        self.assertEqual((self.network.check_days, self.network.guard_cv), (5, 12.5))
        here = self.env["res.config.settings"].with_company(self.company).create({})
        self.assertEqual((here.mlm_check_days, here.mlm_guard_cv), (5, 12.5))

    def test_cases_are_read_by_who_leads_the_network(self):
        self._sales()
        self.juan.partner_id.phone = self.ana.partner_id.phone = "+57 300 111 2233"
        run = self._preview()
        checks = self.env["mlm.run.check"].search([("run_id", "=", run.id)])
        self.assertIn("shared_phone", checks.mapped("kind"))
        for model in ("mlm.run.check", "mlm.run.outlier", "mlm.run.change", "mlm.run.audit"):
            with self.subTest(model):
                self.assertFalse(self._as(self.env[model], "approver there").search([]))
        self.assertEqual(self._as(self.env["mlm.run.check"], "approver").search([]), checks)
        with self.assertRaisesRegex(AccessError, "who works in all of them"):
            self._as(run, "approver there").action_evidence()

    def test_run_of_several_companies_is_proved(self):
        run = self._post(self._approved())
        self.assertEqual(run._audit()["differences"], [])
        with self._as(run, "auditor")._take_evidence() as pack:
            self.assertTrue(pack.read())

    def test_what_a_case_is_about_is_said_in_the_currency_of_the_run(self):
        self._sales()
        run = self._with_homes(self._preview())
        # a dollar is 4,000 pesos
        gross_e4 = run._gross_by_payee()[self.ana.id]
        self.assertEqual(run._amounts_of(self.ana.ids), {self.ana.id: 4_000 * gross_e4})
