from datetime import date, datetime

from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon


@tagged("post_install", "-at_install")
class VolumeCommon(AccountTestInvoicingCommon):
    """A company with cycles 924 to 926 open, a product of 15 PV and 14 CV, and
    MARÍA, who sponsors JUAN and the customer CLARA."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env = cls.env(su=True, context={**cls.env.context, "tracking_disable": True})
        cls.company = cls.env.company
        cls.network = cls.company.mlm_network_id
        cls.network.first_cycle = 924
        cls.periods = cls.env["mlm.period"]
        cls.periods._ensure_until(cls.network, date(2026, 9, 6))
        cls.cycle = {period.number: period for period in cls.periods.search([])}
        cls.bank = cls.company_data["default_journal_bank"]
        account = cls.inbound_payment_method_line.payment_account_id
        cls.bank.inbound_payment_method_line_ids.payment_account_id = account
        cls.bank.outbound_payment_method_line_ids.payment_account_id = account
        cls.product = cls._create_product_with_volume("501", 150_000, 140_000)
        cls.tree = cls.env["mlm.tree"].create(
            {"name": "Binary", "code": "B", "network_id": cls.network.id}
        )
        cls.maria, cls.juan, cls.clara = cls.env["mlm.distributor"]._enrol(
            [
                {
                    "name": "María",
                    "code": "MARIA",
                    "is_root": True,
                    "placement": {},
                    "joined_at": datetime(2026, 1, 5, 12),
                },
                {
                    "name": "Juan",
                    "code": "JUAN",
                    "sponsor_code": "MARIA",
                    "placement": {"parent_code": "MARIA", "leg": "left"},
                    "joined_at": datetime(2026, 1, 6, 12),
                },
                {
                    "name": "Clara",
                    "code": "CLARA",
                    "kind": "customer",
                    "sponsor_code": "JUAN",
                    "joined_at": datetime(2026, 1, 7, 12),
                },
            ]
        )

    @classmethod
    def _create_product_with_volume(cls, code, pv_e4, cv_e4, price=110_900, **values):
        return cls.env["product.product"].create(
            {
                "name": f"Product {code}",
                "default_code": code,
                "type": "consu",
                "invoice_policy": "order",
                "list_price": price,
                "taxes_id": False,
                "mlm_volume_ids": [(0, 0, {"pv_e4": pv_e4, "cv_e4": cv_e4})],
                **values,
            }
        )

    def _order(self, distributor, quantity=1, product=None, **line):
        """Confirmed sale order of ``distributor``."""
        order = self.env["sale.order"].create(
            {
                "partner_id": distributor.partner_id.id,
                "order_line": [
                    (
                        0,
                        0,
                        {
                            "product_id": (product or self.product).id,
                            "product_uom_qty": quantity,
                            **line,
                        },
                    )
                ],
            }
        )
        order.action_confirm()
        return order

    def _invoice(self, order, day="2026-08-18"):
        invoice = order._create_invoices()
        invoice.invoice_date = day
        invoice.action_post()
        return invoice

    def _pay(self, invoice, day="2026-08-19", amount=None):
        """Register a payment; return the payment."""
        values = {"payment_date": day, "journal_id": self.bank.id}
        if amount:
            values["amount"] = amount
        wizard = (
            self.env["account.payment.register"]
            .with_context(active_model="account.move", active_ids=invoice.ids)
            .create(values)
        )
        return wizard._create_payments()

    def _sale(self, distributor, quantity=1, day="2026-08-19", **line):
        """Order → invoice → payment → captured; return the invoice."""
        invoice = self._invoice(self._order(distributor, quantity, **line), day)
        self._pay(invoice, day)
        self._capture()
        return invoice

    def _capture(self):
        self.env.flush_all()
        return self.env["mlm.capture.queue"]._process()

    def _ledger(self, invoice):
        return self.env["mlm.volume.entry"].search(
            [("move_line_id", "in", invoice.invoice_line_ids.ids)], order="id"
        )

    def _sum(self, *invoices):
        """PV and CV in the ledger of these invoices, in points."""
        entries = self.env["mlm.volume.entry"].browse()
        for invoice in invoices:
            entries += self._ledger(invoice)
        return sum(entries.mapped("pv_e4")) / 1e4, sum(entries.mapped("cv_e4")) / 1e4
