from datetime import datetime

import psycopg2

from odoo.exceptions import AccessError, ValidationError
from odoo.tests import new_test_user
from odoo.tools import mute_logger

from odoo.addons.mlm_base.internal import as_internal

from .common import VolumeCommon


class TestNetwork(VolumeCommon):
    """Two companies of one network: Ana, at home in the second one, stands below Juan."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        euro = cls.setup_other_currency("EUR")
        cls.home = cls.setup_other_company(
            name="Company of Ana", currency_id=euro.id, mlm_network_id=cls.network.id
        )["company"]
        cls.home.mlm_volume_rule = "invoiced"
        cls.network.currency_id = cls.setup_other_currency("GBP")
        cls._rate(cls.company, "2026-01-01", 4_000_000_000)
        cls.product.product_tmpl_id.mlm_volume_ids = [
            (0, 0, {"company_id": cls.home.id, "pv_e4": 150_000, "cv_e4": 140_000})
        ]
        cls.ana = cls.env["mlm.distributor"]._enrol(
            [
                {
                    "name": "Ana",
                    "code": "ANA",
                    "company_id": cls.home.id,
                    "sponsor_code": "JUAN",
                    "placement": {"parent_code": "JUAN", "leg": "left"},
                    "joined_at": datetime(2026, 1, 8, 12),
                }
            ]
        )
        cls.elsewhere = cls.env["res.company"].create({"name": "Another Network"})
        cls.stranger = cls.env["mlm.distributor"]._enrol(
            [{"name": "Stranger", "company_id": cls.elsewhere.id, "is_root": True}]
        )

    @classmethod
    def _rate(cls, company, day, rate_e6):
        cls.env["mlm.exchange.rate"].create(
            {
                "company_id": company.id,
                "currency_id": cls.network.currency_id.id,
                "date_from": day,
                "rate_e6": rate_e6,
            }
        )

    def test_empty_cv_is_the_price_in_points(self):
        """110,900 of the company's currency at 4,000 a point."""
        self.product.mlm_volume_ids.cv_is_price = True
        found = self.product._mlm_unit_values(self.company, self.cycle[924].date_start)
        self.assertEqual(found["mlm_unit_cv_e4"], 277_250)

    def _sale_at_home(self, distributor, day="2026-08-19"):
        """Posted invoice of the second company, where that is enough."""
        order = self.env["sale.order"].with_company(self.home)
        order = order.create(
            {
                "partner_id": distributor.partner_id.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )
        order.action_confirm()
        invoice = self._invoice(order, day)
        self._capture()
        return invoice

    def _user(self, login, role, company):
        return new_test_user(
            self.env,
            login,
            groups=f"base.group_user,{role if '.' in role else f'mlm_base.group_{role}'}",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
        )

    def test_sale_of_a_company_to_a_person_of_another(self):
        invoice = self._sale(self.ana, quantity=2)
        entry = self._ledger(invoice)
        self.assertEqual(invoice.company_id, self.company)
        self.assertEqual(entry.company_id, self.company)
        self.assertEqual(entry.network_id, self.network)
        self.assertEqual((entry.distributor_id, entry.buyer_id), (self.ana, self.ana))
        self.assertEqual(entry.position_id, self.ana.position_ids)
        self.assertEqual(entry.period_id, self.cycle[924])
        self.assertEqual(self._sum(invoice), (30, 28))
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_seller_of_one_company_serves_people_of_another(self):
        seller = self._user("network_seller", "sales_team.group_sale_salesman", self.company)
        self.env.flush_all()
        self.env.invalidate_all()
        order = self.env["sale.order"].with_user(seller).sudo(False)
        order = order.create(
            {
                "partner_id": self.ana.partner_id.id,
                "order_line": [(0, 0, {"product_id": self.product.id})],
            }
        )
        order.action_confirm()
        (read,) = order.read(["mlm_distributor_id", "mlm_pv"])
        self.assertEqual(read["mlm_distributor_id"], (self.ana.id, self.ana.display_name))
        self.assertEqual(read["mlm_pv"], 15)

    def test_sales_of_both_enter_the_common_cycle(self):
        bought = self._ledger(self._sale(self.ana))
        sold = self._ledger(self._sale_at_home(self.juan))
        self.assertEqual(sold.company_id, self.home)
        self.assertEqual(sold.currency_id, self.home.currency_id)
        self.assertEqual((bought | sold).period_id, self.cycle[924])
        self.assertEqual((self.cycle[924].pv, self.cycle[924].cv), (30, 28))
        # the rule of the company that sells says when
        waits = self._invoice(self._order(self.ana))
        self._capture()
        self.assertFalse(self._ledger(waits))
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_worth_of_a_point_is_that_of_the_selling_company(self):
        self._rate(self.company, "2026-08-20", 4_100_000_000)
        self.assertEqual(self._ledger(self._sale(self.ana)).point_e6, 4_000_000_000)
        later = self._ledger(self._sale(self.ana, day="2026-08-20"))
        self.assertEqual(later.point_e6, 4_100_000_000)
        # without a rate the sale counts, and its worth is not known
        unknown = self._ledger(self._sale_at_home(self.ana))
        self.env.cr.execute("SELECT point_e6 FROM mlm_volume_entry WHERE id = %s", [unknown.id])
        self.assertEqual(self.env.cr.fetchone(), (None,))
        self._rate(self.home, "2026-08-19", 1_250_000)
        self.assertEqual(self._ledger(self._sale_at_home(self.ana)).point_e6, 1_250_000)
        self.network.currency_id = self.home.currency_id
        self.assertEqual(self._ledger(self._sale_at_home(self.ana)).point_e6, 1_000_000)

    def test_what_is_taken_back_keeps_the_worth_of_the_sale(self):
        invoice = self._invoice(self._order(self.ana, quantity=2), "2026-08-18")
        payment = self._pay(invoice)
        self._capture()
        returned = self._sale(self.ana)
        unknown = self._sale_at_home(self.ana)
        for company in (self.company, self.home):
            self._rate(company, "2026-08-20", 4_100_000_000)
        payment.action_draft()
        for sale in (returned, unknown):
            sale._reverse_moves([{"invoice_date": "2026-08-21"}]).action_post()
        self._capture()
        change = self._ledger(invoice)[-1]
        self.assertEqual((change.kind, change.point_e6), ("change", 4_000_000_000))
        refund = self._ledger(returned.reversal_move_ids)
        self.assertEqual((refund.kind, refund.point_e6), ("refund", 4_000_000_000))
        self.assertFalse(self._ledger(unknown.reversal_move_ids).point_e6)

    def test_credited_person_of_another_network_is_refused(self):
        order = self.env["sale.order"].create({"partner_id": self.ana.partner_id.id})
        invoice = self.env["account.move"].create(
            {"move_type": "out_invoice", "partner_id": self.ana.partner_id.id}
        )
        for document in (order, invoice):
            document.mlm_distributor_id = self.ana
            with (
                self.subTest(document._name),
                self.assertRaisesRegex(ValidationError, "somebody of another network"),
                self.env.cr.savepoint(),
            ):
                document.mlm_distributor_id = self.stranger
        with self.assertRaisesRegex(ValidationError, "Choose a distributor of .*Company of Ana"):
            order.copy({"mlm_distributor_id": self.stranger.id})
        # to this network a buyer of the other one is somebody whom nobody referred
        self.company.mlm_root_queue_id = self.maria
        order = self._order(self.stranger)
        self.assertFalse(order.mlm_buyer_id)
        self.assertEqual(order.mlm_distributor_id, self.maria)

    @mute_logger("odoo.sql_db")
    def test_database_keeps_a_row_inside_its_network(self):
        row = {
            "company_id": self.home.id,
            "period_id": self.cycle[924].id,
            "distributor_id": self.ana.id,
            "kind": "sale",
            "moment": datetime(2026, 8, 19, 12),
        }
        ledger = self.env["mlm.volume.entry"]
        for wrong in (
            {"distributor_id": self.stranger.id},
            {"buyer_id": self.stranger.id},
            {"company_id": self.elsewhere.id},
        ):
            with (
                self.subTest(wrong),
                self.assertRaises(psycopg2.errors.ForeignKeyViolation),
                self.env.cr.savepoint(),
            ):
                ledger._insert_rows([row | wrong])

    def test_law_sees_a_row_of_another_company_than_its_invoice(self):
        line = self._sale(self.ana).invoice_line_ids
        self.assertFalse(self.env["mlm.law"]._check_all())
        self.env["mlm.volume.entry"]._insert_rows(
            [
                {
                    "company_id": self.home.id,
                    "period_id": self.cycle[924].id,
                    "distributor_id": self.ana.id,
                    "kind": "change",
                    "move_line_id": line.id,
                    "entry_no": 1,
                    "moment": datetime(2026, 8, 19, 12),
                }
            ]
        )
        found = self.env["mlm.law"]._check_all()
        self.assertEqual([one["law"] for one in found], ["ledger_inside_network"])

    @mute_logger("odoo.sql_db")
    def test_numbers_of_cycles_are_of_the_network(self):
        self.assertEqual(
            self.periods.with_company(self.home).default_get(["network_id"]),
            {"network_id": self.network.id},
        )
        with self.assertRaises(psycopg2.errors.UniqueViolation), self.env.cr.savepoint():
            self.periods.with_company(self.home).create({"number": 924})
        there = self.periods.with_company(self.elsewhere).create({"number": 924})
        self.assertEqual(there.network_id, self.elsewhere.mlm_network_id)

    def test_who_sees_and_who_closes(self):
        own = self._ledger(self._sale(self.juan))
        product = self._create_product_with_volume("502", 1, 1, company_id=self.company.id)
        bought = self._ledger(self._sale(self.ana, product=product))
        sold = self._ledger(self._sale_at_home(self.juan))
        manager = self._user("network_home", "manager", self.home)
        rows = self.env["mlm.volume.entry"].with_user(manager).sudo(False)
        self.assertEqual(rows.search([]), sold | bought)
        self.env.invalidate_all()
        (read,) = bought.with_user(manager).sudo(False).read()
        self.assertEqual(read["product_id"], (product.id, product.display_name))
        self.assertIn("Product 502", read["display_name"])
        chief = self._user("network_chief", "network_manager", self.home)
        rows = self.env["mlm.volume.entry"].with_user(chief).sudo(False)
        self.assertEqual(rows.search([]), sold | bought | own)
        # cycles are read by all, and changed by who leads the network
        cycle = self.cycle[924].with_user(manager).sudo(False)
        self.assertEqual(cycle.number, 924)
        with self.assertRaises(AccessError):
            cycle.action_close()
        cycle.with_user(chief).sudo(False).action_close()
        self.assertEqual(cycle.state, "closed")

    def test_volume_of_a_posted_cycle_is_kept_as_everybody_saw_it(self):
        self._sale(self.juan)
        self._sale(self.ana, quantity=2)
        self._sale_at_home(self.juan)
        roles = [("manager", self.home), ("manager", self.company), ("network_manager", self.home)]
        users = [self._user(f"reader_{place}", *role) for place, role in enumerate(roles)]
        cycle, names = self.cycle[924], ["entry_count", "pv", "cv"]

        def read():
            self.env.invalidate_all()
            return [cycle.with_user(user).sudo(False).read(names) for user in users]

        before = read()
        self.assertEqual([found["entry_count"] for (found,) in before], [2, 3, 3])
        self.assertFalse(self.env["mlm.period.sum"].search([]))
        as_internal(cycle).write({"state": "posted"})
        self.assertEqual(sum(self.env["mlm.period.sum"].search([]).mapped("entry_count")), 3)
        self.assertEqual(read(), before)
        self.assertFalse(self.env["mlm.law"]._check_all())
        self.env.cr.execute(
            "UPDATE mlm_period_sum SET pv_e4 = pv_e4 + 10000 WHERE company_id = %s", [self.home.id]
        )
        found = self.env["mlm.law"]._check_all()
        self.assertEqual([one["law"] for one in found], ["posted_cycles_add_up"])
        # the page reads what is kept
        self.assertNotEqual(read(), before)

    def test_packages_are_changed_by_who_leads(self):
        package = self.env["mlm.package"].create({"code": "T-1", "name": "T-1"})
        shared = self.env["mlm.package"].create({"code": "T-2", "name": "T-2", "network_id": False})
        other = self.elsewhere.mlm_network_id
        foreign = package.create({"code": "T-1", "name": "T-1", "network_id": other.id})
        self.assertEqual(package.network_id, self.network)
        packages = self.env["mlm.package"]
        found = packages._of_network(self.network)
        self.assertEqual(found & (package | shared | foreign), package | shared)
        accountant = self._user("network_accountant", "accountant", self.home)
        seen = packages.with_user(accountant).sudo(False).search([])
        self.assertEqual(seen & (package | shared | foreign), package | shared)
        admin = self._user("network_admin", "admin", self.home)
        mine = package.with_user(admin).sudo(False)
        self.assertFalse(mine.has_access("write"))
        # who works in every company of the network leads it
        admin.company_ids |= self.company
        self.assertTrue(mine.has_access("write"))

    def test_settings_are_saved_by_who_works_in_one_company(self):
        """What is common stays, what is the company's is saved."""
        user = new_test_user(
            self.env,
            "settings of one company",
            "base.group_system,mlm_base.group_admin",
            company_id=self.home.id,
            company_ids=[(6, 0, self.home.ids)],
        )
        settings = self.env["res.config.settings"].with_user(user).sudo(False)
        settings = settings.with_context(allowed_company_ids=self.home.ids)
        values = settings.default_get(list(settings._fields))
        settings.create({**values, "mlm_volume_rule": "paid"}).execute()
        self.assertEqual(self.home.mlm_volume_rule, "paid")
        with self.assertRaises(AccessError), mute_logger("odoo.addons.base.models.ir_rule"):
            settings.create({**values, "mlm_cycle_days": 14}).execute()
