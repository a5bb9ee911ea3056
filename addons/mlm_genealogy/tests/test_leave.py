from datetime import datetime, timedelta
from unittest.mock import patch

from odoo import fields
from odoo.exceptions import UserError
from odoo.tests import Form, tagged
from odoo.tools import mute_logger

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestLeave(GenealogyCommon):
    """María sponsors Juan, who sponsors Carlos and Yenny: Juan leaves and comes back."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joined = datetime(2026, 1, 1)
        cls.maria = cls.enrol("María", joined_at=cls.joined)
        cls.pedro = cls.enrol("Pedro", joined_at=cls.joined)
        cls.juan = cls.enrol("Juan", sponsor=cls.maria, joined_at=cls.joined)
        cls.carlos = cls.enrol("Carlos", sponsor=cls.juan, joined_at=cls.joined)
        cls.yenny = cls.enrol("Yenny", sponsor=cls.juan, joined_at=cls.joined)
        cls.below = cls.enrol("Below", sponsor=cls.yenny, joined_at=cls.joined)
        cls.left = datetime(2026, 5, 1)
        cls.back = datetime(2026, 7, 1)

    def _leave(self, **values):
        return self.juan._terminate("Resigns", self.left, **values)

    def test_tree_closes(self):
        event = self._leave()
        self.assertEqual(self.juan.state, "terminated")
        self.assertEqual(self.juan.treatment, "compress")
        self.assertFalse(self.juan.sponsor_id)
        self.assert_path(self.carlos, self.maria, self.root)
        self.assert_path(self.below, self.yenny, self.maria, self.root)
        found = self.Distributor.search([("id", "child_of", self.maria.id)])
        self.assertEqual(found, self.maria | self.carlos | self.yenny | self.below)
        relinked = self.Event.search([("cause_id", "=", event.id)])
        self.assertEqual(relinked.distributor_id, self.carlos | self.yenny)
        self.assertEqual(set(relinked.mapped("kind")), {"relinked"})
        self.assertEqual(relinked[0].before["sponsor"], self.juan.code)
        self.assertEqual(relinked[0].after["sponsor"], self.maria.code)
        self.assert_laws()

    def test_past_and_present(self):
        self._leave()
        before = self.left - timedelta(seconds=1)
        self.assertEqual(
            self.carlos._upline_ids(at=before), [self.juan.id, self.maria.id, self.root.id]
        )
        self.assertEqual(self.carlos._upline_ids(at=self.left), [self.maria.id, self.root.id])
        Link = self.Link
        self.assertIn((self.below.id, 3), Link._downline_ids_at(self.maria, before))
        self.assertIn((self.below.id, 2), Link._downline_ids_at(self.maria, self.left))
        self.assertNotIn(self.juan.id, dict(Link._downline_ids_at(self.maria, self.left)))

    def test_came_later_than_the_departure(self):
        """Somebody enrolled after the moment, before it was recorded."""
        late = self.enrol("Late", sponsor=self.juan, joined_at=self.left + timedelta(days=1))
        self._leave()
        self.assert_path(late, self.maria, self.root)
        self.assertEqual(late._upline_ids(at=late.joined_at), [self.maria.id, self.root.id])
        self.assert_laws()

    def test_root_stays(self):
        with self.assertRaisesRegex(UserError, "head of a tree"):
            self.root._terminate("Resigns")

    def test_nobody_below_who_left(self):
        self._leave()
        with self.assertRaisesRegex(UserError, "has left the network"):
            self.enrol("New", sponsor=self.juan)
        with self.assertRaisesRegex(UserError, "has left the network"):
            self.carlos._change_sponsor(self.juan, "Test")
        with self.assertRaisesRegex(UserError, "has left the network"):
            self.juan._change_sponsor(self.pedro, "Test")
        with self.assertRaisesRegex(UserError, "is terminated"):
            self._leave()

    def _place_line(self):
        """María, Juan, Carlos in one line, Yenny beside Carlos below Juan."""
        for person, parent, leg in (
            (self.maria, self.root, "left"),
            (self.juan, self.maria, "left"),
            (self.carlos, self.juan, "left"),
        ):
            self.Position._place(person, parent.position_ids, leg, self.joined)

    def test_spot_is_closed_and_opens_again(self):
        self._place_line()
        event = self._leave()
        spot = self.juan.position_ids
        self.assertEqual(spot.state, "closed")
        self.assertEqual(self.carlos.position_ids.parent_id, spot)
        self.assertEqual(spot.distributor_id, self.juan)
        closed = self.Event.search([("position_id", "=", spot.id), ("cause_id", "=", event.id)])
        self.assertEqual(closed.kind, "position_closed")
        self._readmit(self.maria, self.Distributor)
        self.assertEqual(spot.state, "open")
        self.assert_laws()

    def test_spot_rolls_up(self):
        self._place_line()
        spot = self.juan.position_ids
        self._leave(placement="rollup")
        self.assertEqual(spot.state, "removed")
        self.assertFalse(self.juan.position_ids)
        self.assertEqual(self.carlos.position_ids.parent_id, self.maria.position_ids)
        self.assertEqual(self.carlos.position_ids.leg, "left")
        self.assert_laws()
        self._readmit(self.maria, self.Distributor)
        self.assertEqual(spot.state, "removed")
        self.assert_laws()

    def test_two_below_do_not_roll_up(self):
        self._place_line()
        self.Position._place(self.yenny, self.juan.position_ids, "right", self.joined)
        with self.assertRaisesRegex(UserError, "more than one"), self.cr.savepoint():
            self._leave(placement="rollup")
        self.env.invalidate_all()
        self.assertEqual(self.juan.state, "active")
        action = self.juan.action_terminate()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.placement = "rollup"
        self.assertIn("cannot roll up", form.preview)
        self.assert_laws()

    def _readmit(self, sponsor, downline):
        return self.juan._readmit(sponsor, "Asked to", self.back, downline=downline)

    def test_back_to_the_sponsor_with_the_downline(self):
        self._leave()
        self._readmit(self.maria, self.carlos | self.yenny)
        self.assertEqual((self.juan.state, self.juan.treatment), ("active", "earn"))
        self.assert_path(self.below, self.yenny, self.juan, self.maria, self.root)
        self.assert_path(self.carlos, self.juan, self.maria, self.root)
        between = self.back - timedelta(days=1)
        self.assertEqual(self.carlos._upline_ids(at=between), [self.maria.id, self.root.id])
        self.assertEqual(self.juan._upline_ids(at=between), [])
        self.assert_laws()

    def test_back_to_the_sponsor_alone(self):
        self._leave()
        self._readmit(self.maria, self.Distributor)
        self.assert_path(self.juan, self.maria, self.root)
        self.assert_path(self.carlos, self.maria, self.root)
        self.assertFalse(self.juan.child_ids)
        self.assert_laws()

    def test_back_to_another_with_the_downline(self):
        self._leave()
        self._readmit(self.pedro, self.carlos | self.yenny)
        self.assert_path(self.below, self.yenny, self.juan, self.pedro, self.root)
        self.assert_laws()

    def test_back_to_another_alone(self):
        self._leave()
        self._readmit(self.pedro, self.Distributor)
        self.assert_path(self.juan, self.pedro, self.root)
        self.assert_path(self.yenny, self.maria, self.root)
        self.assert_laws()

    def test_undone_at_the_same_moment(self):
        self._leave()
        self.juan._readmit(self.maria, "Typing error", self.left, self.carlos | self.yenny)
        self.assertEqual(
            self.carlos._upline_ids(at=self.left), [self.juan.id, self.maria.id, self.root.id]
        )
        self.assert_laws()

    def test_conflicts_person_by_person(self):
        self._leave()
        self.carlos._change_sponsor(self.pedro, "Asked to")
        self.carlos._change_sponsor(self.maria, "Asked to be back")
        former = {item["person"]: item for item in self.juan._get_former_frontline(self.maria)}
        self.assertFalse(former[self.yenny]["conflict"])
        self.assertIn("agreed to something else", former[self.carlos]["conflict"])
        with self.assertRaisesRegex(UserError, "Carlos cannot come back"):
            self._readmit(self.maria, self.carlos)
        with self.assertRaisesRegex(UserError, "was not sponsored by"):
            self._readmit(self.maria, self.below)

    def test_sponsor_out_of_the_own_downline(self):
        self._leave()
        former = {item["person"]: item for item in self.juan._get_former_frontline(self.below)}
        self.assertIn("above the new sponsor", former[self.yenny]["conflict"])
        self._readmit(self.below, self.carlos)
        self.assert_path(self.carlos, self.juan, self.below, self.yenny, self.maria, self.root)
        self.assert_laws()

    def test_sponsor_left_too(self):
        self._leave()
        self.maria._terminate("Resigns", self.left + timedelta(days=1))
        self.assert_path(self.carlos, self.root)
        former = {item["person"]: item for item in self.juan._get_former_frontline(self.root)}
        self.assertIn("somebody else left", former[self.carlos]["conflict"])
        with self.assertRaisesRegex(UserError, "has left the network"):
            self._readmit(self.maria, self.Distributor)
        self._readmit(self.root, self.Distributor)
        self.assert_laws()

    def test_not_before_the_departure(self):
        self._leave()
        with self.assertRaisesRegex(UserError, "cannot come back before"):
            self.juan._readmit(self.maria, "Test", self.left - timedelta(days=1))

    def test_leave_twice(self):
        self._leave()
        self._readmit(self.maria, self.carlos | self.yenny)
        self.juan._terminate("Resigns again")
        self.assert_path(self.carlos, self.maria, self.root)
        self.juan._readmit(self.pedro, "Once more", downline=self.carlos)
        self.assert_path(self.carlos, self.juan, self.pedro, self.root)
        self.assert_laws()

    def test_wizards(self):
        action = self.juan.action_terminate()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.reason = "Resigns"
        form.timing = "now"
        self.assertIn(self.carlos.display_name, form.preview)
        self.assertIn(self.maria.display_name, form.preview)
        form.save().action_confirm()
        self.assert_path(self.carlos, self.maria, self.root)
        self.carlos._change_sponsor(self.pedro, "Asked to")
        action = self.juan.action_readmit()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.reason = "Asked to"
        form.timing = "now"
        self.assertEqual(form.old_sponsor_id, self.maria)
        wizard = form.save()
        self.assertEqual(wizard.line_ids.filtered("comes_back").distributor_id, self.yenny)
        wizard.action_confirm()
        self.assert_path(self.yenny, self.juan, self.maria, self.root)
        self.assert_path(self.carlos, self.pedro, self.root)
        self.assert_laws()

    def test_planned_and_cancelled(self):
        later = fields.Datetime.now() + timedelta(days=3)
        operation = self.juan._terminate("Resigns", later, cause="expulsion")
        self.assertEqual(operation._name, "mlm.operation")
        self.assertEqual(self.juan.state, "active")
        self.assertIn("Termination", self.juan.planned_text)
        with self.assertRaisesRegex(UserError, "already planned"):
            self.juan._terminate("Resigns", later)
        operation.action_cancel()
        self.assertFalse(self.juan.planned_ids)
        with self.assertRaisesRegex(UserError, "no longer waiting"):
            operation.action_cancel()

    def test_planned_and_done(self):
        later = fields.Datetime.now() + timedelta(days=3)
        operation = self.juan._change_sponsor(self.pedro, "Asked to", later)
        self.env["mlm.operation"]._execute_due(self.network, until=later)
        self.assertEqual(operation.state, "done")
        self.assertEqual(self.juan.sponsor_id, self.pedro)
        event = self.juan.event_ids.filtered(lambda event: event.kind == "sponsor_changed")
        self.assertEqual(event.effective_at, later)
        self.assertEqual(event.author_id, self.env.user)

    def test_planned_and_impossible(self):
        later = fields.Datetime.now() + timedelta(days=3)
        operation = self.juan._change_sponsor(self.pedro, "Asked to", later)
        self.pedro._terminate("Resigns")
        self.env["mlm.operation"]._execute_due(self.network, until=later)
        self.assertEqual(operation.state, "failed")
        self.assertIn("has left the network", operation.error)
        self.assertEqual(self.juan.sponsor_id, self.maria)
        self.assertEqual(operation.activity_ids.user_id, self.env.user)
        self.assert_laws()

    def test_a_context_key_does_not_bring_the_future_forward(self):
        later = fields.Datetime.now() + timedelta(days=3)
        juan = self.juan.with_context(mlm_operation_running=True)
        self.assertEqual(juan._terminate("Resigns", later)._name, "mlm.operation")
        self.assertEqual(self.juan.state, "active")

    def test_planned_and_refused_by_the_database(self):
        """One that a constraint refuses is marked, and the next one is carried out."""
        later = fields.Datetime.now() + timedelta(days=3)
        refused = self.juan._change_sponsor(self.pedro, "Asked to", later)
        other = self.carlos._suspend("Test", later)
        cls = type(self.Distributor)

        def violate(record, *args, **kwargs):
            record.env.cr.execute(
                "INSERT INTO mlm_link (company_id, network_id, distributor_id, valid_from, recorded_at)"
                " SELECT company_id, network_id, id, joined_at, joined_at FROM mlm_distributor WHERE id = %s",
                [record.id],
            )

        with patch.object(cls, "_change_sponsor", violate), mute_logger("odoo.sql_db"):
            self.env["mlm.operation"]._execute_due(self.network, until=later)
        self.assertEqual(refused.state, "failed")
        self.assertIn("one sponsor at a time", refused.error)
        self.assertEqual(other.state, "done")
        self.assertEqual(self.carlos.state, "suspended")

    def test_no_circle_in_the_past_by_who_comes_back(self):
        """Carlos stood above Pedro for a while, and does not any more."""
        self._leave()
        self.pedro._change_sponsor(self.carlos, "Asked to", self.back + timedelta(days=14))
        self.pedro._change_sponsor(self.root, "Asked to", self.back + timedelta(days=31))
        with self.assertRaisesRegex(UserError, "later date"):
            self._readmit(self.pedro, self.carlos)
        later = self.back + timedelta(days=31)
        self.juan._readmit(self.pedro, "Asked to", later, downline=self.carlos)
        self.assert_path(self.carlos, self.juan, self.pedro, self.root)
        self.assert_laws()

    def test_wide_sponsor(self):
        """Twenty thousand in two statements, not in twenty thousand."""
        rows = [
            {"name": f"W{n}", "sponsor_id": self.juan.id, "joined_at": self.joined}
            for n in range(300)
        ]
        self.Distributor._enrol(rows)
        self.env.flush_all()
        count = self.cr.sql_log_count
        self._leave()
        self.env.flush_all()
        self.assertLess(self.cr.sql_log_count - count, 60)
        self.assert_laws()
