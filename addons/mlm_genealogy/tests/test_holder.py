from datetime import timedelta

from dateutil.relativedelta import relativedelta
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import GenealogyCommon


@tagged("post_install", "-at_install")
class TestHolder(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.now = fields.Datetime.now()
        cls.since = cls.now - timedelta(days=100)
        cls.ana = cls.enrol(
            "Ana", joined_at=cls.since, placement={"strategy": "left", "at": cls.since}
        )
        cls.bea = cls.enrol("Bea", sponsor=cls.ana)
        cls.person = cls.ana.partner_id
        cls.heir = cls.env["res.partner"].create({"name": "Heir", "vat": "1"})
        cls.Holder = cls.env["mlm.holder"]

    def _event(self, kind, member=None):
        return (member or self.ana).event_ids.filtered(lambda event: event.kind == kind)

    def _manager(self):
        return new_test_user(
            self.env,
            "holder_manager",
            "base.group_user,mlm_base.group_manager",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    # -- rows --------------------------------------------------------------

    def test_enrolment_writes_the_first_row(self):
        row = self.ana.holder_ids
        self.assertEqual(row.partner_id, self.person)
        self.assertEqual((row.role, row.valid_from, row.valid_to), ("holder", self.since, False))
        self.assertEqual(row.event_id, self._event("enrolled"))
        self.assert_laws()

    def test_rows_are_guarded(self):
        for statement in (
            "UPDATE mlm_holder SET partner_id = %s WHERE distributor_id = %s",
            "DELETE FROM mlm_holder WHERE %s > 0 AND distributor_id = %s",
            "TRUNCATE mlm_holder -- %s %s",
        ):
            with (
                mute_logger("odoo.sql_db"),
                self.assertRaisesRegex(IntegrityError, "history"),
                self.env.cr.savepoint(),
            ):
                self.env.cr.execute(statement, [self.heir.id, self.ana.id])
        with self.assertRaisesRegex(UserError, "part of the history"):
            self.ana.holder_ids.unlink()

    def test_one_holder_at_a_time(self):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            self.Holder._open(self.ana, self.heir, "holder", self.now, self.ana.event_ids[0])
            self.env.flush_all()

    # -- transfer ----------------------------------------------------------

    def test_transfer(self):
        moment = self.now - timedelta(days=10)
        self.ana._transfer(self.heir, "Sold", moment)
        self.assertEqual(self.ana.partner_id, self.heir)
        self.assertEqual(self.ana._holder_at(moment - timedelta(seconds=1)), self.person)
        self.assertEqual(self.ana._holder_at(moment), self.heir)
        self.assertEqual(self.ana._holder_at(self.since - timedelta(days=1)), self.person)
        both = (self.ana | self.bea)._holders_at(self.now)
        self.assertEqual(both, {self.ana.id: self.heir, self.bea.id: self.bea.partner_id})
        event = self._event("transferred")
        self.assertEqual(event.before, {"partner_id": self.person.id})
        self.assertEqual(event.after, {"partner_id": self.heir.id})
        self.assertIn("Heir", event.summary)
        self.assertEqual(self.bea.sponsor_id, self.ana)
        self.assertTrue(self.ana.position_ids)
        # the person who left the code may be enrolled anew
        self.assertTrue(self.enrol("", partner_id=self.person.id))
        self.assert_laws()

    def test_transfer_back_on_the_same_moment(self):
        moment = self.now - timedelta(days=10)
        self.ana._transfer(self.heir, "Sold", moment)
        self.ana._transfer(self.person, "Not sold", moment)
        self.assertEqual(self.ana._holder_at(moment), self.person)
        self.assert_laws()

    def test_transfer_refused(self):
        with self.assertRaisesRegex(UserError, f"already enrolled as {self.bea.code}"):
            self.ana._transfer(self.bea.partner_id, "R")
        with self.assertRaisesRegex(UserError, "already holds this membership"):
            self.ana._transfer(self.person, "R")
        with self.assertRaisesRegex(UserError, "reason"):
            self.ana._transfer(self.heir, " ")
        with self.assertRaisesRegex(UserError, "nothing takes effect earlier"):
            self.ana._transfer(self.heir, "R", self.since - timedelta(days=1))
        self.ana._transfer(self.heir, "R", self.now - timedelta(days=5))
        with self.assertRaisesRegex(UserError, "cannot end earlier"):
            self.ana._transfer(self.person, "R", self.now - timedelta(days=6))
        other = self.env["res.company"].create({"name": "Other"})
        stranger = self.env["res.partner"].create({"name": "S", "company_id": other.id})
        with self.assertRaisesRegex(UserError, "another company"):
            self.ana._transfer(stranger, "R")
        self.bea._terminate("R")
        with self.assertRaisesRegex(UserError, "is terminated"):
            self.bea._transfer(self.env["res.partner"].create({"name": "N"}), "R")

    def test_planned(self):
        later = self.now + timedelta(days=3)
        operation = self.ana._transfer(self.heir, "R", later)
        self.assertEqual(operation._name, "mlm.operation")
        self.assertEqual(self.ana.partner_id, self.person)
        operation.sudo()._execute()
        self.assertEqual(operation.state, "done", operation.error)
        self.assertEqual(self.ana.partner_id, self.heir)

    def test_heir(self):
        death = self.now - timedelta(days=40)
        self.ana._decease("Certificate", death)
        self.assertEqual(self.ana._get_heir_deadline(), death + relativedelta(months=12))
        self.ana._transfer(self.heir, "Will", self.now - timedelta(days=1))
        self.assertEqual((self.ana.state, self.ana.treatment), ("active", "earn"))
        event = self._event("transferred")
        self.assertEqual(event.before["state"], "deceased")
        self.assertEqual(event.after["state"], "active")
        self.assertEqual(self.ana._holder_at(self.now - timedelta(days=2)), self.person)

    def test_heir_too_late(self):
        self.network.heir_months = 1
        self.ana._decease("Certificate", self.now - timedelta(days=40))
        with self.assertRaisesRegex(UserError, "Terminate the membership"):
            self.ana._transfer(self.heir, "Will")
        wizard = self.env["mlm.transfer.wizard"].create(
            {"distributor_id": self.ana.id, "partner_id": self.heir.id, "reason": "R"}
        )
        self.assertIn("Terminate the membership", wizard.preview)
        self.network.heir_months = 0
        self.ana._transfer(self.heir, "Will")
        self.assertEqual(self.ana.state, "active")

    # -- co-holders --------------------------------------------------------

    def _spouse(self):
        return new_test_user(
            self.env,
            "holder_spouse",
            "base.group_portal",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_co_holder_logs_in(self):
        user = self._spouse()
        as_spouse = self.Distributor.with_user(user).with_company(self.company)
        self.assertFalse(as_spouse._current_for_user(user))
        begin, end = self.now - timedelta(days=9), self.now - timedelta(days=3)
        self.ana._add_co_holder(user.partner_id, "Married", begin)
        self.assertEqual(self.ana.co_holder_ids, user.partner_id)
        self.assertEqual(as_spouse._current_for_user(user), self.ana)
        self.assertEqual(self.ana._holder_at(self.now), self.person)
        self.ana._end_co_holder(user.partner_id, "Divorced", end)
        self.assertFalse(self.ana.co_holder_ids)
        self.assertFalse(as_spouse._current_for_user(user))
        row = self.ana.holder_ids.filtered(lambda one: one.role == "co_holder")
        self.assertEqual((row.valid_from, row.valid_to), (begin, end))
        self.assertTrue(self._event("co_holder_added") and self._event("co_holder_ended"))
        with self.assertRaisesRegex(UserError, "Choose that date or later"):
            self.ana._add_co_holder(user.partner_id, "Again", end - timedelta(days=1))
        with self.assertRaisesRegex(UserError, "not a co-holder"):
            self.ana._end_co_holder(user.partner_id, "Again")
        self.ana._add_co_holder(user.partner_id, "Again", end)
        self.assert_laws()

    def test_co_holder_refused(self):
        self.ana._add_co_holder(self.heir, "R")
        with self.assertRaisesRegex(UserError, "already holds this membership"):
            self.ana._add_co_holder(self.heir, "R")
        with self.assertRaisesRegex(UserError, f"co-holder of {self.ana.code}"):
            self.bea._add_co_holder(self.heir, "R")

    def test_co_holder_takes_over(self):
        self.ana._add_co_holder(self.heir, "Married")
        self.ana._transfer(self.heir, "Will")
        self.assertEqual(self.ana.partner_id, self.heir)
        self.assertFalse(self.ana.co_holder_ids)
        self.assert_laws()

    def test_own_code_first(self):
        user = self._spouse()
        own = self.enrol("", partner_id=user.partner_id.id)
        self.ana._add_co_holder(user.partner_id, "Married")
        as_spouse = self.Distributor.with_user(user).with_company(self.company)
        self.assertEqual(as_spouse._current_for_user(user), own)

    def test_lines_cross(self):
        cousin = self.enrol("Cousin", placement={"strategy": "right"})
        self.assertTrue(self.ana._lines_cross(self.bea))
        self.assertTrue(self.bea._lines_cross(self.ana))
        self.assertFalse(self.ana._lines_cross(cousin))
        below = self.enrol(
            "Below", placement={"parent_id": self.ana.position_ids.id, "leg": "left"}
        )
        self.assertFalse(below.sponsor_id == self.ana)
        self.assertTrue(self.ana._lines_cross(below))
        for partner, text in ((self.bea.partner_id, "is below"), (cousin.partner_id, "do not")):
            wizard = self.env["mlm.co.holder.wizard"].create(
                {"distributor_id": self.ana.id, "partner_id": partner.id, "reason": "R"}
            )
            self.assertIn(text, wizard.preview)

    # -- merge of contacts -------------------------------------------------

    def test_merge_of_contacts(self):
        double = self.env["res.partner"].create({"name": "Ana"})
        self.ana._add_co_holder(self.heir, "Married")
        merge = self.env["base.partner.merge.automatic.wizard"]
        merge._merge((self.person | double).ids, double, extra_checks=False)
        self.assertEqual(self.ana.partner_id, double)
        self.assertEqual(self.ana._holder_at(self.now), double)
        merge._merge((double | self.heir).ids, double, extra_checks=False)
        self.assertFalse(self.ana.co_holder_ids)
        self.assertEqual(self.ana.partner_id, double)
        self.assert_laws()
        self._assert_guarded(double)

    def test_merge_with_a_former_holder(self):
        moment = self.now - timedelta(days=10)
        eva = self.enrol("Eva", joined_at=self.since)
        self.ana._transfer(self.heir, "Sold", moment)
        merge = self.env["base.partner.merge.automatic.wizard"]
        with self.assertRaisesRegex(UserError, "at the same time"):
            merge._merge((self.person | eva.partner_id).ids, None, extra_checks=False)

    def _assert_guarded(self, partner):
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaisesRegex(IntegrityError, "history"),
            self.env.cr.savepoint(),
        ):
            self.env.cr.execute(
                "UPDATE mlm_holder SET partner_id = %s WHERE distributor_id = %s",
                [partner.id, self.bea.id],
            )

    # -- promotion ---------------------------------------------------------

    def test_promote(self):
        customer = self.enrol("C", kind="customer", joined_at=self.since)
        first = self.now - timedelta(days=5)
        customer._promote("preferred", "Asked", first)
        with self.assertRaisesRegex(UserError, "Choose that date or later"):
            customer._promote("distributor", "Asked", first - timedelta(days=1))
        customer._promote("distributor", "Asked", first + timedelta(days=1))
        self.assertEqual(customer.kind, "distributor")
        events = self._event("kind_changed", customer)
        self.assertEqual(
            sorted((event.before["kind"], event.after["kind"]) for event in events),
            [("customer", "preferred"), ("preferred", "distributor")],
        )
        self.assertTrue(self.enrol("D", sponsor=customer))
        with self.assertRaisesRegex(UserError, "already"):
            customer._promote("distributor", "Asked")
        with self.assertRaisesRegex(UserError, "cannot go back"):
            customer._promote("preferred", "Asked")
        self.assert_laws()

    # -- wizards and rights ------------------------------------------------

    def test_wizards(self):
        manager = self._manager()
        customer = self.enrol("C", kind="customer")
        for member, action, values, kind in (
            (self.ana, "action_co_holder", {"partner_id": self.heir}, "co_holder_added"),
            (self.ana, "action_co_holder", {"act": "end"}, "co_holder_ended"),
            (self.ana, "action_transfer", {"partner_id": self.heir}, "transferred"),
            (customer, "action_promote", {"kind": "distributor"}, "kind_changed"),
        ):
            context = getattr(member, action)()["context"]
            model = getattr(member, action)()["res_model"]
            form = Form(self.env[model].with_user(manager).with_context(**context))
            for name, value in values.items():
                setattr(form, name, value)
            form.timing = "now"
            form.reason = "By the wizard"
            self.assertNotIn("fa-times-circle", form.preview)
            form.save().action_confirm()
            self.assertEqual(self._event(kind, member).author_id, manager, kind)

    def test_preview_of_a_transfer(self):
        wizard = self.env["mlm.transfer.wizard"].create(
            {"distributor_id": self.ana.id, "partner_id": self.heir.id, "reason": "R"}
        )
        self.assertIn(self.ana.position_ids.code, wizard.preview)
        self.assertIn("stay with Ana", wizard.preview)
        wizard.partner_id = self.bea.partner_id
        self.assertIn("already enrolled", wizard.preview)

    def test_who_may(self):
        support = new_test_user(
            self.env,
            "holder_support",
            "base.group_user,mlm_base.group_support",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )
        portal = self._spouse()
        for model in ("mlm.transfer.wizard", "mlm.co.holder.wizard", "mlm.promote.wizard"):
            for user in (support, portal):
                with self.assertRaises(AccessError):
                    self.env[model].with_user(user).create({"distributor_id": self.ana.id})
        self.assertTrue(self.Holder.with_user(support).search([]))
        for operation in ("write", "create", "unlink"):
            self.assertFalse(self.Holder.with_user(support).has_access(operation))
        with self.assertRaises(AccessError):
            self.Holder.with_user(portal).search([])
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "holder_stranger",
            "base.group_user,mlm_base.group_admin",
            company_id=other.id,
            company_ids=other.ids,
        )
        found = self.Holder.with_user(stranger).with_context(allowed_company_ids=other.ids)
        self.assertFalse(found.search([]))
