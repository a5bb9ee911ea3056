from odoo.tests import new_test_user, tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import GenealogyCommon

_EVENT = "UPDATE mlm_genealogy_event SET {} WHERE id = %(event)s"
# column -> a value that it did not have
_TAMPERED = {
    "company_id": "1",
    "network_id": "1",
    "distributor_id": "%(other)s",
    "position_id": "%(spot)s",
    "kind": "'moved'",
    "effective_at": "'2020-01-01'",
    "cause_id": "id",
    "attachment_id": "%(attachment)s",
    "reason_hash": "'abc'",
    "before": "'{\"a\": 1}'",
    "after": "'{\"a\": 2}'",
    "author_id": "%(author)s",
    "recorded_at": "recorded_at + interval '1 second'",
}


@tagged("post_install", "-at_install")
class TestEventSeal(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Seal = cls.env["mlm.event.seal"]
        cls.ana = cls.enrol("Ana", placement={"strategy": "left"})
        cls.eva = cls.enrol("Eva", reason="Reason")
        cls.event = cls.eva.event_ids
        cls.env.flush_all()

    def _seal(self, upper=2**31 - 1):
        # the range ends at the last row
        return self.Seal._seal_up_to("mlm.genealogy.event", upper)

    def _unlock(self):
        for table in ("mlm_genealogy_event", "mlm_link", "mlm_event_seal"):
            self.env.cr.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        # and what ties an event to its network by itself
        for name in ("distributor_id", "position_id", "cause_id"):
            self.env.cr.execute(
                "ALTER TABLE mlm_genealogy_event"
                f" DROP CONSTRAINT mlm_genealogy_event_{name}_network_fkey"
            )

    def _violations(self):
        self.env.invalidate_all()
        return self.Seal._verify()

    def test_seal_and_go_on(self):
        before = self.Seal.search([("subject", "=", "mlm.genealogy.event")], limit=1)
        total = self.Event.sudo().search_count([("id", ">", before.to_id)])
        self.assertEqual(self._seal(), total)
        first = self.Seal.search([("subject", "=", "mlm.genealogy.event")], limit=1)
        self.assertEqual((first.to_id), self.Event.sudo().search([], order="id desc", limit=1).id)
        self.assertFalse(self._violations())
        self.assertEqual(self._seal(), 0)
        self.enrol("Bea")
        self.assertEqual(self._seal(), 1)
        second = self.Seal.search([("subject", "=", "mlm.genealogy.event")], limit=1)
        self.assertEqual(second.previous, first.fingerprint)
        self.assertEqual(second.from_id, first.to_id + 1)
        self.assertFalse(self._violations())

    def test_ranges(self):
        vals = {
            "kind": "moved",
            "company_id": self.company.id,
            "distributor_id": self.ana.id,
            "effective_at": "2026-01-01",
        }
        self._seal()
        as_internal(self.Event).create([vals] * 2001)
        seals = self.Seal.search([])
        self.assertEqual(self._seal(), 2001)
        self.assertEqual((self.Seal.search([]) - seals).mapped("count"), [1, 1000, 1000])
        self.assertFalse(self._violations())

    def test_every_column_is_covered(self):
        columns = set(self.Seal._get_columns("mlm.genealogy.event"))
        self.assertEqual(columns, {"id", *_TAMPERED})
        attachment = self.env["ir.attachment"].create({"name": "A", "raw": b"A"})
        author = new_test_user(self.env, "seal_author", "base.group_user")
        self._seal()
        self._unlock()
        ids = {
            "event": self.event.id,
            "other": self.ana.id,
            "spot": self.ana.position_ids.id,
            "attachment": attachment.id,
            "author": author.id,
        }
        for column, value in _TAMPERED.items():
            with self.subTest(column=column), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(_EVENT.format(f"{column} = {value}"), ids)
                found = self._violations()
                self.assertEqual(
                    [(row["res_model"], row["res_id"]) for row in found],
                    [("mlm.genealogy.event", self.event.id)],
                )
                self.assertIn("changed", found[0]["detail"])
                savepoint.rollback()
        self.assertFalse(self._violations())

    def test_deletion_shows(self):
        event = self.ana._suspend("Reason")
        self._seal()
        self._unlock()
        cr = self.env.cr
        cr.execute("DELETE FROM mlm_event_text WHERE event_id = %s", [event.id])
        cr.execute("DELETE FROM mlm_genealogy_event WHERE id = %s", [event.id])
        found = self._violations()
        self.assertEqual(found[0]["subject"], f"mlm.genealogy.event {event.id}")
        self.assertIn("deleted", found[0]["detail"])

    def test_late_row_shows(self):
        """A row that comes in below the sealed id, whoever made that possible."""
        self._seal(self.event.id)
        self.env.cr.execute("SELECT nextval('mlm_genealogy_event_id_seq')")
        skipped = self.env.cr.fetchone()[0]
        self.enrol("Bea")
        self._seal()
        self.env.cr.execute(
            """INSERT INTO mlm_genealogy_event
                      (id, company_id, network_id, distributor_id, kind, effective_at, author_id, recorded_at)
               VALUES (%s, %s, %s, %s, 'moved', now(), %s, now())""",
            [skipped, self.company.id, self.network.id, self.ana.id, self.env.uid],
        )
        found = self._violations()
        self.assertEqual([row["res_id"] for row in found], [skipped])
        self.assertIn("added after", found[0]["detail"])

    def test_chain(self):
        self._seal(self.event.id - 1)
        self._seal(self.event.id)
        self.enrol("Bea")
        self._seal()
        seals = self.Seal.search([("subject", "=", "mlm.genealogy.event")])
        self._unlock()
        for statement, detail in (
            ("UPDATE mlm_event_seal SET root = 'x' WHERE id = %s", "the seal itself was changed"),
            ("UPDATE mlm_event_seal SET leaves = 'QUJD' WHERE id = %s", "the seal itself"),
            ("DELETE FROM mlm_event_seal WHERE id = %s", "an earlier seal is missing"),
            (
                "UPDATE mlm_event_seal SET to_id = to_id - 1 WHERE id = %s",
                "does not begin where",
            ),
        ):
            with self.subTest(statement=statement), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(statement, [seals[1].id])
                details = [row["detail"] for row in self._violations()]
                self.assertTrue([text for text in details if detail in text], details)
                savepoint.rollback()

    def test_links(self):
        self.Seal._seal_up_to("mlm.link", 2**31 - 1)
        bea = self.enrol("Bea", sponsor=self.ana)
        self.Seal._seal_up_to("mlm.link", 2**31 - 1)
        # superseding a link is no tampering
        bea._change_sponsor(self.eva, "Reason", effective=bea.joined_at)
        self.assertFalse(self._violations())
        self._unlock()
        link = self.ana.link_ids[0]
        self.env.cr.execute(
            "UPDATE mlm_link SET recorded_at = '2020-01-01' WHERE id = %s", [link.id]
        )
        found = self._violations()
        self.assertEqual(
            [(row["res_model"], row["res_id"]) for row in found], [("mlm.link", link.id)]
        )

    def test_merge_of_contacts_is_no_tampering(self):
        for subject, __ in self.Seal._fields["subject"].selection:
            self.Seal._seal_up_to(subject, 2**31 - 1)
        contact = self.env["res.partner"].create({"name": "Ana", "email": "a@example.com"})
        merger = self.env["base.partner.merge.automatic.wizard"].create({})
        merger._merge((self.ana.partner_id | contact).ids, contact)
        self.assertEqual(self.ana.partner_id, contact)
        self.assertFalse(self._violations())

    def test_check_includes_the_seals(self):
        self._seal()
        self.assert_laws()
        self._unlock()
        self.env.cr.execute(_EVENT.format("kind = 'duplicate_accepted'"), {"event": self.event.id})
        broken = {row["law"] for row in self.env["mlm.law"]._check_all()}
        self.assertIn("event_seal", broken)

    def test_column_added_later(self):
        self._seal()
        self.env.cr.execute("ALTER TABLE mlm_genealogy_event ADD COLUMN later int DEFAULT 1")
        self.assertFalse(self._violations())

    def test_cron(self):
        cron = self.env.ref("mlm_genealogy.cron_seal")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        last = self.Seal.search([("subject", "=", "mlm.genealogy.event")], limit=1)
        self.assertEqual(last.to_id, self.Event.sudo().search([], order="id desc", limit=1).id)

    def test_who_seals(self):
        for role, allowed in (("auditor", True), ("admin", True), ("support", False)):
            user = new_test_user(self.env, f"seal_{role}", f"base.group_user,mlm_base.group_{role}")
            self.assertEqual(self.Seal.with_user(user).has_access("read"), allowed)
            self.assertFalse(self.Seal.with_user(user).has_access("create"))
