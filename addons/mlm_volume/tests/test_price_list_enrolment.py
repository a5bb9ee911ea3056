from importlib.util import module_from_spec, spec_from_file_location

from odoo.tests import Form, tagged
from odoo.tools import file_path

from odoo.addons.mlm_genealogy.tests.application_common import ApplicationCommon
from odoo.addons.mlm_genealogy.tests.import_common import ImportCommon


@tagged("post_install", "-at_install")
class TestPriceListEnrolment(ApplicationCommon, ImportCommon):
    """Whichever way people are enrolled, and however long ago, they buy at the list."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.pricelist = cls.env["product.pricelist"].create(
            {"name": "Distributors", "company_id": cls.company.id}
        )
        cls.company.mlm_distributor_pricelist_id = cls.pricelist

    def _assert_list(self, member, expected=True):
        found = member.partner_id.with_company(self.company).property_product_pricelist
        self.assertEqual(found == self.pricelist, expected)

    def test_by_staff(self):
        form = Form(self.env["mlm.enrol.wizard"].with_user(self.support).sudo(False))
        form.name = "Rosa"
        form.sponsor_id = self.ana.with_env(form._env)
        form.strategy = "left"
        form.acceptance = "in_person"
        action = form.save().action_enrol()
        self._assert_list(self.Distributor.browse(action["res_id"]))

    def test_in_the_portal(self):
        self._assert_list(self.submit().distributor_id)

    def test_by_a_link(self):
        application = self.submit("referral")
        self.assertEqual(application.state, "waiting")
        self._assert_list(self.decide(application))

    def test_by_a_file(self):
        self.import_file(
            self.csv(
                {"name": "Rosa", "code": "ROSA", "sponsor_code": self.ana.code},
                {
                    "name": "Carla",
                    "code": "CARLA",
                    "sponsor_code": self.ana.code,
                    "kind": "customer",
                },
            )
        )
        self._assert_list(self.Distributor.search([("code", "=", "ROSA")]))
        self._assert_list(self.Distributor.search([("code", "=", "CARLA")]), expected=False)

    def test_before_the_upgrade(self):
        """An upgrade turns price lists on and gives the list to members who have none."""
        employees = self.pricelist.copy({"name": "Employees"})
        carla = self.enrol("Carla", kind="customer", acceptance="later")
        rosa = self.enrol("Rosa", acceptance="later")
        people = self.ana.partner_id | carla.partner_id | rosa.partner_id
        people.specific_property_product_pricelist = False
        rosa.partner_id.specific_property_product_pricelist = employees
        group = self.env.ref("product.group_product_pricelist")
        everybody = self.env.ref("base.group_user")
        everybody.implied_ids -= group
        path = file_path("mlm_volume/migrations/19.0.1.4.0/post-price-lists.py")
        spec = spec_from_file_location("post_price_lists", path)
        script = module_from_spec(spec)
        spec.loader.exec_module(script)
        script.migrate(self.env.cr, "19.0.1.3.0")
        self.env.invalidate_all()
        self.assertIn(group, everybody.implied_ids)
        self._assert_list(self.ana)
        self._assert_list(carla, expected=False)
        self.assertEqual(rosa.partner_id.specific_property_product_pricelist, employees)
