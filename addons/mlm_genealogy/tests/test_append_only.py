from psycopg2 import IntegrityError

from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestAppendOnly(GenealogyCommon):
    def test_orm(self):
        event = self.root.event_ids[0]
        for change in (
            lambda: event.write({"reason": "other"}),
            lambda: setattr(event, "reason", "other"),
            lambda: event.sudo().unlink(),
            lambda: self.root.write({"event_ids": [(5, 0, 0)]}),
        ):
            with self.assertRaisesRegex(UserError, "new row that points to the old"):
                change()

    def test_sql(self):
        event = self.root.event_ids[0]
        for statement in (
            "UPDATE mlm_genealogy_event SET kind = 'moved' WHERE id = %s",
            "DELETE FROM mlm_genealogy_event WHERE id = %s",
            "TRUNCATE mlm_genealogy_event CASCADE -- %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(IntegrityError, "append-only"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [event.id])

    def test_no_log_columns(self):
        self.assertNotIn("create_uid", self.Event._fields)
        self.assertNotIn("write_date", self.Event._fields)

    def test_author_and_time(self):
        event = self.root.event_ids[0]
        self.assertEqual(event.author_id, self.env.user)
        self.assertTrue(event.recorded_at)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute("DELETE FROM res_users WHERE id = %s", [self.env.uid])

    def test_installed_twice(self):
        self.Event.init()
        self.Link.init()
        self.env.cr.execute(
            """SELECT count(*), min(tgenabled) FROM pg_trigger
                WHERE tgrelid = 'mlm_genealogy_event'::regclass AND NOT tgisinternal"""
        )
        self.assertEqual(self.env.cr.fetchone(), (3, "A"))
