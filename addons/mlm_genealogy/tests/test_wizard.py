from odoo.exceptions import UserError
from odoo.tests import Form, new_test_user, tagged

from .common import GenealogyCommon

PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


@tagged("post_install", "-at_install")
class TestWizard(GenealogyCommon):
    def _form(self, **values):
        form = Form(self.env["mlm.enrol.wizard"])
        for name, value in values.items():
            setattr(form, name, value)
        return form

    def _enrol(self, form):
        action = form.save().action_enrol()
        return self.Distributor.browse(action["res_id"])

    def test_enrol_and_place(self):
        form = self._form(name="Ana", sponsor_id=self.root, strategy="left")
        self.assertIn(self.root.display_name, form.spot_preview)
        ana = self._enrol(form)
        self.assertEqual(ana.sponsor_id, self.root)
        self.assertEqual(ana.position_ids.leg, "left")
        self.assert_laws()

    def test_document_types_of_the_country(self):
        self.company.country_id = self.env.ref("base.co")
        form = self._form(name="Ana", sponsor_id=self.root)
        self.assertEqual(form.document_type, "cc")
        self.assertEqual(
            form.document_types, ["cc", "ce", "passport", "pep", "ppt", "nit", "foreign_id"]
        )
        self.company.country_id = self.env.ref("base.ec")
        form = self._form(name="Ana", sponsor_id=self.root)
        self.assertEqual(form.document_type, "other")
        self.assertEqual(form.document_types, ["other", "passport", "foreign_id"])

    def test_photo_and_copy_of_the_document(self):
        clerk = new_test_user(
            self.env,
            "clerk",
            groups="mlm_base.group_support",
            company_id=self.company.id,
            company_ids=[(6, 0, self.company.ids)],
        )
        values = {
            "name": "Ana",
            "sponsor_id": self.root.id,
            "strategy": "holding",
            "document_type": "nit",
            "vat": "900.123.456-8",
            "image_1920": PIXEL,
            "identity_file": PIXEL,
            "identity_file_name": "rut.gif",
        }
        wizards = self.env["mlm.enrol.wizard"].with_user(clerk)
        with self.assertRaisesRegex(UserError, "PDF, JPG and PNG"):
            wizards.create({**values, "identity_file": "R0lGODlhAQABAAAAACw="}).action_enrol()
        wizard = wizards.create(values)
        ana = self.Distributor.browse(wizard.action_enrol()["res_id"])
        self.assertTrue(ana.partner_id.image_1920)
        paper = ana.identity_document_ids
        self.assertEqual((paper.type, paper.number, paper.has_file), ("rut", "900123456-8", True))
        self.assertEqual(paper.log_ids.mapped("action"), ["uploaded"])
        self.assertEqual(paper.log_ids.author_id, clerk)
        wizard.invalidate_recordset()
        self.assertFalse(wizard.identity_file)

    def test_named_spot(self):
        form = self._form(name="Ana", sponsor_id=self.root, strategy="spot")
        form.parent_id = self.head
        form.leg = "right"
        self.assertEqual(self._enrol(form).position_ids.leg, "right")
        again = self._form(name="Eva", sponsor_id=self.root, strategy="spot")
        again.parent_id = self.head
        again.leg = "right"
        self.assertIn("taken by", again.spot_preview)
        with self.assertRaisesRegex(UserError, "is taken"):
            self._enrol(again)

    def test_outside_the_line_of_the_sponsor(self):
        left = self.enrol("L", placement={"strategy": "left"})
        right = self.enrol("R", placement={"strategy": "right"})
        form = self._form(name="Ana", sponsor_id=left, strategy="spot")
        form.parent_id = right.position_ids
        form.leg = "left"
        self.assertIn("outside", form.spot_preview)

    def test_holding_tank_and_placement(self):
        ana = self._enrol(self._form(name="Ana", sponsor_id=self.root, strategy="holding"))
        self.assertFalse(ana.position_ids)
        context = ana.action_place()["context"]
        form = Form(self.env["mlm.place.wizard"].with_context(**context))
        form.strategy = "right"
        self.assertIn(self.root.display_name, form.spot_preview)
        form.save().action_place()
        self.assertEqual(ana.position_ids.leg, "right")
        with self.assertRaisesRegex(UserError, "the most that one person can hold"):
            form.save().action_place()

    def test_place_below_a_position(self):
        ana = self.enrol("Ana")
        context = self.head.action_place_below()["context"]
        form = Form(self.env["mlm.place.wizard"].with_context(**context))
        form.distributor_id = ana
        form.leg = "left"
        form.save().action_place()
        self.assertEqual(ana.position_ids.parent_id, self.head)

    def test_customer(self):
        form = self._form(name="Ana", sponsor_id=self.root)
        form.kind = "customer"
        customer = self._enrol(form)
        self.assertEqual(customer.kind, "customer")
        self.assertFalse(customer.position_ids)

    def test_existing_contact(self):
        partner = self.env["res.partner"].create(
            {"name": "Known", "email": "known@example.com", "city": "Cali"}
        )
        form = self._form(partner_id=partner, sponsor_id=self.root)
        self.assertEqual((form.name, form.city), ("Known", "Cali"))
        form.phone = "+57 310 000 0000"
        known = self._enrol(form)
        self.assertEqual(known.partner_id, partner)
        self.assertEqual(partner.phone, "+57 310 000 0000")

    def test_duplicates(self):
        twin = self.enrol("Twin", email="twin@example.com", vat="52000222")
        for values in (
            {"vat": "52.000.222"},
            {"email": "Twin@Example.com"},
        ):
            form = self._form(name="Ana", sponsor_id=self.root)
            for name, value in values.items():
                setattr(form, name, value)
            self.assertIn(twin.display_name, form.duplicate_warning)
            self.assertIn(f"mlm_distributor_action/{twin.id}", form.duplicate_warning)
            self.assertIn(self.root.display_name, form.duplicate_warning)
            with self.assertRaisesRegex(UserError, "say why"):
                form.save().action_enrol()
            form.accept_duplicate = True
            form.duplicate_reason = "Her sister"
            ana = self._enrol(form)
            accepted = ana.event_ids.filtered(lambda event: event.kind == "duplicate_accepted")
            self.assertEqual(accepted.reason, "Her sister")
            ana.partner_id.write({"vat": False, "email": False})

    def test_shared_bank_account(self):
        first = self._form(name="Ana", sponsor_id=self.root)
        first.acc_number = "123-456"
        ana = self._enrol(first)
        self.assertEqual(ana.partner_id.bank_ids.acc_number, "123-456")
        form = self._form(name="Luis", sponsor_id=self.root)
        form.acc_number = "123456"
        self.assertIn("bank account", form.duplicate_warning)
        form.accept_duplicate = True
        form.duplicate_reason = "Spouses with one account"
        accepted = self._enrol(form).event_ids.filtered(lambda e: e.kind == "duplicate_accepted")
        self.assertEqual(accepted.after["matches"][0]["fields"], ["bank"])

    def test_existing_member(self):
        ana = self.enrol("Ana")
        form = self._form(partner_id=ana.partner_id, sponsor_id=self.root)
        with self.assertRaisesRegex(UserError, "already enrolled"):
            form.save().action_enrol()

    def test_sponsor_is_needed(self):
        wizard = self.env["mlm.enrol.wizard"].create({"name": "Ana"})
        with self.assertRaisesRegex(UserError, "Choose the sponsor"):
            wizard.action_enrol()
        nobody = self.env["mlm.enrol.wizard"].create({"sponsor_id": self.root.id})
        with self.assertRaisesRegex(UserError, "name of the person"):
            nobody.action_enrol()

    def test_first_of_a_company(self):
        company = self.env["res.company"].create({"name": "New"})
        self.env.user.company_ids |= company
        env = self.env(context=dict(self.env.context, allowed_company_ids=company.ids))
        env["mlm.tree"].create({"name": "B", "code": "b", "network_id": company.mlm_network_id.id})
        form = Form(env["mlm.enrol.wizard"])
        form.name = "First"
        self.assertIn("head of the tree", form.spot_preview)
        first = env["mlm.distributor"].browse(form.save().action_enrol()["res_id"])
        self.assertFalse(first.sponsor_id)
        self.assertTrue(first.position_ids)

    def test_preview_escapes_names(self):
        bad = self.enrol("<script>alert(1)</script>", placement={"strategy": "left"})
        form = self._form(name="Ana", sponsor_id=bad, strategy="left")
        self.assertNotIn("<script>", form.spot_preview)
