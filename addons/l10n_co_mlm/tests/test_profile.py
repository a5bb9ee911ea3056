# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date, timedelta

from psycopg2.errors import ExclusionViolation, UniqueViolation

from odoo import fields
from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import new_test_user, tagged
from odoo.tools import mute_logger

from .profile_common import ProfileCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class TestProfile(ProfileCommon):
    # -- what it says ------------------------------------------------------------

    def test_one_sentence(self):
        profile = self._profile()
        self.assertEqual(
            profile.summary,
            f"Natural person, not responsible for VAT, {self.bogota.name}, CIIU 4799",
        )
        profile.write({"resident": False, "municipality_id": False, "activity_id": False})
        self.assertEqual(
            profile.summary,
            "Natural person, not resident in Colombia, not responsible for VAT",
        )
        profile.write({"resident": True, "simple": True, "vat_responsible": True})
        self.assertEqual(
            profile.summary,
            "Natural person, responsible for VAT, SIMPLE regime, without municipality, "
            "without activity",
        )

    def test_contradictions(self):
        for values, words in (
            ({"simple": True, "resident": False}, "SIMPLE regime is for residents"),
            ({"simple": True, "art383": True}, "art. 383 does not apply"),
            ({"person": "legal", "art383": True}, "for natural persons"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, words),
                self.env.cr.savepoint(),
            ):
                self._profile(**values)

    def test_warnings_stop_nothing(self):
        for values, words in (
            ({"vat_responsible": True}, "must issue electronic invoices"),
            ({"simple": True}, "must issue electronic invoices"),
            ({"vat_responsible": True, "invoicer": True}, "usually files"),
            ({"resident": False, "invoicer": True}, "seldom responsible for VAT"),
            ({"self_withholder": True}, "seldom self-withholders"),
            ({"art383": True}, "doubtful for independent sellers"),
            ({"art383_exempt": True}, "count with the table of art. 383 only"),
            ({"municipality_id": False}, "Without a municipality"),
            ({"activity_id": False}, "Without an activity"),
        ):
            with self.subTest(values=values):
                profile = self._profile(confirm=True, **values)
                self.assertIn(words, profile.warning_text)
                self._as(profile, "accountant").action_reopen()
                profile.unlink()
        self.assertFalse(self._profile().warning_text)

    def test_document_and_person(self):
        profile = self._profile()
        self.assertEqual((profile.mlm_nit, profile.mlm_dv), ("52000222", "8"))
        self._document(self.maria, "900123456-8", "rut")
        self.assertEqual((profile.mlm_nit, profile.mlm_dv), ("900123456", "8"))
        self.assertIn("looks like the one of a company", profile.warning_text)
        self._document(self.maria, "AB12345", "passport")
        self.assertFalse(profile.mlm_nit or profile.mlm_dv)
        self.assertIn("foreign one", profile.warning_text)

    def test_company_needs_a_nit(self):
        profile = self._profile(person="legal", declarant=True, invoicer=True)
        self.assertTrue(profile.must_invoice)
        with self.assertRaisesRegex(UserError, "needs a NIT"):
            self._as(profile, "accountant").action_confirm()
        self._document(self.maria, "900123456-8", "rut")
        self._as(profile, "accountant").action_confirm()
        self.assertEqual(profile.state, "confirmed")

    def test_members_only(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        with self.assertRaisesRegex(ValidationError, "Stranger has no membership"):
            self.Profile.create({"partner_id": stranger.id})

    # -- states --------------------------------------------------------------------

    def test_confirmed_content_stays(self):
        profile = self._profile(role="support", confirm=True)
        self.assertEqual(profile.confirmed_by_id, self.users["accountant"])
        for role in ("support", "manager", "accountant", "admin"):
            with self.assertRaisesRegex(UserError, "Make a new version"):
                self._as(profile, role).declarant = True
        with self.assertRaises(UserError):
            self._as(profile, "accountant").unlink()
        with self.assertRaises(AccessError):
            self._as(profile, "support").date_to = "2026-12-31"
        self._as(profile, "accountant").date_to = "2026-12-31"
        self._as(profile, "support").note = "Called"
        with self.assertRaises(AccessError):
            self._as(profile, "accountant").state = "draft"
        with self.assertRaises(AccessError):
            self._as(profile, "accountant").partner_id = self.juan.partner_id

    def test_who_confirms(self):
        profile = self._profile()
        for role in ("support", "manager", "approver", "auditor"):
            with self.assertRaisesRegex(AccessError, "accountants and administrators"):
                self._as(profile, role).action_confirm()
        self._as(profile, "admin").action_confirm()
        self.assertEqual(profile.state, "confirmed")

    def test_nobody_says_what_is_withheld_from_himself(self):
        own = self.Profile.create({"partner_id": self.juan.partner_id.id})
        for role in ("support", "accountant", "admin"):
            self.users[role].partner_id = self.juan.partner_id
            with self.assertRaisesRegex(UserError, "is your own"):
                self._as(own, role).declarant = True
            with self.assertRaisesRegex(UserError, "is your own"):
                self._as(own, role).unlink()
            self.users[role].partner_id = self.env["res.partner"].create({"name": role})
        self.users["accountant"].partner_id = self.juan.partner_id
        for action in ("action_confirm", "action_reopen"):
            with self.assertRaisesRegex(UserError, "is your own"):
                getattr(self._as(own, "accountant"), action)()
        own.unlink()
        with self.assertRaisesRegex(UserError, "is your own"):
            self._as(self.Profile, "accountant").create({"partner_id": self.juan.partner_id.id})

    def test_new_version_ends_the_one_before(self):
        first = self._profile(confirm=True, declarant=True)
        context = self._as(first, "accountant").action_new_version()["context"]
        second = self._as(self.Profile, "accountant").with_context(**context).create({})
        self.assertEqual((second.declarant, second.state), (True, "draft"))
        self.assertEqual(second.date_from, fields.Date.context_today(second))
        self.assertFalse(first.date_to, "what is not confirmed changes nothing")
        self._as(second, "accountant").write({"date_from": "2026-07-01", "simple": True})
        self._as(second, "accountant").action_confirm()
        self.assertEqual(first.date_to, date(2026, 6, 30))
        payees = {
            day: self.Profile._get_payees(self.company, self.maria.partner_id, day)
            for day in (date(2025, 12, 31), date(2026, 6, 30), date(2026, 7, 1))
        }
        found = [payee[self.maria.partner_id.id].simple for payee in payees.values()]
        self.assertEqual(found, [False, False, True])
        missing = [payee[self.maria.partner_id.id].missing for payee in payees.values()]
        self.assertEqual(missing, [("profile",), (), ()])

    def test_one_at_a_time(self):
        self._profile(confirm=True)
        self._profile(date_from="2025-06-01")
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(UniqueViolation),
            self.env.cr.savepoint(),
        ):
            self._profile(date_from="2026-06-01")
        draft = self.Profile.search([("state", "=", "draft")])
        # without an end it would go on under the one that exists
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(ExclusionViolation),
            self.env.cr.savepoint(),
        ):
            self._as(draft, "accountant").action_confirm()
        draft.date_to = "2025-12-31"
        self._as(draft, "accountant").action_confirm()

    def test_used_is_fixed(self):
        profile = self._profile(confirm=True)
        other = self._profile(self.juan, confirm=True)
        self._balanced_sales()
        run = self._posted()
        day = run.period_id.pay_date
        self.assertEqual(profile.used_until, day)
        self.assertFalse(other.used_until, "JUAN was paid nothing")
        with self.assertRaisesRegex(UserError, "Make a new version"):
            self._as(profile, "accountant").action_reopen()
        with (
            self.assertRaisesRegex(UserError, "cannot end before that day"),
            self.env.cr.savepoint(),
        ):
            self._as(profile, "accountant").date_to = day - timedelta(days=1)
        version = self._profile(date_from=day)
        with (
            self.assertRaisesRegex(UserError, "cannot end before that day"),
            self.env.cr.savepoint(),
        ):
            self._as(version, "accountant").action_confirm()
        version.date_from = day + timedelta(days=1)
        self._as(version, "accountant").action_confirm()
        self.assertEqual(profile.date_to, day)
        self.assertFalse(version.used_until)
        self._as(other, "accountant").action_reopen()
        self.assertEqual(other.state, "draft")

    def test_posted_before_it_was_confirmed_is_no_use(self):
        self._posted_earlier()
        late = self._profile(confirm=True)
        self.assertFalse(late.used_until)
        self._as(late, "accountant").action_reopen()

    def test_changes_are_tracked(self):
        tracked = self.Profile.with_context(tracking_disable=False, mail_notrack=False)
        profile = tracked.create({"partner_id": self.maria.partner_id.id})
        self.flush_tracking()
        profile.declarant = True
        self.flush_tracking()
        self.env.invalidate_all()
        values = profile.message_ids.sudo().tracking_value_ids
        self.assertIn("declarant", values.field_id.mapped("name"))

    def flush_tracking(self):
        self.env.flush_all()
        self.cr.precommit.run()

    def test_merged_contacts(self):
        profile = self._profile(confirm=True)
        old = self.maria.partner_id
        heir = self.env["res.partner"].create({"name": "Heir"})
        self.maria._transfer(heir, reason="Estate")
        own = self.Profile.create({"partner_id": heir.id})
        wizards = self._as(self.env["base.partner.merge.automatic.wizard"], "manager")
        wizard = wizards.create({}).sudo()
        with self.assertRaisesRegex(UserError, "tax profiles of their own"):
            wizard._merge((old | heir).ids, heir)
        own.unlink()
        wizard._merge((old | heir).ids, heir)
        self.assertEqual(profile.partner_id, heir)

    # -- rights --------------------------------------------------------------------

    def test_roles(self):
        profile = self._profile()
        for role in ("support", "manager", "accountant", "admin"):
            self._as(profile, role).note = role
        for role in ("approver", "auditor"):
            self._as(profile, role).read(["summary", "warning_text", "mlm_nit", "rut_day"])
            with self.assertRaises(AccessError):
                self._as(profile, role).note = role
        for role in ("warehouse",):
            with self.assertRaises(AccessError):
                self._as(profile, role).read(["summary"])
        portal = new_test_user(self.env, "profile_portal", "base.group_portal")
        portal.partner_id = self.maria.partner_id
        for model in ("mlm.co.profile", "mlm.co.gap", "mlm.co.profile.import"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).sudo(False).search([])

    def test_other_companies(self):
        profile = self._profile()
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "profile_stranger",
            "base.group_user,mlm_base.group_admin,mlm_base.group_accountant",
            company_id=other.id,
            company_ids=[(6, 0, other.ids)],
        )
        found = self.Profile.with_user(stranger).sudo(False)
        found = found.with_context(allowed_company_ids=other.ids)
        self.assertFalse(found.search([]))
        with self.assertRaises(AccessError):
            found.browse(profile.id).read(["summary"])
