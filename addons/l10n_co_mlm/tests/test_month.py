# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io

import openpyxl

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..models.month.mlm_co_month_line import thousands
from .month_common import MonthCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestMonth(MonthCommon):
    """Drafts of returns are the ledger, row by row."""

    def _rows(self, draft):
        return {
            (line.origin, line.concept, line.tax_id): (line.base, line.withheld)
            for line in draft.line_ids
        }

    def test_form_350_is_the_whole_ledger(self):
        self._run()
        self._bill()
        self._bill(500_000, move_type="in_refund")
        self._paid_to_the_state(40_000)
        draft = self._draft()
        none = self.tax.browse()
        self.assertEqual(
            self._rows(draft),
            {
                ("commissions", "commissions", none): (990_000, 99_000),
                ("books", False, self.tax): (1_500_000, 150_000),
                ("other", False, none): (0, -40_000),
            },
        )
        self.assertEqual(sum(draft.line_ids.mapped("withheld")), self._ledger(self.withheld))
        self.assertEqual(draft.declared, 249_000)
        for amount in ("209,000", "249,000", "-40,000"):
            self.assertIn(amount, draft.note)
        self.assertNotIn("Difference", draft.note)

    def test_ica_by_municipality_and_months(self):
        self._run()
        draft = self._draft("ica")
        (row,) = draft.line_ids
        self.assertEqual((row.municipality_id, row.withheld), (self.bogota, 9_563))
        self.assertEqual((row.base_declared, row.withheld_declared), (990_000, 10_000))
        self.assertEqual(self._ledger(self.ica_account), 9_563)
        other = self.bogota.search([("code", "=", "05001")])
        self.assertFalse(self._draft("ica", municipality_id=other.id).line_ids)
        self.assertFalse(self._draft("ica", "2026-07", "2026-08").line_ids)
        self.assertEqual(self._draft("ica", "2026-09", "2026-10").declared, 10_000)

    def test_to_the_nearest_thousand_after_the_sum(self):
        self.assertEqual(
            [thousands(one) for one in (499.99, 500, 1_499.5, -500, 0)],
            [0, 1_000, 1_000, -1_000, 0],
        )
        for _time in range(2):
            self._bill(14_000)  # 1,400 each, 2,800 together
        self.assertEqual(self._draft().declared, 3_000)

    def test_an_item_without_its_deduction_is_a_difference(self):
        run = self._run()
        self.env.cr.execute("ALTER TABLE mlm_statement_deduction DISABLE TRIGGER USER")
        self.env.cr.execute(
            "UPDATE mlm_statement_deduction SET amount_e4 = amount_e4 + 10000 WHERE code = 'renta'"
        )
        self.env.invalidate_all()
        draft = self._draft()
        self.assertEqual(draft.line_ids.mapped("origin"), ["difference"])
        self.assertEqual(sum(draft.line_ids.mapped("withheld")), self._ledger(self.withheld))
        self.assertIn("Difference: 99,000", draft.note)
        self.assertTrue(run)

    def test_the_draft_leads_to_its_items(self):
        run = self._run()
        bill = self._bill()
        draft = self._draft()
        items = self._as(self.env["mlm.co.withheld"], "accountant").search(
            draft.action_items()["domain"]
        )
        self.assertEqual(items.move_id, run.chunk_ids.move_id + bill)
        self.assertEqual(sum(items.mapped("withheld")), sum(draft.line_ids.mapped("withheld")))
        action = items[0].action_open_move()
        self.assertEqual(self.env["account.move"].browse(action["res_id"]), items[0].move_id)

    def test_workbook(self):
        self._run()
        self._bill()
        self._paid_to_the_state(40_000)
        draft = self._draft(role="auditor")
        self.assertIn("download=true", draft.action_xlsx()["url"])
        book = openpyxl.load_workbook(io.BytesIO(base64.b64decode(draft.file)))
        sheets = {sheet.title: list(sheet.values) for sheet in book}
        self.assertEqual(list(sheets), ["Draft", "Not in the draft", "Ledger", "Journal items"])
        self.assertEqual(sheets["Draft"][-1][-4:], (2_990_000, 299_000, 2_990_000, 299_000))
        self.assertEqual(sheets["Not in the draft"][-1][-1], -40_000)
        self.assertEqual(len(sheets["Journal items"]), 4)

    def test_who_reads_it(self):
        self._run()
        for role in ("accountant", "auditor", "admin"):
            with self.subTest(role):
                self.assertEqual(self._draft(role=role).declared, 99_000)
        for role in ("support", "manager", "approver", "warehouse"):
            with self.subTest(role), self.assertRaises(AccessError):
                self._draft(role=role)
        other = self.env["res.company"].create({"name": "Elsewhere", "chart_template": "co"})
        stranger = self.users["auditor"]
        stranger.write({"company_ids": [(6, 0, other.ids)], "company_id": other.id})
        self.assertFalse(self._as(self.env["mlm.co.withheld"], "auditor").search([]))
