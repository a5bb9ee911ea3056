from unittest.mock import patch

from ..models.rows import mlm_measure
from ..models.run import mlm_run_verify
from .common import CommissionCommon

LEVELS = """\
  - code: levels
    rule: unilevel
    name: {es: Uninivel, en: Unilevel}
    period: week
    tree: sponsor
    grain: source
    active_only: false
    params: {rates: [10.001, 5]}
"""


class TestGrainSource(CommissionCommon):
    """A bonus with one earning row for all sales of one buyer."""

    def setUp(self):
        super().setUp()
        text = self.version.document
        text = text.replace("version: 1", "version: 2", 1)
        text = text.replace("valid_from: 2026-01-01", "valid_from: 2026-08-17")
        text = text.replace("catalog:", LEVELS + "catalog:", 1)
        self.env["mlm.plan.version"]._import_document(text)._publish_at_once()
        self.pedro = self._enrol("PEDRO", "JUAN", "left")
        for quantity, day in ((1, "2026-08-19"), (2, "2026-08-20")):
            self._sale(self.pedro, product=self.big, quantity=quantity, day=day)
        self.run_of_it = self._preview()
        self.rows = self.env["mlm.earning"].search(
            [*self.run_of_it._id_domain("mlm.earning"), ("bonus_id.code", "=", "levels")]
        )
        self.entries = self.env["mlm.volume.entry"].search(
            [("distributor_id", "=", self.pedro.id)], order="id"
        )

    def test_one_row_for_all_sales_of_a_buyer(self):
        found = {row.payee_id: row for row in self.rows}
        self.assertEqual(len(self.rows), 2)
        self.assertEqual(self.rows.source_id, self.pedro)
        self.assertFalse(self.rows.entry_id)
        self.assertEqual(found[self.juan].base_e4, sum(self.entries.mapped("cv_e4")))
        self.assertEqual(found[self.juan].level, 1)
        self.assertFalse(self.run_of_it._verify())
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_rows_are_proved_some_at_a_time(self):
        """However few are read at once, the proof says the same."""
        run = self.run_of_it
        whole = run._stored_columns(["payee_id", "amount_e4"])
        figures = self.env["mlm.measure"]._read_long(run)
        self.assertGreater(whole["payee_id"].size, 1)
        with patch.object(mlm_run_verify, "PART", 1), patch.object(mlm_measure, "PART", 1):
            self.assertEqual(run._verify(), [])
            for found, expected in (
                (run._stored_columns(["payee_id", "amount_e4"]), whole),
                (self.env["mlm.measure"]._read_long(run), figures),
            ):
                for name, column in expected.items():
                    self.assertEqual(found[name].tolist(), column.tolist())
            last = self.env["mlm.earning"].search(run._id_domain("mlm.earning"))[-1]
            self.env.cr.execute(
                "UPDATE mlm_earning_store SET amount_e4 = amount_e4 + 1 WHERE id = %s", [last.id]
            )
            (told,) = run._verify()
            self.assertIn("(amount_e4)", told)
            self.env.cr.execute("DELETE FROM mlm_earning_store WHERE id = %s", [last.id])
            (told,) = run._verify()
            self.assertIn("payee_id", told)

    def test_a_row_without_purchases_of_its_source_is_found(self):
        """YENNY bought nothing: nobody earns on her purchases."""
        forged = self._store_more(
            self.run_of_it,
            payee_id=self.maria.id,
            source_id=self.yenny.id,
            bonus_id=self.rows.bonus_id.id,
            amount_e4=10_000,
        )
        found = self.env["mlm.law"]._check_all()
        pays = [law["subject"] for law in found if law["law"] == "only_sales_pay"]
        self.assertEqual(pays, [f"mlm.earning {forged.id}"])

    def test_the_sales_of_a_row_are_named(self):
        row = self.rows.filtered(lambda one: one.payee_id == self.juan)
        found = self.run_of_it._explain(row)
        sales = next(step for step in found["steps"] if step["step"] == "volume")
        self.assertEqual(sales["count"], len(self.entries))
        self.assertIn("PEDRO", found["steps"][0]["text"].upper())

    def test_each_sale_has_its_share(self):
        shares = {self.juan: 0, self.maria: 0}
        for entry in self.entries:
            (row,) = self.run_of_it._explain_sale(entry, self.juan)["rows"]
            mine = [one for one in row["earnings"] if one["bonus"] == "levels"]
            self.assertEqual(len(mine), 2)
            why = next(one for one in row["why"]["bonuses"] if one["bonus"] == "levels")
            for one in mine:
                payee = self.juan if one["level"] == 1 else self.maria
                shares[payee] += round(float(one["amount"]) * 10_000)
                if payee == self.juan:
                    self.assertEqual(why["amount"], one["amount"])
        self.assertEqual(shares, {row.payee_id: row.amount_e4 for row in self.rows})

    def test_the_orders_behind_it_are_listed(self):
        report = self.env["mlm.commission.report"]
        rows = [row for part in report._read_rows(self.run_of_it, self.juan) for row in part]
        behind = [
            one for one in report._read_behind(self.run_of_it, rows) if one["bonus"] == "Unilevel"
        ]
        self.assertEqual(len(behind), len(self.entries))
        amount = self.rows.filtered(lambda one: one.payee_id == self.juan).amount_e4
        self.assertEqual(round(sum(one["amount"] for one in behind) * 10_000), amount)
        self.assertEqual({one["buyer"] for one in behind}, {self.pedro.code})
