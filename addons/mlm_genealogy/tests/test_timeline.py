from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import new_test_user, tagged

from odoo.addons.mlm_base.internal import as_internal

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestTimeline(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.maria = cls.enrol("María", placement={"strategy": "left"})
        cls.juan = cls.enrol("Juan", sponsor=cls.maria)
        cls.people = cls.env["mlm.distributor"]
        for number in range(7):
            cls.people |= cls.enrol(f"Carlos {number}", sponsor=cls.juan)

    def test_story(self):
        document = self.env["ir.attachment"].create({"name": "letter.pdf", "raw": b"x"})
        self.juan._suspend("Under examination", treatment="hold")
        self.juan._reinstate("Nothing was found")
        self.juan._terminate("Wants to leave", document=document)
        story = self.juan.get_timeline()
        self.assertEqual(
            [event["kind"] for event in story["events"]],
            ["terminated", "reinstated", "suspended", "enrolled"],
        )
        left = story["events"][0]
        self.assertEqual(left["reason"], "Wants to leave")
        self.assertEqual(left["document"]["name"], "letter.pdf")
        self.assertEqual(left["author"], self.env.user.name)
        self.assertEqual((left["effect_count"], len(left["effects"])), (7, 5))
        self.assertIn(self.people[0].code, left["effects"][0]["who"])
        self.assertIn(self.maria.code, left["effects"][0]["summary"])
        self.assertEqual(story["total"], 4)

    def test_effect_names_its_cause(self):
        self.juan._terminate("Wants to leave")
        event = self.people[0].get_timeline()["events"][0]
        self.assertEqual(event["kind"], "relinked")
        self.assertIn(self.juan.code, event["cause"]["who"])

    def test_own_effect_is_told_below_its_cause(self):
        self.maria._terminate("Reason")
        story = self.maria.get_timeline()
        self.assertNotIn("position_closed", [event["kind"] for event in story["events"]])
        effect = story["events"][0]["effects"][0]
        self.assertFalse(effect["who"])
        self.assertIn("closed spot", effect["summary"])
        story = self.maria.get_timeline(kinds=["position_closed"])
        self.assertEqual(story["total"], 1)
        self.assertTrue(story["events"][0]["cause"])

    def test_filter_and_limit(self):
        self.juan._suspend("Reason")
        self.juan._reinstate("Reason")
        story = self.juan.get_timeline(kinds=["suspended", "enrolled"], limit=1)
        self.assertEqual([event["kind"] for event in story["events"]], ["suspended"])
        self.assertEqual(story["total"], 2)
        self.assertEqual(
            {one["kind"]: one["count"] for one in story["kinds"]},
            {"enrolled": 1, "suspended": 1, "reinstated": 1},
        )

    def test_every_kind_has_words_or_needs_none(self):
        """A summary is never wrong for want of values, whatever the kind."""
        later = self.juan.joined_at + timedelta(seconds=1)
        for kind, __ in self.Event._fields["kind"].selection:
            for values in ({}, {"sponsor": "000001", "parent": "000002", "slot": 3}):
                with self.subTest(kind=kind):
                    event = as_internal(self.Event).create(
                        {
                            "kind": kind,
                            "company_id": self.company.id,
                            "distributor_id": self.juan.id,
                            "effective_at": later,
                            "before": values,
                            "after": values,
                        }
                    )
                    self.assertIsInstance(event.summary or "", str)

    def _newest(self):
        return self.juan.get_timeline(limit=1)["events"][0]["summary"]

    def test_words(self):
        self.juan._change_sponsor(self.root, "Reason", leave_downline=True)
        self.assertEqual(
            self._newest(), f"from {self.maria.code} to {self.root.code}, without the downline"
        )
        self.juan._suspend("Reason", treatment="hold")
        self.assertEqual(self._newest(), "Earns, payout held")

    def test_who_reads(self):
        user = new_test_user(self.env, "timeline_employee", "base.group_user")
        with self.assertRaises(AccessError):
            self.juan.with_user(user).get_timeline()
