from odoo import Command
from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .network_common import NetworkCommon

SECRET = "Zyxwv"


@tagged("post_install", "-at_install")
class TestElsewhere(NetworkCommon):
    """Staff of one company who ask every way about people at home in another one."""

    def setUp(self):
        super().setUp()
        noise = ("ir_rule", "ir_model", "ir_access")
        self.enterContext(mute_logger(*(f"odoo.addons.base.models.{one}" for one in noise)))

    def test_messages(self):
        self.ana.message_post(body=SECRET)
        message = self.ana.message_ids.filtered(lambda one: SECRET in one.body)
        asked = [("model", "=", "mlm.distributor"), ("res_id", "=", self.ana.id)]
        for role in ("support", "manager", "auditor", "warehouse"):
            here, there = (
                self.seen(self.ana, self.user_of(company, role))
                for company in (self.company, self.abroad)
            )
            with self.subTest(role):
                self.assertFalse(here.message_ids)
                self.assertFalse(here.env["mail.message"].search(asked))
                self.assertFalse(here.search([("message_ids.body", "ilike", SECRET)]))
                self.assertFalse(message.with_env(here.env).has_access("read"))
                with self.assertRaises(AccessError):
                    here.message_subscribe(here.env.user.partner_id.ids)
                self.assertIn(SECRET, str(there.message_ids.mapped("body")))
                self.assertIn(message, there.env["mail.message"].search(asked))

    def test_files(self):
        file = self.env["ir.attachment"].create(
            {
                "name": f"{SECRET}.pdf",
                "raw": b"x",
                "res_model": "mlm.distributor",
                "res_id": self.ana.id,
            }
        )
        beside = file.copy({"name": "of Beto", "res_id": self.beto.id})
        searches = (
            [("res_model", "=", "mlm.distributor")],
            [("res_model", "=", "mlm.distributor"), ("res_id", "=", self.ana.id)],
            [("name", "=", file.name)],
            [("id", "=", file.id)],
            ["|", ("res_model", "=", "mlm.distributor"), ("res_model", "=", "mlm.position")],
        )
        for role in ("support", "manager", "auditor", "warehouse"):
            here, there = (
                self.seen(file, self.user_of(company, role))
                for company in (self.company, self.abroad)
            )
            with self.subTest(role):
                self.assertFalse(here.has_access("read"))
                self.assertTrue(there.has_access("read"))
                for domain in searches:
                    self.assertNotIn(file, here.search(domain), domain)
                    self.assertIn(file, there.search(domain), domain)
                self.assertEqual(
                    here.search([*searches[0], ("id", "in", (file | beside).ids)]), beside
                )

    def test_co_holders_and_contracts(self):
        other = self.env["res.partner"].create({"name": SECRET})
        self.ana._add_co_holder(other, "Spouses")
        self.env["mlm.contract"].create(
            {
                "company_id": self.abroad.id,
                "kind": "distributor",
                "number": "1",
                "name": "EC",
                "body": "x",
            }
        ).action_publish()
        here, there = self.seen(self.ana, self.here), self.seen(self.ana, self.there)
        self.assertFalse(here.co_holder_ids)
        self.assertFalse(here.waiting_contract_ids)
        self.env.invalidate_all()
        self.assertEqual(there.co_holder_ids.name, SECRET)
        self.assertTrue(there.waiting_contract_ids)

    def test_forms_that_are_not_saved(self):
        """The form of a new person, or of one's own, names a contact of another company."""
        contact = self.ana.partner_id
        contact.company_id = self.abroad
        shown = {"email": {}, "phone": {}, "vat": {}, "city": {}, "name": {}}
        values = {"partner_id": contact.id, "company_id": self.company.id}
        for form, changed in (
            (self.seen(self.ana.browse(), self.here), []),
            (self.seen(self.beto, self.here), ["partner_id"]),
            (self.seen(self.ana, self.here), ["company_id"]),
        ):
            with self.assertRaises(AccessError):
                form.onchange(dict(values), changed, shown)

    def test_companies_that_the_reader_has_not(self):
        """The names of companies in a request are not those of the user."""
        both = {"allowed_company_ids": (self.company | self.abroad).ids}
        env = self.env(user=self.here, su=False, context=both)
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            self.ana.with_env(env).read(["email"])

    def test_codes_do_not_lead_to_contacts(self):
        """Where people elsewhere are known by code only."""
        self.network.names_elsewhere = "code"
        contact = self.ana.partner_id
        ana = self.seen(self.ana, self.user_of(self.company, "support,base.group_allow_export"))
        beto = self.beto.with_env(ana.env)
        for domain in (
            [("partner_id", "=", contact.id)],
            [("partner_id", "in", contact.ids)],
            [("partner_id", "ilike", "Ana")],
            [("partner_id.name", "=", "Ana")],
            [("partner_id.email", "=", "ana@example.com")],
            [("partner_id", "any", [("city", "=", "Quito")])],
            [("named_partner_id", "=", contact.id)],
            [("own_partner_id.name", "=", "Ana")],
            [("position_ids.distributor_id.partner_id.name", "=", "Ana")],
            [("link_ids.distributor_id.partner_id.email", "=", "ana@example.com")],
        ):
            self.assertNotIn(ana, ana.search(domain), domain)
        self.assertFalse(
            ana.env["mlm.position"].search([("distributor_id.partner_id.name", "=", "Ana")])
        )
        self.assertEqual(ana.search([("partner_id.name", "=", "Beto")]), beto)
        # groups
        mine = [("id", "in", (ana | beto).ids)]
        told = ana.formatted_read_group(mine, ["partner_id"], ["__count"])
        self.assertNotIn("Ana", str(told))
        self.assertIn("Beto", str(told))
        told = ana.env["mlm.position"].formatted_read_group(
            [("distributor_id", "=", ana.id)], ["distributor_id"], ["__count"]
        )
        self.assertNotIn("Ana", str(told))
        # files
        paths = ["code", "partner_id", "partner_id/name", "partner_id/email", "partner_id/id"]
        (row,) = ana.export_data(paths)["datas"]
        self.assertEqual([cell for cell in row if cell], [self.ana.code])
        (row,) = ana.position_ids[:1].export_data(["distributor_id/partner_id/name"])["datas"]
        self.assertFalse(any(row))
        (row,) = beto.export_data(paths)["datas"]
        self.assertIn("Beto", row)
        # from the contact
        known = contact.with_env(ana.env)
        self.env.invalidate_all()
        self.assertFalse(known.mlm_distributor_ids)
        self.assertFalse(known.mlm_distributor_count)
        self.assertFalse(known.search([("mlm_distributor_ids.code", "=", self.ana.code)]))
        self.assertFalse(known.search([("mlm_distributor_ids", "=", ana.id)]))
        # and the server still knows
        self.env.invalidate_all()
        ana.read(["code", "partner_id"])
        self.assertEqual(ana.partner_id, contact)
        self.assertEqual(self.ana.search([("partner_id", "=", contact.id)]), self.ana)
        self.assertEqual(self.seen(contact, self.there).mlm_distributor_ids, self.ana)

    def test_refusals_do_not_lead_to_codes(self):
        """A contact that is already enrolled is refused without its code."""
        self.network.names_elsewhere = "code"
        contact, manager = self.ana.partner_id, self.user_of(self.company, "manager")
        beto = self.seen(self.beto, manager)
        values = {"partner_id": contact.id, "sponsor_id": self.root.id}
        for refused in (
            lambda: beto.create({"company_id": self.company.id, **values}),
            lambda: beto._transfer(contact.with_env(beto.env), "Sold"),
        ):
            with self.assertRaisesRegex(UserError, "already enrolled") as caught:
                refused()
            self.assertNotIn(self.ana.code, str(caught.exception))
        with self.assertRaisesRegex(UserError, f"already enrolled as {self.ana.code}"):
            self.beto._transfer(contact, "Sold")

    def test_order_tells_no_name(self):
        self.network.names_elsewhere = "code"
        people = self.seen(self.env["mlm.distributor"], self.here)
        found = {}
        for name in ("Aaa", "Zzz"):
            self.ana.partner_id.name = name
            self.env.flush_all()
            found[name] = people.search([], order="partner_id, id").ids
        self.assertEqual(found["Aaa"], found["Zzz"])

    # -- changes --------------------------------------------------------------------

    def test_changes_are_made_at_home(self):
        heir = self.env["res.partner"].create({"name": "Heir"})
        other = self.enrol_at(self.company, "Otro", self.root)
        gone = self.enrol_at(self.abroad, "Gone", self.root)
        waiting = self.env["mlm.distributor"]._enrol(
            [{"name": "W", "company_id": self.abroad.id, "sponsor_id": self.root.id}]
        )
        gone._terminate("Left")
        customer = self.env["mlm.distributor"]._enrol(
            [
                {
                    "name": "C",
                    "company_id": self.abroad.id,
                    "sponsor_id": self.root.id,
                    "kind": "customer",
                }
            ]
        )
        spot = {"position_id": self.ana.position_ids.id, "parent_id": other.position_ids.id}
        wizards = {
            "mlm.sponsor.wizard": (self.ana, {"sponsor_id": other.id}),
            "mlm.terminate.wizard": (self.ana, {}),
            "mlm.readmit.wizard": (gone, {}),
            "mlm.state.wizard": (self.ana, {"action": "suspend"}),
            "mlm.transfer.wizard": (self.ana, {"partner_id": heir.id}),
            "mlm.co.holder.wizard": (self.ana, {"partner_id": heir.id}),
            "mlm.promote.wizard": (customer, {"kind": "distributor"}),
            "mlm.merge.wizard": (self.ana, {"survivor_id": self.beto.id}),
            "mlm.move.wizard": (self.ana, {**spot, "leg": "left"}),
        }
        for companies in (self.company, self.abroad):
            user = self.user_of(companies, "admin")
            for name, (person, values) in wizards.items():
                with self.subTest(name, company=companies.name), self.env.cr.savepoint() as point:
                    wizard = self.seen(self.env[name], user).create(
                        {
                            "distributor_id": person.id,
                            "reason": "Because",
                            "timing": "now",
                            **values,
                        }
                    )
                    preview = wizard.preview
                    if companies == self.abroad:
                        self.assertNotIn("home company", preview)
                    else:
                        self.assertIn("Only the home company", preview)
                        with self.assertRaises(AccessError):
                            wizard.action_confirm()
                    point.close(rollback=True)
        admin = self.user_of(self.company, "admin")
        place = self.seen(self.env["mlm.place.wizard"], admin).create(
            {"distributor_id": waiting.id}
        )
        with self.assertRaises(AccessError):
            place.action_place()
        held = self.seen(self.env["mlm.holding.wizard"], admin).create(
            {"distributor_ids": [Command.set(waiting.ids)], "tree_id": self.tree.id}
        )
        with self.assertRaises(AccessError):
            held.action_place()
        with self.assertRaises(AccessError):
            self.seen(self.ana, admin).create(
                {"name": "New", "company_id": self.abroad.id, "sponsor_id": self.root.id}
            )

    def test_duplicates_do_not_tell_whose(self):
        """Numbers that are tried are answered, and by nobody's code."""
        tried = {"vat": "A-1", "document_type": "other", "phone": "+593 2 234 5678"}
        for user, told in ((self.here, False), (self.there, True)):
            wizard = self.seen(self.env["mlm.enrol.wizard"], user).create(
                {"name": "X", "company_id": user.company_id.id, **tried}
            )
            self.assertIn("data-duplicate", wizard.duplicate_warning)
            self.assertEqual(self.ana.code in wizard.duplicate_warning, told)
            self.assertEqual("Ana" in wizard.duplicate_warning, told)

    def test_wizards_do_not_tell_the_holder(self):
        self.network.names_elsewhere = "code"
        manager = self.user_of(self.company, "manager")
        self.ana._add_co_holder(self.env["res.partner"].create({"name": SECRET}), "Spouses")
        for name in ("mlm.transfer.wizard", "mlm.co.holder.wizard", "mlm.merge.wizard"):
            wizard = self.seen(self.env[name], manager)
            told = wizard.onchange(
                {"distributor_id": self.ana.id},
                [],
                {one: {} for one in wizard.fields_get() if one != "document"},
            )
            with self.subTest(name):
                self.assertNotIn("Ana", str(told))
                self.assertNotIn(SECRET, str(told))
                self.assertFalse(told["value"].get("old_partner_id"))

    # -- the network itself ----------------------------------------------------------

    def test_network_is_changed_by_who_leads_it(self):
        for role in ("admin", "manager"):
            for groups in ("", ",base.group_system"):
                user = self.user_of(self.company, role + groups)
                network = self.seen(self.network, user)
                for values in (
                    {"names_elsewhere": "code"},
                    {"tz": "Europe/Madrid"},
                    {"name": "Mine"},
                    {"company_ids": [Command.link(self.foreign.id)]},
                ):
                    with (
                        self.subTest(role, groups=groups, **values),
                        self.assertRaises(AccessError),
                    ):
                        network.write(values)
        system = self.user_of(self.company, "admin,base.group_system")
        company = self.seen(self.company, system)
        with self.assertRaises(AccessError):
            company.mlm_tz = "Europe/Madrid"
        settings = self.seen(self.env["res.config.settings"], system)
        if "mlm_tz" in settings._fields:
            with self.assertRaises(AccessError):
                settings.create({"mlm_tz": "Europe/Madrid"}).execute()
            settings.create({}).execute()
        both = self.user_of(self.company, "admin", self.company | self.abroad)
        self.seen(self.network, both).names_elsewhere = "code"
        self.assertEqual(self.network.names_elsewhere, "code")

    def test_company_is_let_in_by_who_leads(self):
        late = self.env["res.company"].create({"name": "Perú"})
        groups = "admin,base.group_erp_manager"
        stranger = self.user_of(late, groups)
        own = self.seen(late, stranger)
        with self.assertRaisesRegex(AccessError, "has to let a company in"):
            own.mlm_network_id = self.network.id
        for values in ({"mlm_network_id": self.network.id}, {"parent_id": self.company.id}):
            with self.assertRaisesRegex(AccessError, "has to let a company in"):
                own.create({"name": "Spy", **values})
        one = self.seen(late, self.user_of(late, groups, late | self.company))
        with self.assertRaisesRegex(AccessError, "has to let a company in"):
            one.mlm_network_id = self.network.id
        everywhere = late | self.company | self.abroad
        self.seen(late, self.user_of(late, groups, everywhere)).mlm_network_id = self.network.id
        self.assertEqual(late.mlm_network_id, self.network)
        self.assertTrue(own.create({"name": "Another"}).mlm_network_id)
