import base64
from datetime import timedelta

from odoo import Command, fields
from odoo.exceptions import AccessError, UserError
from odoo.tests import Form, new_test_user, tagged

from odoo.addons.mlm_base.tests.lies import MOMENT, tell_as_defaults, tell_in_context
from odoo.addons.mlm_base.triggers import recorded

from .common import GenealogyCommon

_PDF = base64.b64encode(b"%PDF-1.4\n%%EOF")


@tagged("post_install", "-at_install")
class TestForged(GenealogyCommon):
    """Attacks that were seen: whoever may do something tells lies by the way."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.victim = cls.enrol("Victim")
        cls.other = new_test_user(cls.env, "forged_other")
        cls.support, cls.manager, cls.admin = (
            new_test_user(
                cls.env,
                f"forged_{role}",
                f"base.group_user,mlm_base.group_{role}",
                company_id=cls.company.id,
                company_ids=[Command.set(cls.company.ids)],
            )
            for role in ("support", "manager", "admin")
        )
        names = ("mlm.genealogy.event", "mlm.access.log", "mlm.contract.acceptance")
        models = [cls.env[name] for name in (*names, "mlm.distributor", "mlm.link", "mlm.holder")]
        tell_as_defaults(cls.env, cls.support + cls.manager, cls.other, models)
        cls.context = tell_in_context(cls.env, cls.other, models)

    def _as(self, records, user):
        return records.with_user(user).with_context(**self.context)

    def _assert_now_by(self, rows, user):
        self.assertTrue(rows)
        for row in rows.sudo():
            self.assertEqual(row.author_id, user)
            self.assertEqual(row.recorded_at, self.env.cr.now())
            self.assertNotEqual(fields.Datetime.to_string(row.recorded_at), MOMENT)

    def test_events_have_their_author_and_moment(self):
        before = self.Event.search([])
        ana = self._as(self.Distributor, self.support).create(
            {"name": "Ana", "sponsor_id": self.root.id}
        )
        self._as(ana, self.manager)._suspend("A reason")
        new = self.Event.search([]) - before
        self.assertEqual(set(new.mapped("kind")), {"enrolled", "suspended"})
        for kind, user in (("enrolled", self.support), ("suspended", self.manager)):
            self._assert_now_by(new.filtered(lambda one, kind=kind: one.kind == kind), user)
        self.assertFalse(new.cause_id)
        self.assertFalse(new.attachment_id)
        self.assert_laws()

    def test_access_log_has_its_author_and_moment(self):
        document = self._as(self.env["mlm.identity.document"], self.support).create(
            {"distributor_id": self.victim.id, "type": "cc", "upload": _PDF}
        )
        document._log("opened")
        log = self.env["mlm.access.log"].search([("document_id", "=", document.id)])
        self.assertEqual(len(log), 2)
        self._assert_now_by(log, self.support)

    def test_nobody_writes_evidence_by_hand(self):
        event = self.victim.event_ids[:1]
        for model, values in (
            ("mlm.genealogy.event", {"kind": "suspended", "distributor_id": self.victim.id}),
            ("mlm.access.log", {"action": "opened", "distributor_id": self.victim.id}),
            ("mlm.link", {"distributor_id": self.victim.id}),
            ("mlm.holder", {"distributor_id": self.victim.id, "partner_id": 1}),
            ("mlm.event.text", {"event_id": event.id, "text": "x", "salt": "y"}),
        ):
            for records in (self.env[model], self._as(self.env[model], self.manager).sudo()):
                with self.assertRaises(AccessError, msg=model):
                    records.create(values)

    def test_the_database_sets_the_moment_also_of_an_insert(self):
        insert = """INSERT INTO mlm_genealogy_event
                        (company_id, network_id, distributor_id, kind, effective_at, author_id, recorded_at)
                    VALUES (%s, %s, %s, 'enrolled', '2020-01-01', %s, '2020-01-01')
                    RETURNING recorded_at"""
        values = [self.company.id, self.network.id, self.victim.id, self.env.uid]
        self.env.cr.execute(insert, values)
        self.assertEqual(self.env.cr.fetchone()[0], self.env.cr.now())
        # the server alone can say another one
        past = fields.Datetime.to_datetime(MOMENT)
        with recorded(self.env.cr, past):
            self.env.cr.execute(insert, values)
            self.assertEqual(self.env.cr.fetchone()[0], past)
        self.env.cr.execute(insert, values)
        self.assertEqual(self.env.cr.fetchone()[0], self.env.cr.now())

    def test_nobody_is_born_merged_into_another(self):
        """The portal login of somebody merged opens the survivor's portal."""
        self.env["ir.default"].with_user(self.support).set(
            "mlm.distributor", "merged_into_id", self.victim.id, user_id=True
        )
        people = self.Distributor.with_user(self.support).with_context(
            default_merged_into_id=self.victim.id, default_state="suspended"
        )
        login = new_test_user(
            self.env, "forged_portal", "base.group_portal", email="portal@example.com"
        )
        born = people.create({"partner_id": login.partner_id.id, "sponsor_id": self.root.id})
        self.assertFalse(born.merged_into_id)
        self.assertEqual((born.state, born.treatment), ("active", "earn"))
        self.assertEqual(self.Distributor._current_for_user(login), born)
        with self.assertRaises(UserError):
            people.create({"name": "B", "sponsor_id": self.root.id, "merged_into_id": born.id})

    def test_no_contract_is_born_published_or_retired(self):
        Contract = self.env["mlm.contract"].with_user(self.admin)
        values = {"kind": "privacy", "number": "1", "name": "P", "body": "<p>x</p>"}
        for state in ("published", "retired"):
            self.env["ir.default"].with_user(self.admin).set(
                "mlm.contract", "state", state, user_id=True
            )
            lying = Contract.with_context(default_state=state, default_retired_at=MOMENT)
            born = lying.create({**values, "number": state})
            self.assertEqual((born.state, born.retired_at), ("draft", False))
            for records in (Contract, Contract.sudo()):
                with self.assertRaisesRegex(UserError, "Publish or Retire"):
                    records.create({**values, "state": state})
            with self.assertRaisesRegex(UserError, "Publish or Retire"):
                born.sudo().write({"state": state})

    def test_no_import_is_born_good(self):
        Import = self.env["mlm.import"].with_user(self.manager)
        self.env["ir.default"].with_user(self.manager).set(
            "mlm.import", "state", "good", user_id=True
        )
        lying = Import.with_context(default_state="good", default_author_id=self.other.id)
        born = lying.create({"file": base64.b64encode(b"x"), "file_name": "x.csv"})
        self.assertEqual((born.state, born.author_id), ("draft", self.manager))
        with self.assertRaises(UserError):
            born.action_import()
        with self.assertRaisesRegex(UserError, "cannot be edited"):
            Import.create({"file": base64.b64encode(b"x"), "state": "good"})

    def test_words_of_a_check_are_not_translated_by_hand(self):
        """The call that translates a field writes it, past `write`."""
        self.env["res.lang"]._activate_lang("es_CO")
        self.patch(self.registry["mlm.tree"], "_guarded", ("name",))
        self.registry.clear_cache()
        self.addCleanup(self.registry.clear_cache)
        with self.assertRaises(AccessError):
            self.tree.update_field_translations("name", {"es_CO": "Otro"})


@tagged("post_install", "-at_install")
class TestEnrolmentRules(GenealogyCommon):
    """What must hold for a new person holds whoever enrols, and by which door."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana", email="ana@example.com", phone="3001234567")
        cls.support = new_test_user(
            cls.env,
            "rules_support",
            "base.group_user,mlm_base.group_support",
            company_id=cls.company.id,
            company_ids=[Command.set(cls.company.ids)],
        )
        cls.People = cls.Distributor.with_user(cls.support)

    def _publish(self, kind="distributor"):
        text = self.env["mlm.contract"].create(
            {"kind": kind, "number": "1", "name": f"Text {kind}", "body": "<p>x</p>"}
        )
        text.action_publish()
        return text

    def _values(self, **more):
        return {"name": "Eva", "sponsor_id": self.root.id, **more}

    def test_create_asks_for_the_texts_in_force(self):
        text = self._publish()
        for enrol in (self.People.create, self.People._enrol):
            with self.assertRaisesRegex(UserError, "Eva must accept Text distributor 1.*Enrol"):
                enrol([self._values()])
        # a customer signs no distributor contract
        self.assertTrue(self.People.create(self._values(kind="customer")))
        self._publish("privacy")
        with self.assertRaisesRegex(UserError, "Text privacy 1"):
            self.People.create(self._values(name="Luz", kind="customer"))
        accepted = {"contracts": text, "channel": "portal"}
        with self.assertRaisesRegex(UserError, "must accept Text privacy 1 before"):
            self.People._enrol([self._values(acceptance=accepted)])

    def test_no_call_from_outside_says_what_was_accepted(self):
        self._publish()
        for key in ("acceptance", "examined"):
            with self.assertRaisesRegex(AccessError, "Network › People › Distributors"):
                self.People.create(self._values(**{key: "later"}))

    def test_what_was_accepted_is_recorded(self):
        text = self._publish()
        moment = self.env.cr.now().replace(microsecond=0) - timedelta(hours=1)
        accepted = {
            "contracts": text,
            "channel": "referral",
            "ip": "203.0.113.9",
            "accepted_at": moment,
        }
        eva = self.Distributor._enrol([self._values(acceptance=accepted)])
        record = eva.acceptance_ids
        self.assertEqual(
            (record.contract_id, record.channel, record.ip_address, record.accepted_at),
            (text, "referral", "203.0.113.9", moment),
        )
        self.assertFalse(eva.waiting_contract_ids)
        later = self.Distributor._enrol([self._values(name="Old", acceptance="later")])
        self.assertEqual(later.waiting_contract_ids, text)

    def test_the_text_that_was_seen_counts_though_it_was_replaced(self):
        first = self._publish()
        second = first.copy({"number": "2"})
        second.action_publish()
        accepted = {"contracts": first, "channel": "portal"}
        eva = self.Distributor._enrol([self._values(acceptance=accepted)])
        self.assertFalse(eva.acceptance_ids)
        self.assertEqual(eva.waiting_contract_ids, second)

    def test_create_looks_for_duplicates(self):
        same = self._values(email="ANA@example.com")
        for enrol in (self.People.create, self.People._enrol):
            with self.assertRaisesRegex(UserError, "same e-mail as Eva already exists.*why"):
                enrol([same])
            with self.assertRaisesRegex(UserError, "say why"):
                enrol([{**same, "accepted_duplicates": True, "reason": " "}])
        eva = self.People.create(
            {**same, "accepted_duplicates": True, "reason": "Mother and daughter"}
        )
        event = eva.sudo().event_ids.filtered(lambda one: one.kind == "duplicate_accepted")
        self.assertEqual(event.after["matches"][0]["distributor_id"], self.ana.id)
        self.assertEqual(event.reason, "Mother and daughter")

    def test_matches_are_those_that_there_are(self):
        """Nobody says which ones were found, and nothing is recorded where none was."""
        lie = [{"fields": ["vat"], "partner_id": 1, "distributor_id": self.root.id, "row": None}]
        eva = self.People.create(self._values(accepted_duplicates=lie, reason="x"))
        kinds = eva.sudo().event_ids.mapped("kind")
        self.assertNotIn("duplicate_accepted", kinds)

    def test_a_known_contact_is_compared_as_well(self):
        contact = self.env["res.partner"].create({"name": "Eva", "phone": "300 123 4567"})
        with self.assertRaisesRegex(UserError, "same phone as Eva"):
            self.People.create({"partner_id": contact.id, "sponsor_id": self.root.id})
        account = {"acc_number": "CO-77-88"}
        self.env["res.partner.bank"].create({**account, "partner_id": self.ana.partner_id.id})
        with self.assertRaisesRegex(UserError, "same bank account"):
            self.People._enrol([self._values(bank_ids=[Command.create(account)])])

    def test_two_of_one_call(self):
        twins = [self._values(name=name, email="twin@example.com") for name in ("A", "B")]
        with self.assertRaisesRegex(UserError, "same e-mail as B"):
            self.People.create(twins)

    def test_nobody_is_enrolled_twice(self):
        with self.assertRaisesRegex(UserError, "already enrolled"):
            self.People.create({"partner_id": self.ana.partner_id.id, "sponsor_id": self.root.id})

    def test_sponsor_rules(self):
        customer = self.enrol("C", kind="customer")
        with self.assertRaisesRegex(UserError, "cannot sponsor anybody"):
            self.People.create(self._values(sponsor_id=customer.id))

    def test_the_wizard_calls_the_same_function(self):
        text = self._publish()
        form = Form(self.env["mlm.enrol.wizard"].with_user(self.support))
        form.name, form.sponsor_id, form.strategy = "Eva", self.root, "holding"
        form.acceptance = "in_person"
        eva = self.Distributor.browse(form.save().action_enrol()["res_id"])
        self.assertEqual(eva.acceptance_ids.contract_id, text)
        self.assertEqual(eva.acceptance_ids.channel, "staff")

    def test_signed_paper_belongs_to_what_it_proves(self):
        self._publish()
        form = Form(self.env["mlm.enrol.wizard"].with_user(self.support))
        form.name, form.sponsor_id, form.strategy = "Eva", self.root, "holding"
        form.acceptance, form.signed_document = "paper", _PDF
        eva = self.Distributor.browse(form.save().action_enrol()["res_id"])
        paper = eva.acceptance_ids.attachment_id
        self.assertEqual(
            (paper.res_model, paper.res_id), ("mlm.contract.acceptance", eva.acceptance_ids.id)
        )
        with self.assertRaises(UserError):
            paper.sudo().write({"res_id": False})
