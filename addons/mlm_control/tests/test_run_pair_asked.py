# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from unittest.mock import patch

from openpyxl import load_workbook

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, tagged

from ..models.pairs import mlm_run_pair
from .pair_common import PairCommon

IN_BACKGROUND = patch.object(mlm_run_pair, "INLINE_MEMBERS", -1)


@tagged("post_install", "-at_install")
class TestRunPairAsked(PairCommon):
    """Who asks for a pair of runs, when it is made, and what it shows."""

    # -- asking ----------------------------------------------------------------

    def test_wizard_offers_the_others_of_the_cycle(self):
        first, second = self._two()
        self.assertTrue(first.has_others and second.has_others)
        action = self._as(second, "manager").action_side_by_side()
        wizard = self.env[action["res_model"]].with_user(self.users["manager"]).sudo(False)
        form = Form(wizard.with_context(**action["context"]))
        self.assertEqual((form.after_id, form.before_id), (second, first))
        pair = self.env["mlm.run.pair"].browse(form.save().action_compare()["res_id"])
        self.assertEqual((pair.before_id, pair.after_id), (first, second))

    def test_is_made_once_and_whichever_way_it_is_asked(self):
        first, second = self._two()
        self.assertEqual(self._pair(first, second), self._pair(second, first))

    def test_only_two_computed_runs_of_one_cycle(self):
        first, second = self._two()
        pairs = self._as(self.env["mlm.run.pair"], "manager")
        with self.assertRaisesRegex(UserError, "two computed previews of the same cycle"):
            pairs._request(first, first)
        self._as(second, "manager").action_submit()
        self._as(second, "approver").action_approve()
        second.accounting_date = second.period_id.pay_date
        self._as(second, "manager").action_post()
        self.assertTrue(pairs._request(first, second))
        third = self._preview(925)
        for runs in (first | third, first | second | third):
            with self.assertRaisesRegex(UserError, "two computed previews of the same cycle"):
                self._as(runs, "manager").action_side_by_side()
        self._as(first, "manager").action_discard()
        self.assertFalse(second.has_others)

    def test_goes_with_a_run(self):
        first, second = self._two(lambda: self._sale(self.clara, price_unit=140_000))
        pair = self._pair(first, second)
        self._as(first, "manager").action_discard()
        self.assertFalse(pair.exists())
        self.assertFalse(self.env["mlm.run.pair.person"].search([("pair_id", "=", pair.id)]))

    def test_in_the_background(self):
        first, second = self._two(lambda: self._sale(self.clara, price_unit=140_000))
        with IN_BACKGROUND:
            pair = self._as(self.env["mlm.run.pair"], "manager")._request(first, second).sudo()
        self.assertEqual(pair.state, "queued")
        self.assertTrue(pair._mlm_needs_process(self.env.ref("mlm_control.cron_pair")))
        pair._work_once()
        self.assertEqual(pair.state, "done")
        self.assertFalse(pair._mlm_needs_process(self.env.ref("mlm_control.cron_pair")))
        self.assertEqual(self._causes(pair), {"sales": (1, 29_100)})

    def test_stopped_by_a_person(self):
        """By whoever may audit; nothing is compared, and it can be asked for again."""
        first, second = self._two()
        with IN_BACKGROUND:
            pair = self._as(self.env["mlm.run.pair"], "manager")._request(first, second).sudo()
        with self.assertRaises(AccessError):
            self._as(pair, "accountant").action_stop()
        self._as(pair, "manager").action_stop()
        self.assertEqual(
            (pair.state, pair.error), ("failed", f"{self.users['manager'].name} stopped this work.")
        )
        pair._work_once()
        self.assertEqual(pair.state, "failed")

    def test_a_failure_is_kept_and_can_be_tried_again(self):
        first, second = self._two()
        with IN_BACKGROUND:
            pair = self._as(self.env["mlm.run.pair"], "manager")._request(first, second).sudo()
        pair._keep_failure("No memory")
        self.assertEqual((pair.state, pair.error), ("failed", "No memory"))
        action = self._as(pair, "manager").action_again()
        again = self.env["mlm.run.pair"].browse(action["res_id"])
        self.assertFalse(pair.exists())
        self.assertEqual(again.state, "done")

    # -- showing ---------------------------------------------------------------

    def test_heads_and_totals(self):
        first, second = self._two(lambda: self._sale(self.clara, price_unit=140_000))
        pair = self._pair(first, second).with_context(lang="en_US")
        rows = {row["label"]: row for block in pair._get_blocks() for row in block["rows"]}
        self.assertEqual(
            (rows["Run"]["before"], rows["Run"]["after"]), (str(first.number), str(second.number))
        )
        self.assertEqual(rows["Plan"]["difference"], "")
        self.assertEqual(rows["Inputs (SHA-256)"]["difference"], "≠")
        self.assertEqual(
            (rows["Earned"]["difference"][:7], rows["Earned"]["rises"]), ("+29,100", 1)
        )
        self.assertEqual(rows["People paid"]["difference"], "+1")
        self.assertEqual(rows["Breakage"]["difference"], "=")
        self.assertIn("+29,100", pair.html)
        sides = self._as(pair, "auditor").read_sides()
        retail = next(one for one in sides["bonuses"] if one["before"] != one["after"])
        self.assertEqual((retail["before"], retail["after"]), (0, 29_100))

    def test_workbook(self):
        pair = self._pair(*self._two(lambda: self._sale(self.clara, price_unit=140_000)))
        action = self._as(pair, "accountant").with_context(lang="en_US").action_xlsx()
        number = int(action["url"].rsplit("/", 1)[1].partition("?")[0])
        data = base64.b64decode(self.env["ir.attachment"].browse(number).datas)
        book = load_workbook(io.BytesIO(data))
        rows = list(book["Who changes"].values)
        self.assertEqual(rows[0][-1], "Sales and returns")
        self.assertEqual((rows[1][0], rows[1][-1]), ("JUAN", 29_100))
        (_head, fact) = book["What differs in the inputs"].values
        self.assertEqual(
            fact[:4], ("Sales and returns", "Sale or return", "Only in the second", "JUAN")
        )

    # -- rights ----------------------------------------------------------------

    def test_who_may(self):
        first, second = self._two()
        for role in ("support", "manager", "approver", "accountant", "auditor"):
            with self.subTest(role):
                self.assertTrue(self._as(self._pair(first, second, role=role), role).html)
        with self.assertRaises(AccessError):
            self._as(first | second, "warehouse").action_side_by_side()

    def test_nobody_writes_one(self):
        first, second = self._two()
        pair = self._pair(first, second)
        values = {"before_id": first.id, "after_id": second.id}
        for records in (pair, pair.sudo()):
            with self.assertRaises(AccessError):
                records.write({"is_equal": False})
            with self.assertRaises(AccessError):
                records.create(values)
            with self.assertRaises(AccessError):
                records.unlink()
