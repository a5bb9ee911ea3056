from datetime import timedelta

from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import GenealogyCommon

PDF = "JVBERi0xLjQKJcOkw7zDtsOfCg=="


@tagged("post_install", "-at_install")
class TestContract(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.Contract = cls.env["mlm.contract"]
        cls.Acceptance = cls.env["mlm.contract.acceptance"]
        cls.ana = cls.enrol("Ana")
        cls.first = cls._text("1")
        cls.first.action_publish()

    @classmethod
    def _text(cls, number, kind="distributor"):
        return cls.Contract.create(
            {"kind": kind, "number": number, "name": "Contract", "body": f"<p>Text {number}</p>"}
        )

    def _user(self, role):
        return new_test_user(
            self.env,
            f"contract_{role}",
            f"base.group_user,mlm_base.group_{role}",
            company_id=self.company.id,
            company_ids=self.company.ids,
        )

    def test_published_text_is_fixed(self):
        for values in ({"body": "<p>Other</p>"}, {"name": "Other"}, {"number": "9"}):
            with self.assertRaisesRegex(UserError, "Duplicate it"):
                self.first.write(values)
        self.env["res.lang"]._activate_lang("es_CO")
        with self.assertRaisesRegex(UserError, "Duplicate it"):
            self.first.update_field_translations("name", {"es_CO": "Otro"})
        with self.assertRaisesRegex(UserError, "Duplicate it"):
            self.first.unlink()

    def test_next_version_retires_the_first(self):
        second = self.first.copy()
        self.assertEqual((second.state, second.number), ("draft", "1 (copy)"))
        second.action_publish()
        self.assertEqual((self.first.state, second.state), ("retired", "published"))
        self.assertTrue(self.first.retired_at)
        with (
            mute_logger("odoo.sql_db"),
            self.assertRaises(IntegrityError),
            self.env.cr.savepoint(),
        ):
            as_internal(self.first).write({"state": "published"})
            self.env.flush_all()

    def test_empty_text(self):
        empty = self.Contract.create({"kind": "privacy", "number": "1", "name": "P"})
        with self.assertRaisesRegex(UserError, "no text yet"):
            empty.action_publish()

    def test_accept(self):
        self.assertEqual(self.ana.waiting_contract_ids, self.first)
        record = self.Acceptance._accept(self.ana, self.first, "portal", ip="203.0.113.9")
        self.assertEqual((record.channel, record.ip_address), ("portal", "203.0.113.9"))
        self.assertTrue(record.is_text_intact)
        self.assertFalse(self.ana.waiting_contract_ids)
        event = self.ana.event_ids.filtered(lambda one: one.kind == "contract_accepted")
        self.assertEqual(event.after, {"contract_id": self.first.id, "contract": "1"})
        self.assertFalse(self.Acceptance._accept(self.ana, self.first, "portal"))
        second = self._text("2")
        second.action_publish()
        self.ana.invalidate_recordset(["waiting_contract_ids"])
        self.assertEqual(self.ana.waiting_contract_ids, second)
        with self.assertRaisesRegex(UserError, "not in force"):
            self.Acceptance._accept(self.enrol("Eva", acceptance="later"), self.first, "staff")
        with self.assertRaisesRegex(UserError, "on record"):
            record.write({"ip_address": "198.51.100.1"})

    def test_new_holder_accepts_anew(self):
        before = fields.Datetime.now() - timedelta(days=2)
        eva = self.enrol("Eva", joined_at=before, acceptance="later")
        self.Acceptance._accept(eva, self.first, "staff", accepted_at=before)
        self.assertFalse(eva.waiting_contract_ids)
        heir = self.env["res.partner"].create({"name": "Heir"})
        eva._transfer(heir, "Sold", before + timedelta(days=1))
        self.assertEqual(eva.waiting_contract_ids, self.first)
        self.assertTrue(self.Acceptance._accept(eva, self.first, "staff"))
        self.assertFalse(eva.waiting_contract_ids)
        self.assertEqual(len(eva.acceptance_ids), 2)

    def test_text_in_the_language_of_who_accepts(self):
        self.env["res.lang"]._activate_lang("es_CO")
        text = self._text("3", kind="privacy")
        text.with_context(lang="es_CO").body = "<p>Texto 3</p>"
        text.action_publish()
        english = self.Acceptance.with_context(lang="en_US")._accept(self.ana, text, "staff")
        eva = self.enrol("Eva", acceptance="later")
        spanish = self.Acceptance.with_context(lang="es_CO")._accept(eva, text, "staff")
        self.assertEqual((english.lang, spanish.lang), ("en_US", "es_CO"))
        self.assertNotEqual(english.text_digest, spanish.text_digest)
        self.assertTrue(spanish.is_text_intact)
        self.env.flush_all()
        self.env.cr.execute(
            """UPDATE mlm_contract SET body = jsonb_set(body, '{es_CO}', '"<p>X</p>"')
                WHERE id = %s""",
            [text.id],
        )
        self.env.invalidate_all()
        self.assertTrue(english.is_text_intact)
        self.assertFalse(spanish.is_text_intact)

    def test_customer_signs_no_distributor_contract(self):
        privacy = self._text("1", kind="privacy")
        privacy.action_publish()
        customer = self.enrol("C", kind="customer", acceptance="later")
        self.assertEqual(customer.waiting_contract_ids, privacy)
        self.assertEqual(self.ana.waiting_contract_ids, self.first | privacy)

    def test_enrolment_asks(self):
        form = Form(self.env["mlm.enrol.wizard"])
        form.name = "Eva"
        form.sponsor_id = self.root
        form.acceptance = "in_person"
        wizard = form.save()
        wizard.acceptance = False
        with self.assertRaisesRegex(UserError, "must be accepted"):
            wizard.action_enrol()
        wizard.acceptance = "paper"
        with self.assertRaisesRegex(UserError, "Upload the signed document"):
            wizard.action_enrol()
        wizard.signed_document = PDF
        wizard.signed_document_name = "signed.pdf"
        eva = self.Distributor.browse(wizard.action_enrol()["res_id"])
        acceptance = eva.acceptance_ids
        self.assertEqual(acceptance.contract_id, self.first)
        self.assertEqual(acceptance.attachment_id.res_id, acceptance.id)

    def test_wizard_of_somebody_enrolled(self):
        context = self.ana.action_accept_contracts()["context"]
        support = self._user("support")
        wizard = self.env["mlm.contract.wizard"].with_user(support).with_context(**context)
        wizard.create({"acceptance": "in_person"}).action_confirm()
        self.assertEqual(self.ana.acceptance_ids.author_id, support)

    def test_who_may(self):
        self.Acceptance._accept(self.ana, self.first, "staff")
        for role in ("support", "auditor", "manager"):
            self.assertTrue(self.Acceptance.with_user(self._user(role)).search([]))
        for role in ("warehouse", "accountant"):
            with self.assertRaises(AccessError):
                self.Acceptance.with_user(self._user(role)).search([])
        support = self.env.ref("base.user_admin").search([("login", "=", "contract_support")])
        draft = self._text("4")
        with self.assertRaises(AccessError):
            draft.with_user(support).action_publish()
        with self.assertRaises(AccessError):
            self.Acceptance.with_user(support).create({"distributor_id": self.ana.id})
        portal = new_test_user(self.env, "contract_portal", "base.group_portal")
        for model in ("mlm.contract", "mlm.contract.acceptance", "mlm.contract.wizard"):
            with self.assertRaises(AccessError):
                self.env[model].with_user(portal).search([])

    def test_other_company(self):
        other = self.env["res.company"].create({"name": "Other"})
        stranger = new_test_user(
            self.env,
            "contract_stranger",
            "base.group_user,mlm_base.group_admin",
            company_id=other.id,
            company_ids=other.ids,
        )
        self.Acceptance._accept(self.ana, self.first, "staff")
        for model in ("mlm.contract", "mlm.contract.acceptance"):
            found = self.env[model].with_user(stranger).with_context(allowed_company_ids=other.ids)
            self.assertFalse(found.search([]))
