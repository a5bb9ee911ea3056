from datetime import datetime, timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestLink(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joined = datetime(2026, 1, 1)
        cls.old = cls.enrol("Old", joined_at=cls.joined)
        cls.new = cls.enrol("New", joined_at=cls.joined)
        cls.ana = cls.enrol("Ana", sponsor=cls.old, joined_at=cls.joined)
        cls.below = cls.enrol("Below", sponsor=cls.ana, joined_at=cls.joined)
        cls.change = datetime(2026, 6, 1)

    def _sponsor_at(self, moment, known_at=None):
        links = self.Link._as_of(self.network, moment, known_at=known_at)
        return links.filtered(lambda link: link.distributor_id == self.ana).parent_distributor_id

    def test_sponsor_change(self):
        versions = self.old.sponsor_version, self.new.sponsor_version
        self.ana._change_sponsor(self.new, "Typing error", self.change)
        self.assertEqual(
            (self.old.sponsor_version, self.new.sponsor_version),
            (versions[0] + 1, versions[1] + 1),
        )
        self.assert_path(self.below, self.ana, self.new, self.root)
        self.assertEqual(self._sponsor_at(self.change), self.new)
        self.assertEqual(self._sponsor_at(self.change - timedelta(seconds=1)), self.old)
        self.assertFalse(self._sponsor_at(self.joined - timedelta(days=1)))
        event = self.ana.event_ids[0]
        self.assertEqual(event.kind, "sponsor_changed")
        self.assertEqual(event.reason, "Typing error")
        self.assertEqual(event.before["sponsor"], self.old.code)
        self.assertEqual(event.after["sponsor"], self.new.code)
        self.assertEqual(event.summary, f"from {self.old.code} to {self.new.code}")
        self.assert_laws()

    def test_as_it_was_known(self):
        before = fields.Datetime.now() - timedelta(days=1)
        rows = self.ana.link_ids
        self.assertEqual(len(rows), 1)
        self.ana._change_sponsor(self.new, "Backdated", self.change)
        self.assertEqual(len(self.ana.link_ids), 3)
        self.assertEqual(self._sponsor_at(self.change), self.new)
        # yesterday nothing of this was on record
        self.assertFalse(self._sponsor_at(self.change, known_at=before))

    def test_dates_of_a_change(self):
        with self.assertRaisesRegex(UserError, "cannot begin earlier"):
            self.ana._change_sponsor(self.new, "Test", self.change)
            self.ana._change_sponsor(self.old, "Test", self.change - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "nothing takes effect earlier"):
            self.ana._change_sponsor(self.new, "Test", self.joined - timedelta(days=1))

    def test_back_and_forth_in_a_second(self):
        now = fields.Datetime.now()
        for sponsor in (self.new, self.old, self.new):
            self.ana._change_sponsor(sponsor, "Test", now)
        self.assertEqual(self.ana.sponsor_id, self.new)
        self.assert_laws()

    def test_impossible_sponsors(self):
        customer = self.enrol("Customer", kind="customer")
        with self.assertRaisesRegex(UserError, "cannot sponsor anybody"):
            self.ana._change_sponsor(customer, "Test", self.change)
        with self.assertRaisesRegex(UserError, "new sponsor"):
            self.ana._change_sponsor(self.Distributor, "Test", self.change)

    def _assert_refused(self, statement, *params):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(statement, params)

    def test_history_is_not_rewritten(self):
        link = self.ana.link_ids
        for statement in (
            "UPDATE mlm_link SET valid_to = now() WHERE id = %s",
            "UPDATE mlm_link SET superseded_at = now(), leg = 'left' WHERE id = %s",
            "DELETE FROM mlm_link WHERE id = %s",
            "TRUNCATE mlm_link -- %s",
        ):
            self._assert_refused(statement, link.id)
        self.env.cr.execute("UPDATE mlm_link SET superseded_at = now() WHERE id = %s", [link.id])
        self._assert_refused("UPDATE mlm_link SET superseded_at = NULL WHERE id = %s", link.id)
        with self.assertRaises(UserError):
            link.unlink()

    def test_one_sponsor_at_a_time(self):
        insert = """INSERT INTO mlm_link (company_id, network_id, distributor_id,
                        parent_distributor_id, valid_from, valid_to, recorded_at)
                    VALUES (%s, %s, %s, %s, %s, %s, now())"""
        person = (self.company.id, self.network.id, self.ana.id, self.new.id)
        self._assert_refused(insert, *person, "2026-03-01", None)
        self._assert_refused(insert, *person, "2025-12-01", "2026-01-02")
        # before the other one is possible
        self.env.cr.execute(insert, [*person, "2025-12-01", "2026-01-01"])

    def test_one_person_on_a_spot(self):
        position = self.Position._place(self.ana, self.head, "left", self.change)
        other = self.Position._place(self.below, self.head, "right", self.change)
        insert = """INSERT INTO mlm_link (company_id, network_id, tree_id, distributor_id,
                        position_id, parent_distributor_id, parent_position_id, leg,
                        valid_from, valid_to, recorded_at)
                    VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, now())"""
        self._assert_refused(
            insert,
            self.company.id,
            self.network.id,
            self.tree.id,
            other.distributor_id.id,
            other.id,
            self.root.id,
            self.head.id,
            "left",
            "2026-05-01",
            "2026-06-02",
        )
        placed = self.Link._as_of(self.network, self.change, self.tree)
        self.assertIn(position, placed.position_id)
        self.assertNotIn(
            position,
            self.Link._as_of(self.network, self.change - timedelta(days=1), self.tree).position_id,
        )
