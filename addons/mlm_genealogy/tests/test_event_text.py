import hashlib
import runpy
from datetime import timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import misc

from odoo.addons.mlm_base.internal import as_internal

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestEventText(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana", reason="Came with her sister")
        cls.event = cls.ana.event_ids
        cls.admin = cls._new_user("admin")
        cls.auditor = cls._new_user("auditor")

    @classmethod
    def _new_user(cls, role):
        return new_test_user(
            cls.env,
            f"text_{role}",
            f"base.group_user,mlm_base.group_{role}",
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _text(self):
        return self.env["mlm.event.text"].search([("event_id", "=", self.event.id)])

    def test_event_holds_a_salted_hash(self):
        self.assertEqual(self.event.reason, "Came with her sister")
        text = self._text()
        expected = hashlib.sha256((text.salt + "Came with her sister").encode()).hexdigest()
        self.assertEqual(self.event.reason_hash, expected)
        self.env.flush_all()
        self.env.cr.execute(
            "SELECT to_jsonb(e)::text FROM mlm_genealogy_event e WHERE id = %s", [self.event.id]
        )
        self.assertNotIn("sister", self.env.cr.fetchone()[0])
        self.assertFalse(self.root.event_ids[0].reason)

    def test_search(self):
        mine = [("distributor_id", "=", self.ana.id)]
        for domain, found in (
            ([("reason", "ilike", "SISTER")], True),
            ([("reason", "=", "Came with her sister")], True),
            ([("reason", "ilike", "brother")], False),
            ([("reason", "not ilike", "brother")], True),
            ([("reason", "not ilike", "sister")], False),
            ([("reason", "=", False)], False),
            ([("reason", "!=", False)], True),
        ):
            self.assertEqual(bool(self.Event.search(mine + domain)), found, domain)

    def test_reader_reads_the_reason(self):
        self.assertEqual(self.event.with_user(self.auditor).reason, "Came with her sister")
        with self.assertRaises(AccessError):
            self._text().with_user(self.auditor).read(["text"])

    def test_text_is_not_changed(self):
        with self.assertRaisesRegex(UserError, "cannot be changed"):
            self._text().text = "Other"

    def test_erasure(self):
        wizard = Form(
            self.env["mlm.erase.wizard"]
            .with_user(self.admin)
            .with_context(active_model="mlm.genealogy.event", active_ids=self.event.ids)
        )
        wizard.reference = "PQR-1"
        wizard = wizard.save()
        self.assertEqual(wizard.text_count, 1)
        wizard.action_erase()
        self.assertFalse(self._text())
        self.assertEqual(self.event.reason, "(erased)")
        log = self.env["mlm.event.erasure"].search([("event_id", "=", self.event.id)])
        self.assertEqual(log.author_id, self.admin)
        self.assertEqual((log.ground, log.reference), ("request", "PQR-1"))
        self.assert_laws()
        with self.assertRaisesRegex(UserError, "no|None"):
            self.event._erase_reason("request")
        with self.assertRaises(UserError):
            log.unlink()

    def test_only_the_administrator_erases(self):
        with self.assertRaises(AccessError):
            self.env["mlm.erase.wizard"].with_user(self.auditor).create(
                {"event_ids": self.event.ids}
            )

    def test_loss_without_erasure_shows(self):
        self._text().unlink()
        self.env.flush_all()
        found = self.env["mlm.law"]._check_all()
        self.assertEqual([row["law"] for row in found], ["event_text"])

    def test_migration(self):
        """A database of the version before keeps its reasons, apart and hashed."""
        cr = self.env.cr
        self.env.flush_all()
        cr.execute(
            """ALTER TABLE mlm_genealogy_event ADD COLUMN IF NOT EXISTS reason text;
               ALTER TABLE mlm_genealogy_event DISABLE TRIGGER USER;
               UPDATE mlm_genealogy_event event
                  SET reason = found.text, reason_hash = NULL
                 FROM mlm_event_text found WHERE found.event_id = event.id;
               ALTER TABLE mlm_genealogy_event ENABLE ALWAYS TRIGGER mlm_append_only_row;
               ALTER TABLE mlm_genealogy_event ENABLE ALWAYS TRIGGER mlm_append_only_truncate;
               DELETE FROM mlm_event_text"""
        )
        path = misc.file_path("mlm_genealogy/migrations/19.0.2.0.0/pre-40-event-text.py")
        for __ in range(2):
            runpy.run_path(path)["migrate"](cr, "19.0.1.0.0")
        self.env.invalidate_all()
        self.assertEqual(self.event.reason, "Came with her sister")
        self.assert_laws()
        cr.execute(
            """SELECT count(*), min(tgenabled) FROM pg_trigger
                WHERE tgrelid = 'mlm_genealogy_event'::regclass AND NOT tgisinternal"""
        )
        self.assertEqual(cr.fetchone(), (3, "A"))

    def test_bulk(self):
        moment = self.ana.joined_at + timedelta(days=1)
        vals = {
            "kind": "suspended",
            "company_id": self.company.id,
            "distributor_id": self.ana.id,
            "effective_at": moment,
        }
        events = as_internal(self.Event).create(
            [{**vals, "reason": f"R{i % 3 or ''}"} for i in range(2000)]
        )
        self.assertEqual(events[1999].reason, "R1")
        self.assertEqual(len(set(events.mapped("reason_hash"))), 2000)
