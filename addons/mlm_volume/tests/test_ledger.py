import psycopg2

from odoo.exceptions import UserError
from odoo.tools import mute_logger

from .common import VolumeCommon


class TestLedger(VolumeCommon):
    def test_orm_refuses_changes(self):
        entry = self._ledger(self._sale(self.juan))
        with self.assertRaises(UserError):
            entry.write({"pv_e4": 1})
        with self.assertRaises(UserError):
            entry.unlink()

    def test_database_refuses_changes(self):
        entry = self._ledger(self._sale(self.juan))
        for statement in (
            "UPDATE mlm_volume_entry SET pv_e4 = 1 WHERE id = %s",
            "DELETE FROM mlm_volume_entry WHERE id = %s",
            "TRUNCATE mlm_volume_entry CASCADE -- %s",
        ):
            with (
                self.subTest(statement),
                mute_logger("odoo.sql_db"),
                self.assertRaises(psycopg2.Error),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [entry.id])

    def test_readable_columns_cannot_disagree(self):
        entry = self._ledger(self._sale(self.juan, discount=12.5))
        self.assertEqual(entry.cv, entry.cv_e4 / 10_000)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(psycopg2.Error),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("INSERT INTO mlm_volume_entry (cv) SELECT 5 FROM mlm_volume_entry")

    def test_totals_of_groups(self):
        self._sale(self.juan, quantity=2)
        self._sale(self.maria, quantity=1)
        found = self.env["mlm.volume.entry"]._read_group(
            [("period_id", "=", self.cycle[924].id)], [], ["pv:sum", "cv:sum"]
        )
        self.assertEqual(found, [(45.0, 42.0)])
        self.assertEqual(self.cycle[924].cv, 42)

    def test_laws_hold(self):
        invoice = self._sale(self.juan)
        self._sale(self.clara, price_unit=140_000)
        invoice._reverse_moves([{"invoice_date": "2026-08-20"}]).action_post()
        self._capture()
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_law_sees_a_forgotten_cancellation(self):
        """Break the law behind the back of the capture; the view names it."""
        invoice = self._sale(self.juan)
        self.env.flush_all()
        self.env.cr.execute("UPDATE account_move SET state = 'cancel' WHERE id = %s", [invoice.id])
        found = self.env["mlm.law"]._check_all()
        self.assertIn(
            invoice.name,
            [one["subject"] for one in found if "ledger" in one["law"]],
        )

    def test_partner_merge_touches_no_row(self):
        entry = self._ledger(self._sale(self.juan))
        before = entry.read()
        self.assertNotIn(
            "res.partner",
            [field.comodel_name for field in entry._fields.values() if field.store],
        )
        entry.invalidate_recordset()
        self.assertEqual(entry.read(), before)
