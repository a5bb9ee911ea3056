from odoo.exceptions import AccessError
from odoo.tests import Form, new_test_user, tagged
from odoo.tools import mute_logger

from .common import GenealogyCommon

ROLES = (
    "auditor",
    "warehouse",
    "accountant",
    "approver",
    "support",
    "manager",
    "admin",
)
MODELS = (
    "mlm.distributor",
    "mlm.tree",
    "mlm.position",
    "mlm.link",
    "mlm.genealogy.event",
)
# the history tells reasons and names documents
HIDDEN = ("warehouse", "mlm.genealogy.event")
ENROLS = ("support", "manager", "admin")


@tagged("post_install", "-at_install")
class TestRole(GenealogyCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.ana = cls.enrol("Ana", placement={"strategy": "left"})
        cls.users = {
            role: cls._new_user(role, f"base.group_user,mlm_base.group_{role}") for role in ROLES
        }
        cls.users["employee"] = cls._new_user("employee", "base.group_user")
        cls.users["portal"] = cls._new_user("portal", "base.group_portal")
        cls.users["public"] = cls._new_user("public", "base.group_public")

    @classmethod
    def _new_user(cls, role, groups):
        return new_test_user(
            cls.env,
            f"genealogy_{role}",
            groups,
            company_id=cls.company.id,
            company_ids=cls.company.ids,
        )

    def _as(self, role, model):
        return self.env(user=self.users[role])[model]

    def test_who_reads(self):
        for model in MODELS:
            for role in ROLES:
                if (role, model) == HIDDEN:
                    continue
                self.assertTrue(self._as(role, model).search([], limit=1), (role, model))
            for role in ("employee", "portal", "public"):
                with self.assertRaises(AccessError):
                    self._as(role, model).search([], limit=1)

    def test_who_writes(self):
        for role in ROLES:
            for model in MODELS:
                for operation in ("create", "write", "unlink"):
                    allowed = (
                        model == "mlm.distributor" and role in ENROLS and operation != "unlink"
                    ) or (model == "mlm.tree" and role == "admin")
                    self.assertEqual(
                        self._as(role, model).has_access(operation),
                        allowed,
                        (role, model, operation),
                    )

    def test_who_enrols(self):
        for role in (*ROLES, "employee", "portal"):
            Distributor = self._as(role, "mlm.distributor")
            vals = {
                "name": role,
                "sponsor_id": self.root.id,
                "placement": {"strategy": "left"},
            }
            if role in ENROLS:
                person = Distributor._enrol([vals])
                self.assertEqual(person.event_ids[0].author_id, self.users[role])
            else:
                with self.assertRaises(AccessError):
                    Distributor._enrol([vals])
                with self.assertRaises(AccessError):
                    Distributor.create({"name": role, "sponsor_id": self.root.id})
        self.assert_laws()

    def test_who_opens_the_wizards(self):
        for role in ROLES:
            for model, allowed in (
                ("mlm.enrol.wizard", ENROLS),
                ("mlm.place.wizard", ENROLS),
                ("mlm.state.wizard", ("manager", "admin")),
            ):
                self.assertEqual(self._as(role, model).has_access("create"), role in allowed)

    def test_support_by_the_wizard(self):
        form = Form(self._as("support", "mlm.enrol.wizard"))
        form.name = "New"
        form.sponsor_id = self.root.with_user(self.users["support"])
        form.strategy = "right"
        person = self.Distributor.browse(form.save().action_enrol()["res_id"])
        self.assertEqual(person.position_ids.leg, "right")

    def test_manager_suspends(self):
        wizard = self._as("manager", "mlm.state.wizard").create(
            {"distributor_id": self.ana.id, "action": "suspend", "reason": "Reason"}
        )
        wizard.action_confirm()
        self.assertEqual(self.ana.state, "suspended")
        self.assertEqual(self.ana.event_ids[0].author_id, self.users["manager"])

    def test_auditor_writes_nothing(self):
        ana = self.ana.with_user(self.users["auditor"])
        for values in ({"email": "x@example.com"}, {"name": "X"}):
            with self.assertRaises(AccessError):
                ana.write(values)
        with self.assertRaises(AccessError):
            ana.event_ids.create({"kind": "enrolled", "distributor_id": ana.id})

    def test_auditor_sees_the_form(self):
        for role in ROLES:
            Form(self.ana.with_user(self.users[role]))
            self.ana.partner_id.with_user(self.users[role]).read(["mlm_distributor_count"])

    def test_employee_without_role_opens_contacts(self):
        partner = self.ana.partner_id.with_user(self.users["employee"])
        self.assertNotIn("mlm_distributor_ids", partner.fields_get())
        Form(partner)

    def test_menu(self):
        root = self.env.ref("mlm_base.menu_mlm_root")
        for role in (*ROLES, "employee"):
            visible = self._as(role, "ir.ui.menu")._visible_menu_ids()
            self.assertEqual(root.id in visible, role in ROLES, role)

    def test_companies_are_apart(self):
        other = self.env["res.company"].create({"name": "Other"})
        self.env.user.company_ids |= other
        env = self.env(context=dict(self.env.context, allowed_company_ids=other.ids))
        env["mlm.tree"].create({"name": "B", "code": "b", "network_id": other.mlm_network_id.id})
        stranger = env["mlm.distributor"]._enrol([{"name": "S", "placement": {}}])
        for role in ROLES:
            for model in MODELS:
                if (role, model) == HIDDEN:
                    continue
                networks = self._as(role, model).search([]).network_id
                self.assertEqual(networks, self.network, (role, model))
            with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
                stranger.with_user(self.users[role]).read(["code"])
