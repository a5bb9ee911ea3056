from datetime import date

from freezegun import freeze_time

from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.tests.today_common import TodayTests

from .common import VolumeCommon

ACCOUNTS = "account.group_account_readonly"
SALES = "sales_team.group_sale_salesman_all_leads"
ROLES = {
    "support": SALES,
    "manager": f"{SALES},{ACCOUNTS}",
    "approver": ACCOUNTS,
    "accountant": "account.group_account_user",
    "warehouse": SALES,
    "auditor": ACCOUNTS,
}
MONDAY = "2026-08-17 15:00:00"  # the first day of cycle 924, in Bogotá and in UTC


class TestToday(TodayTests, VolumeCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.users = {
            role: new_test_user(
                cls.env,
                f"volume_today_{role}",
                groups=f"base.group_user,mlm_base.group_{role},{groups}",
                company_id=cls.company.id,
                company_ids=[(6, 0, cls.company.ids)],
                lang="en_US",
            )
            for role, groups in ROLES.items()
        }
        cls.own = cls.network.id

    def _card(self, code, role="manager"):
        return self.cards(self.users[role]).get(code)

    # -- the cycle -------------------------------------------------------------

    def test_days_of_the_cycle(self):
        for moment, said, waits in (
            ("2026-08-15 15:00:00", "It begins on", False),
            ("2026-08-17 15:00:00", "6 days are left", False),
            ("2026-08-22 15:00:00", "One day is left", False),
            ("2026-08-23 15:00:00", "Today is its last day.", False),
        ):
            with self.subTest(moment), freeze_time(moment):
                card = self._card(f"cycle-{self.own}")
                self.assertEqual(card["open"], {"model": "mlm.period", "id": self.cycle[924].id})
                self.assertIn(said, card["text"])
                self.assertEqual(card["waits"], waits)
                self.assertIsNone(self._card(f"late-{self.own}"))

    def test_volume_of_the_cycle(self):
        self._sale(self.juan, 2)
        with freeze_time(MONDAY):
            facts = {one["label"]: one["value"] for one in self._card(f"cycle-{self.own}")["facts"]}
        self.assertEqual((facts["PV"], facts["CV"]), ("30", "28"))

    def test_cycles_to_close(self):
        with freeze_time("2026-09-02 15:00:00"):
            card = self._card(f"late-{self.own}")
            self.assertEqual(card["count"], 2)
            self.assertEqual(card["button"]["ids"], self.cycle[924].ids)
            self.assertTrue(card["button"]["confirm"])
            self.assertIsNone(self._card(f"late-{self.own}", "auditor")["button"])
            self.assert_opens(self.users["manager"])
            self.cycle[924].action_close()
            self.assertEqual(self._card(f"late-{self.own}")["count"], 1)

    def test_last_cycle_is_over(self):
        with freeze_time("2026-09-20 15:00:00"):
            card = self._card(f"cycle-{self.own}")
            self.assertEqual(card["open"]["id"], self.cycle[926].id)
            self.assertIn("still takes payments", card["text"])
            self.assertTrue(card["waits"])
            self.assertEqual(card["button"]["method"], "action_close")

    # -- sales -----------------------------------------------------------------

    def test_unpaid_orders(self):
        with freeze_time(MONDAY):
            self.assertIsNone(self._card(f"unpaid-{self.own}"))
            order = self._order(self.juan)
            self.assertEqual(self._card(f"unpaid-{self.own}")["count"], 1)
            invoice = self._invoice(order)
            self.assertEqual(self._card(f"unpaid-{self.own}")["count"], 1)
            self._order(self.juan)
            card = self._card(f"unpaid-{self.own}")
            self.assertEqual(card["count"], 2)
            self.assertIn(f"{2 * 110_900:,}", card["text"])
            for user in self.users.values():
                self.assert_opens(user)
            self._pay(invoice)
            self.assertEqual(self._card(f"unpaid-{self.own}")["count"], 1)

    def test_sales_that_do_not_count(self):
        invoice = self._invoice(self._order(self.juan))
        for number in (924, 925, 926):
            self.cycle[number].action_close()
        as_internal(self.periods.search([("state", "=", "open")])).write({"state": "history"})
        self._pay(invoice)
        self._capture()
        card = self._card(f"stopped-{self.own}")
        self.assertEqual((card["count"], card["tone"]), (1, "danger"))
        self.assertEqual(card["open"]["domain"], [("id", "in", invoice.ids)])
        for user in self.users.values():
            self.assert_opens(user)

    # -- the controller's list -------------------------------------------------

    def test_orders_without_invoice(self):
        mine, other = self._order(self.juan), self._order(self.maria)
        mine.user_id, other.user_id = self.users["support"], False
        card = self._card("uninvoiced", "auditor")
        self.assertEqual(card["count"], 2)
        self.assertCountEqual(
            card["owners"],
            [
                {"label": self.users["support"].name, "count": 1},
                {"label": "Nobody", "count": 1},
            ],
        )
        self.assertIn("uninvoiced", self.assert_opens(self.users["accountant"]))
        self.assertIsNone(self._card("uninvoiced", "support"))
        self._invoice(mine)
        self.assertEqual(self._card("uninvoiced", "auditor")["count"], 1)

    def test_payments_without_invoice(self):
        before = self._card("unmatched", "auditor") or {"count": 0}
        self._pay(self._invoice(self._order(self.juan)))
        self.assertEqual(
            (self._card("unmatched", "auditor") or {"count": 0})["count"], before["count"]
        )
        payment = self.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": self.juan.partner_id.id,
                "amount": 50_000,
                "date": date(2026, 8, 18),
                "journal_id": self.bank.id,
            }
        )
        payment.action_post()
        card = self._card("unmatched", "auditor")
        self.assertEqual(card["count"], before["count"] + 1)
        self.assertIn("unmatched", self.assert_opens(self.users["auditor"]))
        self.assertIsNone(self._card("unmatched", "support"))

    # -- who calls -------------------------------------------------------------

    def test_last_orders_of_who_calls(self):
        paid = self._sale(self.juan)
        invoiced = self._invoice(self._order(self.juan))
        open_order = self._order(self.juan)
        quotation = open_order.copy()
        today = self.env["mlm.today"].with_user(self.users["support"]).sudo(False)
        [found] = today.find_people("JUAN")
        said = {order["id"]: order["text"] for order in found["orders"]}
        orders = [move.invoice_line_ids.sale_line_ids.order_id for move in (paid, invoiced)]
        self.assertEqual(len(said), 3)
        self.assertTrue(said[quotation.id].endswith("quotation"))
        self.assertTrue(said[open_order.id].endswith("not invoiced"))
        self.assertNotIn(orders[0].id, said)
        self.assertIn(orders[1].id, said)

    # -- as light as a list ----------------------------------------------------

    def test_queries_do_not_grow_with_what_waits(self):
        for _number in range(2):
            self._invoice(self._order(self.juan))
            self._order(self.juan)
        few = {
            role: self.count_queries(self.users[role], "commissions")
            for role in ("manager", "accountant")
        }
        for _number in range(5):
            self._invoice(self._order(self.juan))
            self._order(self.juan)
        for role, queries in few.items():
            self.assertLessEqual(self.count_queries(self.users[role], "commissions"), queries)
            self.assertLessEqual(queries, 60)
