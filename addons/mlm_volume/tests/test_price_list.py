from odoo.tests import new_test_user

from .common import VolumeCommon


class TestPriceList(VolumeCommon):
    """Members buy at the distributor price list of their home company."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.public = cls.env["product.pricelist"].search(
            [("company_id", "=", cls.company.id)], limit=1
        ) or cls._create_list("Public")
        cls.distributors = cls._create_list("Distributors", 90_000)
        cls.company.mlm_distributor_pricelist_id = cls.distributors

    @classmethod
    def _create_list(cls, name, price=None, company=None):
        company = company or cls.company
        items = [(0, 0, {"compute_price": "fixed", "fixed_price": price})] if price else []
        return cls.env["product.pricelist"].create(
            {
                "name": name,
                "company_id": company.id,
                "currency_id": company.currency_id.id,
                # first of all, which is where Odoo looks for whoever has none
                "sequence": 1 if price else 30,
                "item_ids": items,
            }
        )

    def _list_of(self, member, company=None):
        partner = member if member._name == "res.partner" else member.partner_id
        return partner.with_company(company or self.company).property_product_pricelist

    def _enrol(self, **values):
        return self.env["mlm.distributor"]._enrol([{"sponsor_code": "JUAN", **values}])

    def test_price_lists_are_on_for_everybody(self):
        clerk = new_test_user(self.env, "price_clerk")
        self.assertTrue(clerk.has_group("product.group_product_pricelist"))

    def test_new_distributor_buys_at_the_list(self):
        rosa = self._enrol(name="Rosa")
        self.assertEqual(self._list_of(rosa), self.distributors)
        order = self._order(rosa)
        self.assertEqual(order.pricelist_id, self.distributors)
        self.assertEqual(order.order_line.price_unit, 90_000)
        vip = self._enrol(name="Vip", kind="preferred")
        self.assertEqual(self._list_of(vip), self.distributors)

    def test_existing_contact_and_both_ways_of_creating(self):
        partner = self.env["res.partner"].create({"name": "Pedro"})
        self.assertEqual(self._list_of(partner), self.public)
        # the screen and the import create by the ORM's own method
        self.env["mlm.distributor"].create({"partner_id": partner.id, "sponsor_id": self.juan.id})
        self.assertEqual(self._list_of(partner), self.distributors)

    def test_customers_and_strangers_pay_the_public_price(self):
        """The distributor list comes first in order, and is nobody's for want of another."""
        carla = self._enrol(name="Carla", kind="customer")
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        self.assertEqual(self._list_of(carla), self.public)
        self.assertEqual(self._list_of(stranger), self.public)
        self.public.active = False
        self.assertNotEqual(self._list_of(stranger), self.distributors)

    def test_promotion_gives_it(self):
        retail = self._create_list("Retail")
        carla = self._enrol(name="Carla", kind="customer")
        carla.partner_id.property_product_pricelist = retail
        carla._promote("distributor", "Signs the contract")
        self.assertEqual(self._list_of(carla), self.distributors)
        self.assertIn("instead of Retail", carla.partner_id.message_ids[:1].body)

    def test_termination_takes_it_and_readmission_gives_it_back(self):
        rosa = self._enrol(name="Rosa")
        rosa._terminate("Resigns")
        self.assertEqual(self._list_of(rosa), self.public)
        rosa._readmit(self.juan, "Comes back")
        self.assertEqual(self._list_of(rosa), self.distributors)

    def test_termination_leaves_a_list_set_by_hand(self):
        employees = self._create_list("Employees")
        rosa = self._enrol(name="Rosa")
        rosa.partner_id.property_product_pricelist = employees
        rosa._suspend("Complaint")
        rosa._reinstate("Solved")
        self.assertEqual(self._list_of(rosa), employees)
        rosa._terminate("Resigns")
        self.assertEqual(self._list_of(rosa), employees)

    def test_holders(self):
        rosa = self._enrol(name="Rosa")
        old = rosa.partner_id
        spouse, heir = self.env["res.partner"].create([{"name": "Spouse"}, {"name": "Heir"}])
        rosa._add_co_holder(spouse, "Marriage")
        self.assertEqual(self._list_of(spouse), self.distributors)
        rosa._transfer(heir, "Sold")
        self.assertEqual(self._list_of(heir), self.distributors)
        self.assertEqual(self._list_of(old), self.public)
        rosa._end_co_holder(spouse, "Divorce")
        self.assertEqual(self._list_of(spouse), self.public)

    def test_merged_contact_goes_on_buying_for_the_survivor(self):
        twice = self._enrol(name="Juan again")
        twice._merge_into(self.juan, "Same person")
        self.assertEqual(self._list_of(twice), self.distributors)

    def test_home_company(self):
        other = self.env["res.company"].create({"name": "Other", "mlm_network_id": self.network.id})
        abroad = self._create_list("Abroad", company=other)
        other.mlm_distributor_pricelist_id = abroad
        rosa = self._enrol(name="Rosa", company_id=other.id)
        self.assertEqual(self._list_of(rosa, other), abroad)
        self.assertNotEqual(self._list_of(rosa), self.distributors)

    def test_setting_reaches_who_is_there_already(self):
        """As the upgrade does: those with a list of their own keep it."""
        new, employees = self._create_list("New"), self._create_list("Employees")
        rosa = self._enrol(name="Rosa")
        carla = self._enrol(name="Carla", kind="customer")
        child = self.env["res.partner"].create({"name": "Shop", "parent_id": rosa.partner_id.id})
        self.maria.partner_id.property_product_pricelist = employees
        self.company.mlm_distributor_pricelist_id = new
        self.assertEqual(self._list_of(rosa), new)
        self.assertEqual(self._list_of(child), new)
        self.assertEqual(self._list_of(self.juan), new)
        self.assertEqual(self._list_of(self.maria), employees)
        self.assertNotEqual(self._list_of(carla), new)
        self.company.mlm_distributor_pricelist_id = False
        self.assertFalse(rosa.partner_id.specific_property_product_pricelist)
        self.assertEqual(self._list_of(self.maria), employees)

    def test_order_says_which_list_and_why(self):
        def why(partner, **values):
            return (
                self.env["sale.order"].new({"partner_id": partner.id, **values}).mlm_price_list_text
            )

        rosa = self._enrol(name="Rosa")
        carla = self._enrol(name="Carla", kind="customer")
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        person = rosa.partner_id
        self.assertEqual(why(person), "Distributors, because Rosa is a distributor.")
        self.assertEqual(
            why(carla.partner_id),
            f"{self.public.name}, because Carla is a customer, not a distributor.",
        )
        self.assertEqual(why(stranger), f"{self.public.name}, because Stranger is not enrolled.")
        self.assertEqual(
            why(person, pricelist_id=self.public.id),
            f"{self.public.name}, chosen on this order. The list of Rosa is Distributors.",
        )
        rosa._suspend("Complaint")
        self.assertIn("a distributor (suspended)", why(person))
        employees = self._create_list("Employees")
        person.property_product_pricelist = employees
        self.assertEqual(why(person), "Employees, because it is set on the contact Rosa.")
        rosa._terminate("Resigns")
        person.specific_property_product_pricelist = False
        self.assertIn("the membership of Rosa has ended", why(person))
        self.company.mlm_distributor_pricelist_id = False
        self.assertIn("no distributor price list yet", why(self.juan.partner_id))
