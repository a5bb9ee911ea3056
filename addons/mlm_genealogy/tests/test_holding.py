from datetime import timedelta

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestHolding(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["mlm.tree"].search([]).holding_days = 0
        cls.tree.holding_days = 10
        cls.now = fields.Datetime.now()

    def _wait(self, name, days, sponsor=None, **values):
        joined = self.now - timedelta(days=days)
        return self.enrol(name, sponsor, joined_at=joined, **values)

    def _run_cron(self):
        self.env.flush_all()
        cron = self.env.ref("mlm_genealogy.cron_holding_tank")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.env.invalidate_all()

    def test_who_waits(self):
        ana = self._wait("Ana", 1)
        placed = self._wait("Eva", 1, placement={"strategy": "auto"})
        customer = self._wait("Customer", 1, kind="customer")
        self.assertEqual(ana.holding_since, ana.joined_at)
        self.assertFalse(placed.holding_since)
        self.assertFalse(customer.holding_since)
        self.Position._place(ana, placed.position_ids, "left")
        self.assertFalse(ana.holding_since)
        placed.position_ids._remove("Test", ana.position_ids.placed_at)
        self.assertEqual(placed.holding_since, placed.joined_at)
        placed._terminate("Test")
        self.assertFalse(placed.holding_since)
        self.assert_laws()

    def test_deadline(self):
        late, soon, waiting = (self._wait(str(days), days) for days in (11, 8, 2))
        self.assertEqual(
            [person.holding_state for person in (late, soon, waiting)],
            ["late", "soon", "waiting"],
        )
        self.assertEqual((late.holding_days_left, waiting.holding_days_left), (0, 8))
        self.assertEqual(soon.holding_deadline, soon.joined_at + timedelta(days=10))
        search = self.Distributor.search
        for state, person in (("late", late), ("soon", soon), ("waiting", waiting)):
            self.assertEqual(search([("holding_state", "=", state)]), person)
        self.assertEqual(search([("holding_state", "in", ["late", "soon"])]), late | soon)
        self.assertIn(self.root, search([("holding_state", "=", False)]))
        self.tree.holding_days = 0
        self.env.invalidate_all()
        self.assertEqual(late.holding_state, "waiting")
        self.assertEqual(search([("holding_state", "=", "waiting")]), late | soon | waiting)

    def test_cron_places_after_the_deadline(self):
        """One who cannot be placed stays, with the reason, and stops nobody."""
        stuck_sponsor = self._wait("Sponsor", 15)
        stuck_sponsor._suspend("Test")
        stuck = self._wait("Stuck", 14, sponsor=stuck_sponsor)
        first = self._wait("First", 13)
        below = self._wait("Below", 12, sponsor=first)
        early = self._wait("Early", 9)
        suspended = self._wait("Suspended", 12)
        suspended._suspend("Test")
        self.tree.holding_strategy = "right"
        self._run_cron()
        self.assertEqual(first.position_ids.parent_id, self.head)
        self.assertEqual(first.position_ids.leg, "right")
        self.assertEqual(below.position_ids.parent_id, first.position_ids)
        self.assertGreaterEqual(first.position_ids.placed_at, self.now)
        self.assertFalse((stuck | early | suspended).position_ids)
        self.assertIn("no position in the tree", stuck.holding_note)
        self.assertFalse(first.holding_note)
        self.Position._place(stuck_sponsor, self.head, "left")
        self._run_cron()
        self.assertEqual(stuck.position_ids.parent_id, stuck_sponsor.position_ids)
        self.assertFalse(stuck.holding_note)
        self.assert_laws()

    def test_cron_warns(self):
        user = self.env.user
        self.tree.holding_user_id = user
        self._wait("Near", 8)
        self._wait("Far", 2)
        self._run_cron()
        message = self.env["mail.message"].search(
            [
                ("message_type", "=", "user_notification"),
                ("partner_ids", "in", user.partner_id.ids),
            ],
            order="id desc",
            limit=1,
        )
        self.assertIn("Near", message.body)
        self.assertNotIn("Far", message.body)

    def test_place_several(self):
        second = self._wait("Second", 2)
        first = self._wait("First", 3)
        stuck = self._wait("Stuck", 4, sponsor=self._wait("Alone", 5))
        context = (second | first | stuck).action_place_several()["context"]
        form = Form(self.env["mlm.holding.wizard"].with_context(**context))
        form.tree_id = self.tree
        self.assertIn("Stuck", form.preview)
        self.assertNotIn("First", form.preview)
        form.strategy = "left"
        action = form.save().action_place()
        self.assertIn("Stuck", action["params"]["message"])
        self.assertEqual(first.position_ids.parent_id, self.head)
        self.assertEqual(second.position_ids.parent_id, first.position_ids)
        self.assertTrue(stuck.holding_note)
        with self.assertRaisesRegex(UserError, "None of the chosen"):
            first.action_place_several()
        self.assert_laws()

    def test_tree_settings(self):
        with self.assertRaises(UserError):
            self.env["mlm.tree"].create(
                {"name": "F", "code": "f", "kind": "free", "holding_strategy": "left"}
            )
