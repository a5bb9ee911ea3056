from psycopg2 import IntegrityError

from odoo.tests import TransactionCase, tagged
from odoo.tools import mute_logger

from ..triggers import seal_table


@tagged("post_install", "-at_install")
class TestSeal(TransactionCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.cr.execute(
            """CREATE TABLE mlm_test_sealed (id bigint, amount bigint)
                   PARTITION BY RANGE (id);
               CREATE TABLE mlm_test_sealed_1 (LIKE mlm_test_sealed);
               INSERT INTO mlm_test_sealed_1 VALUES (1, 10);
               ALTER TABLE mlm_test_sealed ATTACH PARTITION mlm_test_sealed_1
                   FOR VALUES FROM (1) TO (100);
               CREATE TABLE mlm_test_sealed_2 PARTITION OF mlm_test_sealed
                   FOR VALUES FROM (100) TO (200);
               INSERT INTO mlm_test_sealed VALUES (100, 5)"""
        )

    def _assert_refused(self, statement):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "append-only"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(statement)

    def test_partition(self):
        seal_table(self.env.cr, "mlm_test_sealed_1")
        for statement in (
            "UPDATE mlm_test_sealed_1 SET amount = 11",
            "UPDATE mlm_test_sealed SET amount = 11 WHERE id = 1",
            "DELETE FROM mlm_test_sealed WHERE id = 1",
            "TRUNCATE mlm_test_sealed_1",
            "TRUNCATE mlm_test_sealed",
        ):
            self._assert_refused(statement)
        self.env.cr.execute("INSERT INTO mlm_test_sealed VALUES (2, 7)")
        # the other partition, a preview, stays free
        self.env.cr.execute("DELETE FROM mlm_test_sealed WHERE id = 100")

    def test_twice_and_in_replica_mode(self):
        for __ in range(2):
            seal_table(self.env.cr, "mlm_test_sealed_1")
        self.env.cr.execute(
            """SELECT count(*), min(tgenabled) FROM pg_trigger
                WHERE tgrelid = 'mlm_test_sealed_1'::regclass"""
        )
        self.assertEqual(self.env.cr.fetchone(), (2, "A"))

    def test_partitioned_parent(self):
        seal_table(self.env.cr, "mlm_test_sealed")
        seal_table(self.env.cr, "mlm_test_sealed_1")
        self._assert_refused("UPDATE mlm_test_sealed_1 SET amount = 11")
        self._assert_refused("DELETE FROM mlm_test_sealed WHERE id = 100")
