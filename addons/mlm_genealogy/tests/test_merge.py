from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestMerge(GenealogyCommon):
    """ANA was enrolled twice: once above, and again below BEA, whom she sponsors."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = fields.Datetime.now()
        cls.since = cls.now - timedelta(days=90)
        cls.ana = cls._member("Ana", cls.root, "left", email="ana@example.com")
        cls.bea = cls._member("Bea", cls.ana, "left")
        cls.double = cls._member("Ana M.", cls.bea, "left", email="other@example.com")
        cls.eva = cls._member("Eva", cls.double, "left")
        cls.ivo = cls._member("Ivo", cls.double)
        cls.far = cls._member("Far", cls.root, "right")

    @classmethod
    def _member(cls, name, sponsor, leg=None, **values):
        if leg:
            values["placement"] = {"strategy": leg, "at": cls.since}
        return cls.enrol(name, sponsor=sponsor, joined_at=cls.since, **values)

    def _user(self, role, groups="base.group_user,"):
        return new_test_user(
            self.env,
            f"merge_{role}",
            f"{groups}mlm_base.group_{role}",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_survivor_above_takes_the_frontline(self):
        moment = self.now - timedelta(days=3)
        event = self.double._merge_into(self.ana, "Same person", moment)
        self.assertEqual((self.double.state, self.double.merged_into_id), ("terminated", self.ana))
        self.assertEqual((self.eva | self.ivo).sponsor_id, self.ana)
        self.assertEqual(self.double.position_ids.state, "closed")
        self.assertEqual(self.eva.position_ids.parent_id, self.double.position_ids)
        self.assertEqual(self.ana.code, event.after["survivor"])
        relinked = self.Event.search([("cause_id", "=", event.id), ("kind", "=", "relinked")])
        self.assertEqual(relinked.distributor_id, self.eva | self.ivo)
        ended = self.double.event_ids.filtered(lambda one: one.kind == "terminated")
        self.assertEqual(ended.after["cause"], "merge")
        self.assertEqual(self.eva._upline_ids(moment - timedelta(days=1))[0], self.double.id)
        with self.assertRaisesRegex(UserError, "continues as"):
            self.double._readmit(self.root, "R")
        self.assert_laws()

    def test_survivor_in_another_line(self):
        self.double._merge_into(self.far, "Same person")
        self.assertEqual((self.eva | self.ivo).sponsor_id, self.bea)
        self.assertFalse(self.far.child_ids)
        self.assert_laws()

    def test_survivor_below(self):
        self.ana._merge_into(self.double, "Same person")
        self.assertEqual(self.bea.sponsor_id, self.root)
        self.assertEqual(self.double.sponsor_id, self.bea)
        self.assertEqual(self.eva.sponsor_id, self.double)
        self.assert_laws()

    def test_roll_up(self):
        spot = self.double.position_ids
        self.double._merge_into(self.ana, "Same person", placement="rollup")
        self.assertEqual(spot.state, "removed")
        self.assertEqual(self.eva.position_ids.parent_id, self.bea.position_ids)
        self.assert_laws()

    def test_refused(self):
        customer = self.enrol("C", kind="customer")
        below = self.enrol("CC", kind="customer", sponsor=self.bea)
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        stranger = (
            self.env["mlm.distributor"]
            .with_context(allowed_company_ids=other.ids)
            ._enrol([{"name": "S", "company_id": other.id}])
        )
        for survivor, text in (
            (self.double, "Choose another"),
            (self.Distributor, "Choose the membership"),
            (stranger, "another network"),
        ):
            with self.assertRaisesRegex(UserError, text):
                self.double._merge_into(survivor, "R")
        with self.assertRaisesRegex(UserError, "head of a tree"):
            self.root._merge_into(self.ana, "R")
        with self.assertRaisesRegex(UserError, "reason"):
            self.double._merge_into(self.ana, "")
        # customers have no downline: it closes up to the sponsor
        self.double._merge_into(customer, "R")
        self.assertEqual(self.eva.sponsor_id, self.bea)
        with self.assertRaisesRegex(UserError, "Merge into that one"):
            below._merge_into(self.double, "R")
        self.assert_laws()

    def test_backdated_before_the_survivor_was_above(self):
        moved = self.now - timedelta(days=5)
        self.bea._change_sponsor(self.far, "R", moved)
        with self.assertRaisesRegex(UserError, "was not above"):
            self.double._merge_into(self.far, "R", moved - timedelta(days=1))
        self.double._merge_into(self.far, "Same person", self.now - timedelta(days=1))
        self.assertEqual(self.eva.sponsor_id, self.far)
        self.assert_laws()

    def test_chain_of_merges(self):
        self.ivo._merge_into(self.double, "R")
        self.double._merge_into(self.ana, "R")
        user = new_test_user(self.env, "merge_ivo", "base.group_portal")
        user.partner_id = user.partner_id
        self.env.cr.execute(
            "UPDATE res_users SET partner_id = %s WHERE id = %s",
            [self.ivo.partner_id.id, user.id],
        )
        user.invalidate_recordset(["partner_id"])
        self.assertEqual(self.Distributor._current_for_user(user), self.ana)

    def test_co_holders_end(self):
        spouse = self.env["res.partner"].create({"name": "Spouse"})
        self.double._add_co_holder(spouse, "R")
        self.double._merge_into(self.ana, "R")
        self.assertFalse(self.double.co_holder_ids)
        self.ana._add_co_holder(spouse, "R")

    def test_planned(self):
        operation = self.double._merge_into(self.ana, "R", self.now + timedelta(days=2))
        self.assertEqual(self.double.state, "active")
        operation.sudo()._execute()
        self.assertEqual((operation.state, operation.error), ("done", False))
        self.assertEqual(self.double.merged_into_id, self.ana)

    def test_wizard(self):
        manager = self._user("manager")
        self.double.partner_id.email = "ana@example.com"
        context = self.double.action_merge()["context"]
        form = Form(self.env["mlm.merge.wizard"].with_user(manager).with_context(**context))
        self.assertEqual(form.survivor_id, self.ana)
        self.assertIn(self.bea.display_name, form.comparison)
        self.assertIn(self.eva.display_name, form.preview)
        self.assertIn(self.double.position_ids.code, form.preview)
        form.survivor_id = self.far
        self.assertIn("different lines", form.preview)
        form.survivor_id = self.ana
        form.timing = "now"
        form.reason = "Same person"
        form.save().action_confirm()
        merged = self.double.event_ids.filtered(lambda event: event.kind == "merged")
        self.assertEqual(merged.author_id, manager)
        self.assertIn(self.ana.code, merged.summary)

    def test_who_may(self):
        for user in (self._user("support"), new_test_user(self.env, "p", "base.group_portal")):
            with self.assertRaises(AccessError):
                self.env["mlm.merge.wizard"].with_user(user).create(
                    {"distributor_id": self.double.id, "survivor_id": self.ana.id, "reason": "R"}
                )
