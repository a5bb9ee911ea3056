import json

from odoo.exceptions import AccessError, UserError

from .report_common import ReportCommon


class TestRunReports(ReportCommon):
    """MARÍA: binary 990,000. JUAN: retail profit 29,100 of CLARA's purchase."""

    def test_each_row_says_where_it_comes_from(self):
        book = self._book(self._run(), kind="detail")
        (row,) = [
            one
            for one in self._lines(book["924 Rows"])
            if one["Bonus"] == "Retail profit" and one["Paid to"] == "JUAN"
        ]
        self.assertEqual(
            {name: row[name] for name in ("Buyer", "Earned", "Base", "Rate %", "Because of")},
            {
                "Buyer": "CLARA",
                "Earned": 29_100,
                "Base": 29_100,
                "Rate %": 100,
                "Because of": "CLARA",
            },
        )
        order = self.sold.line_ids.sale_line_ids.order_id
        self.assertEqual((row["Order"], row["Invoice"]), (order.name, self.sold.name))
        self.assertEqual(str(row["Date"])[:10], "2026-08-19")
        (paid,) = [
            one
            for one in self._lines(book["924 Rows"])
            if one["Paid to"] == "MARIA" and one["Earned"]
        ]
        self.assertEqual((paid["Rate from"], paid["Rate %"]), ("Rank of the cycle", 11))
        self.assertEqual(
            (paid["Base"], paid["Exchange rate"], paid["Earned"]), (2_000, 4_500, 990_000)
        )

    def test_orders_behind_a_binary_amount(self):
        """JUAN's two pieces are the lesser leg (YENNY's as many): the share is all of it."""
        run = self._run()
        book = self._book(run, kind="detail", people=self.maria)
        rows = self._lines(book["924 Orders behind it"])
        self.assertEqual(sum(row["Share"] for row in rows), 990_000)
        self.assertEqual(sum(row["Volume counted"] for row in rows), 2_000)
        self.assertEqual({row["Buyer"] for row in rows} - {"JUAN", "YENNY", "CLARA"}, set())
        self.assertTrue(all(row["Order"] and row["Date"] for row in rows))
        self.assertIn(rows[0]["Order"], self._text(run, kind="detail", people=self.maria))

    def test_row_without_pay_says_why(self):
        self._sale(self.clara, price_unit=140_000)
        self._sale(self.yenny, product=self.packages["ESP-1"])
        run = self._preview()
        rows = self._lines(self._book(run, kind="detail")["924 Rows"])
        missed = [row for row in rows if row["Breakage"]]
        self.assertTrue(missed)
        self.assertTrue(all(row["Reason"] for row in missed))

    def test_payees_and_totals(self):
        book = self._book(self._run(), kind="detail")
        self.assertEqual(
            [(row["Code"], row["Earned"]) for row in self._lines(book["924 Payees"])],
            [("MARIA", 990_000), ("JUAN", 29_100)],
        )
        rows = self._lines(book["924 Rows"])
        self.assertEqual(sum(row["Earned"] or 0 for row in rows), 1_019_100)

    def test_one_person_only(self):
        book = self._book(self._run(), kind="detail", people=self.juan)
        self.assertEqual({row["Paid to"] for row in self._lines(book["924 Rows"])}, {"JUAN"})
        self.assertNotIn("924 Ledger", book.sheetnames)

    def test_document_of_a_person(self):
        text = self._text(self._run(), kind="detail", people=self.juan)
        for part in ("JUAN · Juan", "Cycle 924", "CLARA", "29,100", "Preview"):
            self.assertIn(part, text)
        self.assertNotIn("990,000", text)

    def test_posted_document_is_no_preview(self):
        self._balanced_sales(left=2, right=2)
        run = self._posted()
        text = self._text(run, kind="detail", people=self.maria)
        self.assertNotIn("amounts may change", text)
        for part in ("990,000", "99,000", "891,000", "10% Com"):
            self.assertIn(part, text)

    def test_document_in_spanish(self):
        self.env["res.lang"]._activate_lang("es_CO")
        run = self._run()
        text = self._text(run, kind="detail", people=self.maria, lang="es_CO")
        self.assertIn("990.000", text)

    def test_adjustments_stand_beside_the_plan(self):
        run = self._run()
        asked = self.env["mlm.adjustment"].create(
            {
                "distributor_id": self.maria.id,
                "amount_input": 77_000,
                "reason": "Forgotten last week",
                "accounting_date": run.period_id.date_end,
            }
        )
        self.assertNotIn("Outside the plan", self._text(run, kind="detail", people=self.maria))
        self._as(asked, "approver").action_approve()
        text = self._text(run, kind="detail", people=self.maria)
        for part in ("Outside the plan", "Forgotten last week", "69,300"):
            self.assertIn(part, text)

    def test_person_without_rows(self):
        run = self._run()
        nobody = self._enrol("NOBODY", "JUAN")
        with self.assertRaisesRegex(UserError, "None of the chosen people"):
            self._wizard(run, kind="detail", file_type="pdf", people=nobody)

    def test_from_statement_and_distributor(self):
        self._balanced_sales(left=2, right=2)
        run = self._posted()
        for action in (
            run.statement_ids.action_report(),
            self.maria._action_commission_report(),
        ):
            wizard = (
                self._as(self.env["mlm.commission.wizard"], "accountant")
                .with_context(**action["context"])
                .create({"lang": "en_US"})
            )
            self.assertEqual((wizard.run_ids, wizard.distributor_ids), (run, self.maria))
            self.assertEqual(wizard.file_type, "pdf")

    def test_run_summary(self):
        run = self._run()
        text = self._text(run, kind="summary")
        for part in ("990,000", "1,019,100", "MARIA", "Bronze", run.digest[:20], "Computed"):
            self.assertIn(part, text)

    def test_figures_of_the_charts(self):
        run = self._run()
        found = self._as(run, "auditor").read_summary()
        json.dumps(found)
        self.assertEqual(
            {one["name"]: one["amount"] for one in found["bonuses"] if one["amount"]},
            {"Team binary": 990_000, "Retail profit": 29_100},
        )
        self.assertEqual(
            [(one["id"], one["amount"]) for one in found["top"]],
            [(self.maria.id, 990_000), (self.juan.id, 29_100)],
        )
        self.assertAlmostEqual(found["top_share"], 100)
        self.assertEqual(found["ranks"][0]["name"], "Bronze")
        self.assertEqual((found["ranks"][0]["people"], found["ranks"][0]["amount"]), (1, 990_000))
        with self.assertRaises(AccessError):
            self._as(run, "warehouse").read_summary()

    def test_what_was_not_reached(self):
        """YENNY buys an ESP-1: five generations, of which the upper ones have nobody."""
        self._sale(self.yenny, product=self.packages["ESP-1"])
        run = self._preview()
        total = sum(run.reason_total_ids.mapped("breakage"))
        self.assertEqual(total, run.breakage)
        self.assertTrue(total)
        for line in run.reason_total_ids:
            action = line.action_open()
            rows = self.env["mlm.earning"].search(action["domain"])
            self.assertEqual(sum(rows.mapped("breakage")), line.breakage)
            self.assertEqual(len(rows), line.count)
        book = self._book(run, kind="breakage")
        lines = self._lines(book["924 By reason"])
        self.assertEqual(sum(row["Breakage"] for row in lines), run.breakage)
        rows = self._lines(book["924 Rows"])
        self.assertEqual(sum(row["Breakage"] for row in rows), run.breakage)

    def test_names_are_no_formulas(self):
        self.juan.partner_id.name = "=1+1"
        book = self._book(self._run(), kind="detail")
        (row,) = [one for one in self._lines(book["924 Payees"]) if one["Code"] == "JUAN"]
        self.assertEqual(row["Name"], "=1+1")
        cell = book["924 Payees"].cell(3, 2)
        self.assertEqual(cell.data_type, "s")

    def test_too_many_rows_for_paper(self):
        run = self._run()
        self.patch(type(self.env["mlm.commission.report"]), "_count_rows", lambda *args: 3_001)
        with self.assertRaisesRegex(UserError, "use the XLSX"):
            self._wizard(run, kind="detail", file_type="pdf")

    def test_discarded_run_has_no_report(self):
        run = self._run()
        self._as(run, "manager").action_discard()
        with self.assertRaisesRegex(UserError, "Discarded"):
            self._wizard(run, kind="detail", file_type="xlsx")

    def test_who_makes_reports(self):
        run = self._run()
        with self.assertRaises(AccessError):
            self._wizard(run, role="warehouse", kind="detail", file_type="xlsx")
