from odoo.tests import tagged

from .common import GenealogyCommon

# law -> what breaks it, behind the back of constraints and triggers
BREAKS = {
    "sponsor_path": "UPDATE mlm_distributor SET parent_path = '1/' WHERE id = %(ana)s",
    "sponsor_link": "UPDATE mlm_distributor SET sponsor_id = %(eva)s WHERE id = %(bea)s",
    "sponsor_history": "UPDATE mlm_link SET valid_from = '2020-01-01'"
    " WHERE distributor_id = %(ana)s AND tree_id IS NULL",
    "sponsor_network": "UPDATE mlm_distributor SET kind = 'customer' WHERE id = %(ana)s",
    "sponsor_root": "UPDATE mlm_distributor SET sponsor_id = NULL WHERE id = %(eva)s",
    "sponsor_terminated": "UPDATE mlm_distributor SET state = 'terminated' WHERE id = %(ana)s",
    "position_link": "UPDATE mlm_link SET leg = 'right' WHERE position_id = %(spot)s",
    "position_spot": "UPDATE mlm_position SET slot = 1 WHERE id = %(other)s",
    "position_slot": "UPDATE mlm_position SET slot = 3 WHERE id = %(spot)s",
    "position_history": "UPDATE mlm_link SET valid_from = '2019-01-01' WHERE position_id = %(spot)s",
    "holding_tank": "UPDATE mlm_distributor SET holding_since = now() WHERE id = %(eva)s",
    "position_leg": "UPDATE mlm_position SET leg = 'middle' WHERE id = %(spot)s",
    "position_reach": "UPDATE mlm_position SET parent_id = id WHERE id = %(spot)s",
    "position_holder": "UPDATE mlm_distributor SET kind = 'customer' WHERE id = %(eva)s",
    "sponsor_member": "UPDATE mlm_link SET valid_from = '2020-01-01'"
    " WHERE distributor_id = %(bea)s",
    "state_treatment": "UPDATE mlm_distributor SET treatment = 'hold' WHERE id = %(ana)s",
    "state_event": "UPDATE mlm_distributor SET state = 'suspended' WHERE id = %(ana)s",
    "event_cause": "UPDATE mlm_genealogy_event SET cause_id = id WHERE id = %(told)s",
    "link_event": "UPDATE mlm_link SET parent_distributor_id = %(eva)s"
    " WHERE distributor_id = %(bea)s",
    "event_text": "UPDATE mlm_event_text SET text = 'other' WHERE event_id = %(told)s",
    "holder_open": "UPDATE mlm_distributor SET partner_id = 1 WHERE id = %(ana)s",
    "enrolment_event": "DELETE FROM mlm_genealogy_event"
    " WHERE distributor_id = %(ana)s AND kind = 'enrolled'",
}


@tagged("post_install", "-at_install")
class TestLaw(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana", placement={"strategy": "left"})
        cls.eva = cls.enrol("Eva", placement={"strategy": "right"})
        cls.bea = cls.enrol("Bea", sponsor=cls.ana, reason="Her own wish")
        cls.env.flush_all()

    def _drop_guards(self):
        cr = self.env.cr
        cr.execute(
            """SELECT conrelid::regclass::text, conname FROM pg_constraint
                WHERE conrelid IN ('mlm_distributor'::regclass, 'mlm_link'::regclass,
                                   'mlm_position'::regclass, 'mlm_holder'::regclass)
                  AND contype IN ('c', 'x', 'u', 'f')"""
        )
        for table, name in cr.fetchall():
            cr.execute(f'ALTER TABLE {table} DROP CONSTRAINT IF EXISTS "{name}" CASCADE')
        cr.execute("DROP INDEX mlm_distributor_root_uniq")
        cr.execute("ALTER TABLE mlm_link DISABLE TRIGGER USER")
        cr.execute("ALTER TABLE mlm_genealogy_event DISABLE TRIGGER USER")

    def test_kept(self):
        self.assert_laws()

    def test_each_law_finds_its_breach(self):
        laws = self.env["mlm.law"]._get_laws()
        own = {name for name, law in laws.items() if law["module"] == "mlm_genealogy"}
        self.assertEqual(own, set(BREAKS))
        ids = {
            "ana": self.ana.id,
            "eva": self.eva.id,
            "bea": self.bea.id,
            "spot": self.ana.position_ids.id,
            "other": self.eva.position_ids.id,
            "told": self.bea.event_ids.id,
        }
        self._drop_guards()
        for law, statement in BREAKS.items():
            with self.subTest(law=law), self.env.cr.savepoint() as savepoint:
                self.env.cr.execute(statement, ids)
                broken = {row["law"] for row in self.env["mlm.law"]._check_all()}
                self.assertIn(law, broken)
                savepoint.rollback()
        self.assert_laws()

    def test_cycle_is_found(self):
        """A cycle cannot be reached from a root: the paths betray it."""
        self._drop_guards()
        self.env.cr.execute(
            "UPDATE mlm_distributor SET sponsor_id = %s WHERE id = %s",
            [self.bea.id, self.ana.id],
        )
        broken = {row["law"] for row in self.env["mlm.law"]._check_all()}
        self.assertIn("sponsor_path", broken)
