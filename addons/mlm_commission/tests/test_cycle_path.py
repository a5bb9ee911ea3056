from odoo import Command
from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal

from .common import CommissionCommon


class TestCyclePath(CommissionCommon):
    """Steps of cycle 924 as each role sees them, without those of further add-ons."""

    CODES = ("close", "preview", "approve", "post")

    def _steps(self, role="manager", number=924):
        self.env.invalidate_all()
        period = self._as(self.cycle[number], role)
        return {one["code"]: one for one in period._get_path() if one["code"] in self.CODES}

    def _present(self, role="manager", number=924):
        self.env.invalidate_all()
        return next(
            one
            for one in self._as(self.cycle[number], role)._get_path()
            if one["state"] == "present"
        )

    def _press(self, role, *codes):
        """Press the buttons of the present steps until one of ``codes`` was pressed."""
        for _round in range(6):
            step = self._present(role)
            action = step["action"]
            self.assertTrue(action, f"{step['code']} has no button: {step['blockers']}")
            record = self._as(self.env[action["model"]].browse(action["id"]), role)
            getattr(record, action["name"])()
            if step["code"] in codes:
                return
        self.fail(f"{codes} was never reached")

    def test_buttons_lead_to_the_posting(self):
        """Nothing is pressed but what the path offers."""
        self._balanced_sales()
        self._press("manager", "close")
        self.assertEqual(list(self._steps()), list(self.CODES))
        self._press("manager", "approve")
        self.assertFalse(self._present("manager")["action"])
        self._press("approver", "approve")
        run = self.cycle[924].run_ids
        run.accounting_date = "2026-09-04"
        self.assertFalse(self._present("approver")["action"])
        self._press("manager", "post")
        steps = self._steps()
        self.assertEqual({one["state"] for one in steps.values()}, {"done"})
        self.assertEqual(self._present()["code"], "pay")
        self.assertEqual(steps["post"]["who"], self.users["manager"].name)
        self.assertEqual(steps["approve"]["who"], self.users["approver"].name)

    def test_stale_preview_is_computed_again(self):
        self._balanced_sales()
        run = self._preview()
        as_internal(run).write({"computed_at": "2026-08-24 10:00:00"})
        step = self._present()
        self.assertEqual(step["code"], "preview")
        self.assertIn("stale", [one["code"] for one in step["blockers"]])
        self._press("manager", "preview")
        self.assertNotEqual(self._present()["code"], "preview")

    def test_change_of_people_makes_a_preview_stale(self):
        run = self._preview()
        self.assertFalse(run.is_stale)
        as_internal(run).write({"computed_at": "2026-08-24 10:00:00"})
        self.env.invalidate_all()
        self.assertTrue(run.is_stale)

    def test_missing_rate_blocks_the_preview(self):
        self.cycle[924].action_close()
        self.env["mlm.exchange.rate"].search([]).unlink()
        step = self._present()
        self.assertEqual(step["code"], "preview")
        self.assertFalse(step["action"])
        self.assertRegex(step["blockers"][0]["text"], "no exchange rate")

    def test_missing_plan_blocks_the_preview(self):
        self.cycle[924].action_close()
        self._as(self.version, "approver").action_draft()
        step = self._present()
        self.assertFalse(step["action"])
        self.assertRegex(step["blockers"][0]["text"], "no published plan")

    def test_cycle_before_is_posted_first(self):
        self.cycle[924].action_close()
        self.cycle[925].action_close()
        step = self._present(number=925)
        self.assertFalse(step["action"])
        self.assertEqual(step["blockers"][0]["action"]["res_id"], self.cycle[924].id)

    def test_nobody_is_offered_to_approve_the_own_run(self):
        self._balanced_sales()
        self.cycle[924].action_close()
        self._press("second manager", "approve")
        step = self._present("second manager")
        self.assertFalse(step["action"])
        self.assertIn("second", [one["code"] for one in step["blockers"]])
        self.assertTrue(self._present("approver")["action"])

    def test_missing_accounts_block_the_posting(self):
        self._balanced_sales()
        self.cycle[924].action_close()
        self._press("manager", "approve")
        self._press("approver", "approve")
        self.company.mlm_payable_account_id = False
        step = self._present()
        self.assertEqual(step["code"], "post")
        self.assertFalse(step["action"])
        self.assertRegex(step["blockers"][0]["text"], "commissions payable account")

    def test_warehouse_sees_no_run(self):
        self._balanced_sales()
        self._preview()
        self.assertEqual(list(self._steps("warehouse")), ["close"])

    def test_run_shows_its_own_way(self):
        self._balanced_sales()
        first, second = self._preview(), self._preview()
        self.assertEqual(self._as(first, "manager").path[1]["when"] != "", True)
        self._as(second, "manager").action_discard()
        self.assertFalse(self._as(second, "manager").path)

    def test_trend_tells_posted_cycles_the_oldest_first(self):
        self.assertFalse(self._as(self.cycle[924], "manager").cost_trend)
        self._balanced_sales()
        first = self._posted(924)
        self._balanced_sales(day="2026-08-26")
        second = self._posted(925)
        trend = self._as(self.cycle[926], "manager").cost_trend
        self.assertEqual([one["cost"] for one in trend["cycles"]], [first.amount, second.amount])
        self.assertAlmostEqual(trend["cycles"][0]["ratio"], first.payout_ratio)
        self.assertEqual(len(self._as(self.cycle[924], "manager").cost_trend["cycles"]), 1)

    def test_paid_when_nothing_is_owed(self):
        self._balanced_sales()
        run = self._posted()
        step = self._present()
        self.assertEqual(step["code"], "pay")
        owed = self.env["account.move.line"].search(run._owed_domain())
        reader = self._as(self.env["account.move.line"], "approver")
        self.assertFalse(reader.has_access("read") and reader.search_count(run._owed_domain()))
        self.assertFalse(self._present("approver")["action"], "who reads no items opens none")
        self.assertIn(str(len(owed.partner_id)), step["note"])
        self.users["books"] = new_test_user(
            self.env,
            "path_books",
            groups="mlm_base.group_accountant,account.group_account_readonly",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        action = getattr(self._as(run, "books"), self._present("books")["action"]["name"])()
        found = self._as(self.env[action["res_model"]], "books").search(action["domain"])
        self.assertEqual(found, owed)
        for line in owed:
            self._pay_out(line)
        path = self._as(self.cycle[924], "manager")._get_path()
        self.assertEqual([one["state"] for one in path], ["done"] * len(path))
        self.assertTrue(path[-1]["when"])

    def _pay_out(self, line):
        bank = self.company.mlm_expense_account_id
        entry = self.env["account.move"].create(
            {
                "journal_id": self.company.mlm_journal_id.id,
                "line_ids": [
                    Command.create(
                        {
                            "account_id": line.account_id.id,
                            "partner_id": line.partner_id.id,
                            "debit": line.credit,
                        }
                    ),
                    Command.create({"account_id": bank.id, "credit": line.credit}),
                ],
            }
        )
        entry.action_post()
        (line + entry.line_ids[0]).reconcile()
        self.env.invalidate_all()
