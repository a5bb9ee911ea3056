from datetime import datetime

from freezegun import freeze_time

from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal

from .common import VolumeCommon


class TestPeriodPath(VolumeCommon):
    """Cycle 924: 17 to 23 August 2026."""

    def setUp(self):
        super().setUp()
        manager = new_test_user(self.env, "path_manager", groups="mlm_base.group_manager")
        self.period = self.cycle[924].with_user(manager).sudo(False)

    def _close_step(self, period=None):
        self.env.invalidate_all()
        return next(one for one in (period or self.period)._get_path() if one["code"] == "close")

    def _blockers(self, period=None):
        return {one["code"]: one for one in self._close_step(period)["blockers"]}

    @freeze_time("2026-08-20 15:00:00")
    def test_running_cycle_cannot_be_closed(self):
        step = self._close_step()
        self.assertEqual(step["state"], "present")
        self.assertFalse(step["action"])
        self.assertTrue(self._blockers()["running"]["stops"])

    @freeze_time("2026-09-07 15:00:00")
    def test_ended_cycle_is_closed_by_its_button(self):
        action = self._close_step()["action"]
        self.assertEqual((action["model"], action["name"]), ("mlm.period", "action_close"))
        getattr(self.env[action["model"]].browse(action["id"]), action["name"])()
        self.assertEqual(self._close_step()["state"], "done")

    @freeze_time("2026-09-07 15:00:00")
    def test_who_closed_it_is_told(self):
        self.period.action_close()
        step = self._close_step()
        self.assertEqual(step["who"], self.period.env.user.name)
        self.assertIn("2026", step["when"])
        self.assertFalse(step["action"] or step["blockers"])

    @freeze_time("2026-09-07 15:00:00")
    def test_earlier_cycle_comes_first(self):
        later = self.cycle[925].with_user(self.period.env.user).sudo(False)
        blocker = self._blockers(later)["earlier"]
        self.assertEqual(blocker["action"]["res_id"], self.period.id)
        self.assertFalse(self._close_step(later)["action"])

    @freeze_time("2026-09-07 15:00:00")
    def test_auditor_sees_the_step_and_no_button(self):
        auditor = new_test_user(self.env, "path_auditor", groups="mlm_base.group_auditor")
        step = self._close_step(self.period.with_user(auditor))
        self.assertEqual(step["state"], "present")
        self.assertFalse(step["action"])

    @freeze_time("2026-09-07 15:00:00")
    def test_sales_that_do_not_count_yet_are_listed(self):
        self.assertNotIn("unpaid", self._blockers())
        invoice = self._invoice(self._order(self.juan))
        self.assertEqual(self._blockers()["unpaid"]["count"], 1)
        self.assertFalse(self._blockers()["unpaid"]["stops"])
        self._pay(invoice, "2026-08-20")
        self.assertNotIn("unpaid", self._blockers())
        draft = self._order(self.juan)._create_invoices()
        draft.invoice_date = "2026-08-20"
        self.assertEqual(self._blockers()["drafts"]["count"], 1)
        draft.invoice_date = "2026-08-25"
        self.assertNotIn("drafts", self._blockers())
        order = self._order(self.juan)
        order.date_order = "2026-08-20 15:00:00"
        self.assertEqual(self._blockers()["orders"]["count"], 1)

    @freeze_time("2026-09-07 15:00:00")
    def test_links_open_what_was_counted(self):
        invoice = self._invoice(self._order(self.juan))
        accountant = new_test_user(
            self.env,
            "path_accountant",
            groups="mlm_base.group_manager,account.group_account_readonly",
        )
        action = self._blockers(self.period.with_user(accountant))["unpaid"]["action"]
        self.assertEqual(self.env[action["res_model"]].search(action["domain"]), invoice)

    @freeze_time("2026-09-07 15:00:00")
    def test_people_without_a_position(self):
        pepe = self.env["mlm.distributor"]._enrol(
            [
                {
                    "name": "Pepe",
                    "code": "PEPE",
                    "sponsor_code": "JUAN",
                    "joined_at": datetime(2026, 8, 1, 12),
                }
            ]
        )
        self.assertNotIn("unplaced", self._blockers())
        self._sale(pepe)
        blocker = self._blockers()["unplaced"]
        self.assertEqual(blocker["count"], 1)
        self.assertEqual(self.env["mlm.distributor"].search(blocker["action"]["domain"]), pepe)

    @freeze_time("2026-09-07 15:00:00")
    def test_broken_integrity_rule_is_told(self):
        check = as_internal(self.env["mlm.check"]).create(
            {"scope": "all", "state": "done", "verdict": "broken", "violation_count": 3}
        )
        blocker = self._blockers()["integrity"]
        self.assertEqual((blocker["count"], blocker["action"]["res_id"]), (3, check.id))

    def test_history_has_no_path(self):
        as_internal(self.cycle[924]).write({"state": "history"})
        self.assertFalse(self.period.path)
