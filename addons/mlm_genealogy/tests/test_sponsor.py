from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestSponsor(GenealogyCommon):
    """The change of a sponsor from a date on, and the correction of an error."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.joined = datetime(2026, 1, 1)
        cls.old = cls.enrol("Old", joined_at=cls.joined)
        cls.new = cls.enrol("New", joined_at=cls.joined)
        cls.ana = cls.enrol("Ana", sponsor=cls.old, joined_at=cls.joined)
        cls.below = cls.enrol("Below", sponsor=cls.ana, joined_at=cls.joined)
        cls.deeper = cls.enrol("Deeper", sponsor=cls.below, joined_at=cls.joined)
        cls.moment = datetime(2026, 6, 1)

    def test_without_the_downline(self):
        event = self.ana._change_sponsor(self.new, "Asked to", self.moment, leave_downline=True)
        self.assert_path(self.ana, self.new, self.root)
        self.assert_path(self.deeper, self.below, self.old, self.root)
        relinked = self.Event.search([("cause_id", "=", event.id)])
        self.assertEqual(relinked.distributor_id, self.below)
        before = self.moment - timedelta(seconds=1)
        self.assertEqual(
            self.below._upline_ids(at=before), [self.ana.id, self.old.id, self.root.id]
        )
        self.assert_laws()

    def test_undone_by_a_change_back(self):
        self.ana._change_sponsor(self.new, "Asked to", self.moment)
        self.ana._change_sponsor(self.old, "Was an error", self.moment)
        self.assert_path(self.below, self.ana, self.old, self.root)
        self.assertEqual(self.ana._upline_ids(at=self.moment), [self.old.id, self.root.id])
        self.assert_laws()

    def test_correction_counts_from_the_beginning(self):
        event = self.ana._correct_sponsor(self.new, "Typing error at the enrolment")
        self.assertEqual(event.kind, "sponsor_corrected")
        self.assertEqual(event.effective_at, self.joined)
        self.assertEqual(self.ana._upline_ids(at=self.joined), [self.new.id, self.root.id])
        known = self.Link.search([("distributor_id", "=", self.ana.id)])
        self.assertEqual(len(known), 2)
        self.assertEqual(known.filtered("superseded_at").parent_distributor_id, self.old)
        self.assert_laws()

    def test_correction_over_several_changes(self):
        third = self.enrol("Third", joined_at=self.joined)
        self.ana._change_sponsor(third, "Asked to", self.moment)
        self.ana._change_sponsor(self.old, "Asked to", self.moment + timedelta(days=9))
        since = self.moment - timedelta(days=30)
        self.ana._correct_sponsor(self.new, "All of that was wrong", since)
        self.assertEqual(self.ana._upline_ids(at=self.moment), [self.new.id, self.root.id])
        self.assertEqual(
            self.ana._upline_ids(at=since - timedelta(seconds=1)), [self.old.id, self.root.id]
        )
        self.assert_laws()

    def test_closed_time_is_not_touched(self):
        earliest = datetime(2026, 5, 1)
        with patch.object(
            type(self.network), "_earliest_change", lambda network: earliest, create=True
        ):
            with self.assertRaisesRegex(UserError, "closed cycle"):
                self.ana._correct_sponsor(self.new, "Error", self.joined)
            with self.assertRaisesRegex(UserError, "closed cycle"):
                self.ana._change_sponsor(self.new, "Error", self.joined)
            with self.assertRaisesRegex(UserError, "closed cycle"):
                self.ana._suspend("Error", self.joined)
            self.ana._correct_sponsor(self.new, "Error")
        # otherwise from a date on
        self.assertEqual(self.ana._upline_ids(at=earliest), [self.new.id, self.root.id])
        before = earliest - timedelta(seconds=1)
        self.assertEqual(self.ana._upline_ids(at=before), [self.old.id, self.root.id])
        self.assert_laws()

    def test_no_circle_in_the_past(self):
        """New was below Ana until June: Ana cannot have been below New in May."""
        self.new._correct_sponsor(self.deeper, "Error")
        self.new._change_sponsor(self.root, "Asked to", self.moment)
        with self.assertRaisesRegex(UserError, "was in the downline"):
            self.ana._correct_sponsor(self.new, "Error")
        with self.assertRaisesRegex(UserError, "was in the downline"):
            self.ana._change_sponsor(self.new, "Error", self.moment - timedelta(days=1))
        self.ana._change_sponsor(self.new, "Asked to", self.moment)
        self.assert_path(self.deeper, self.below, self.ana, self.new, self.root)
        self.assert_laws()

    def test_not_before_the_sponsor_was_more_than_a_customer(self):
        buyer = self.enrol("Buyer", joined_at=self.joined, kind="customer")
        buyer._promote("distributor", "Asked to", self.moment)
        before = self.moment - timedelta(days=1)
        for change in (self.ana._change_sponsor, self.ana._correct_sponsor):
            with self.assertRaisesRegex(UserError, "was a customer"):
                change(buyer, "Asked to", before)
        self.ana._change_sponsor(buyer, "Asked to", self.moment)
        self.assert_path(self.below, self.ana, buyer, self.root)
        self.assert_laws()

    def test_not_before_the_sponsor_joined(self):
        late = self.enrol("Late", joined_at=datetime(2026, 4, 1))
        with self.assertRaisesRegex(UserError, "only been in the network since"):
            self.ana._correct_sponsor(late, "Error")
        self.ana._correct_sponsor(late, "Error", datetime(2026, 4, 1))
        with self.assertRaisesRegex(UserError, "before the sponsor"):
            self.enrol("Early", sponsor=late, joined_at=datetime(2026, 3, 1))
        self.assert_laws()

    def test_same_sponsor(self):
        with self.assertRaisesRegex(UserError, "already"):
            self.ana._change_sponsor(self.old, "Test")

    def test_wizard(self):
        action = self.ana.action_change_sponsor()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.sponsor_id = self.new
        form.reason = "Asked to"
        form.leave_downline = "without"
        self.assertIn("stay with", form.preview)
        self.assertIn(self.new.display_name, form.preview)
        form.save().action_confirm()
        self.assert_path(self.below, self.old, self.root)
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.act = "correct"
        form.sponsor_id = self.below
        form.reason = "Error"
        form.save().action_confirm()
        self.assert_path(self.ana, self.below, self.old, self.root)
        self.assert_laws()

    def test_wizard_shows_what_hinders(self):
        action = self.ana.action_change_sponsor()
        form = Form(self.env[action["res_model"]].with_context(**action["context"]))
        form.sponsor_id = self.deeper
        form.reason = "Test"
        self.assertIn("own downline", form.preview)
        with self.assertRaisesRegex(UserError, "own downline"):
            form.save().action_confirm()

    def test_only_a_manager(self):
        values = {"distributor_id": self.ana.id, "sponsor_id": self.new.id, "reason": "Test"}
        for group, allowed in (("support", False), ("auditor", False), ("manager", True)):
            user = new_test_user(
                self.env,
                f"{group}@sponsor",
                f"mlm_base.group_{group}",
                company_id=self.company.id,
                company_ids=self.company.ids,
            )
            model = self.env["mlm.sponsor.wizard"].with_user(user)
            if not allowed:
                with self.assertRaises(AccessError):
                    model.create(values)
                continue
            model.create(values).action_confirm()
        self.assertEqual(self.ana.sponsor_id, self.new)

    def test_suspended_holds_or_compresses(self):
        self.ana._suspend("Papers", self.moment, treatment="hold")
        self.assertEqual((self.ana.state, self.ana.treatment), ("suspended", "hold"))
        self.ana._reinstate("Papers are here", self.moment + timedelta(days=2))
        self.assertEqual((self.ana.state, self.ana.treatment), ("active", "earn"))
        self.ana._decease("Certificate", self.moment + timedelta(days=3))
        self.assertEqual((self.ana.state, self.ana.treatment), ("deceased", "hold"))
        self.assert_path(self.below, self.ana, self.old, self.root)
        event = self.ana.event_ids.filtered(lambda event: event.kind == "reinstated")
        self.assertEqual(event.before, {"state": "suspended", "treatment": "hold"})
        self.assert_laws()
