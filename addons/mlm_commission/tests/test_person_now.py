# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.tests import tagged

from .common import CommissionCommon


@tagged("post_install", "-at_install")
class TestPersonNow(CommissionCommon):
    """What a clerk reads of a person on top of the form."""

    NAMES = (
        "mlm_rank",
        "mlm_title",
        "mlm_activity",
        "mlm_pv",
        "mlm_cv",
        "mlm_last_order",
        "mlm_last_payment",
    )

    def _seen(self, member, role="support"):
        self.env.invalidate_all()
        return self._as(member, role).read(
            [*self.NAMES, "mlm_legs", "mlm_period_id", "mlm_pay_date"]
        )[0]

    def test_before_any_cycle_was_posted(self):
        self.assertFalse(self._seen(self.maria)["mlm_activity"])
        self.assertEqual(self._seen(self.juan)["mlm_legs"], "left 0 · right 0")

    def test_as_of_the_last_cycle_and_since(self):
        self._balanced_sales(left=2)
        self._posted()
        found = self._seen(self.maria)
        self.assertEqual(found["mlm_activity"], "active")
        self.assertEqual(found["mlm_pv"], 0)  # nothing bought since
        self.assertEqual(str(found["mlm_last_payment"]), "2026-08-19")
        # the weaker leg was paid, the rest of the other one is carried over
        self.assertEqual(found["mlm_legs"], "left 1,000 · right 0")
        period = self.cycle[925]
        self.assertEqual(found["mlm_period_id"][0], period.id)
        self.assertEqual(found["mlm_pay_date"], period.pay_date)
        self._sale(self.yenny, product=self.big, day=str(period.date_start))
        self.assertEqual(self._seen(self.maria)["mlm_legs"], "left 1,000 · right 1,000")
        self.assertEqual(self._seen(self.yenny)["mlm_cv"], 1000)
        self.assertEqual(self._seen(self.yenny)["mlm_pv"], 50)

    def test_found_by_activity(self):
        self.assertFalse(self.env["mlm.distributor"].search([("mlm_activity", "=", "inactive")]))
        self._sale(self.maria, product=self.big)
        self._posted()
        people = self._as(self.env["mlm.distributor"], "support")
        active = people.search([("mlm_activity", "=", "active")])
        inactive = people.search([("mlm_activity", "=", "inactive")])
        self.assertEqual(active.mapped("code"), ["MARIA"])
        self.assertEqual(inactive.mapped("code"), ["JUAN", "YENNY"])
        self.assertEqual(people.search([("mlm_activity", "=", False)]).mapped("code"), ["CLARA"])
        self.assertEqual(
            people.search([("mlm_activity", "!=", "active")]), people.search([]) - active
        )

    def test_a_credit_note_is_no_payment(self):
        invoice = self._invoice(self._order(self.juan), "2026-08-18")
        wizard = (
            self.env["account.move.reversal"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create({"journal_id": invoice.journal_id.id, "date": "2026-08-20"})
        )
        wizard.refund_moves()
        refund = invoice.reversal_move_ids
        if refund.state == "draft":
            refund.action_post()
        lines = (invoice | refund).line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        lines.filtered(lambda line: not line.reconciled).reconcile()
        self.assertIn(invoice.payment_state, ("paid", "reversed"))
        found = self._seen(self.juan)
        self.assertTrue(found["mlm_last_order"])
        self.assertFalse(found["mlm_last_payment"])

    def test_queries_do_not_grow_with_the_people(self):
        many = self.env["mlm.distributor"]._enrol(
            [
                {
                    "name": f"Person {number}",
                    "code": f"N{number:03}",
                    "sponsor_code": "MARIA",
                    "placement": {"strategy": "auto", "tree_id": self.tree.id},
                }
                for number in range(80)
            ]
        )
        self._balanced_sales()
        self._posted()

        def count(people):
            people = self._as(people, "manager")
            people.read([*self.NAMES, "mlm_legs"])  # fills what is cached for all
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            people.read([*self.NAMES, "mlm_legs"])
            return self.env.cr.sql_log_count - before

        few = count(many[:5])
        self.assertLessEqual(count(many), few)

    def test_orders_and_invoices(self):
        self._sale(self.maria)
        self._order(self.maria)
        self.assertEqual((self.maria.mlm_order_count, self.maria.mlm_invoice_count), (2, 1))
        found = self.env["sale.order"].search(self.maria.action_mlm_orders()["domain"])
        self.assertEqual(found.mlm_buyer_id, self.maria)
        warehouse = self._as(self.maria, "warehouse")
        self.assertEqual((warehouse.mlm_order_count, warehouse.mlm_invoice_count), (0, 0))
