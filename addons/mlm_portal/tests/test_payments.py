# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import io
from datetime import timedelta
from unittest.mock import patch

from freezegun import freeze_time

from odoo import Command, fields
from odoo.http import Request

from ..models.deposit import mlm_portal_deposit as module
from .common import PortalHttpCase

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=="
)
URL = "/my/network/payments"


class TestPayments(PortalHttpCase):
    """ANA has an order of 90,000 that waits for money, and OTRO one of 70,000."""

    def setUp(self):
        super().setUp()
        self.product = self.env["product.product"].create(
            {
                "name": "Box",
                "type": "consu",
                "invoice_policy": "order",
                "list_price": 1,
                "taxes_id": False,
            }
        )
        self.mine, self.other = self._order("ANA", 90_000), self._order("OTRO", 70_000)
        self.today = self.network._local_date(fields.Datetime.now())
        self.day = self.today - timedelta(days=1)

    def _order(self, code, price):
        order = self.env["sale.order"].create(
            {
                "company_id": self.company.id,
                "partner_id": self.people[code].partner_id.id,
                "order_line": [
                    Command.create({"product_id": self.product.id, "price_unit": price})
                ],
            }
        )
        order.action_confirm()
        return order

    def _send(self, content=PNG, name="proof.png", **values):
        self.authenticate(self.users["ANA"].login, self.users["ANA"].login)
        data = {
            "csrf_token": Request.csrf_token(self),
            "document": f"sale.order-{self.mine.id}",
            "day": str(self.day),
            "time": "14:30",
            **values,
        }
        files = {"file": (name, io.BytesIO(content))}
        return self.url_open(URL, data, files=files).text

    def _proofs(self):
        return self.env["mlm.deposit"].search([("source", "=", "proof")])

    def test_proof_of_the_own_order(self):
        page = self._open(URL, "ANA")
        self.assertIn(self.mine.name, page)
        self.assertNotIn(self.other.name, page)
        self.assertIn("The proof was received", self._send())
        proof = self._proofs()
        self.assertEqual((proof.amount, proof.reference), (90_000, self.mine.name))
        self.assertEqual((proof.distributor_id, proof.paid_on), (self.people["ANA"], self.day))
        start = self.env["mlm.period"]._local_start(self.network, self.day)
        self.assertEqual(proof.paid_at - start, timedelta(hours=14, minutes=30))
        self.assertEqual(base64.b64decode(proof.file), PNG)
        self.assertEqual(proof.order_id, self.mine)
        self.assertIn("To identify", self._open(URL, "ANA"))
        self.assertNotIn("To identify", self._open(URL, "OTRO"))

    def test_sent_twice_is_once(self):
        self._send()
        self._send()
        self.assertEqual(len(self._proofs()), 1)

    def test_what_is_wrong_is_said_and_nothing_kept(self):
        tomorrow, old = self.today + timedelta(days=1), self.today - timedelta(days=61)
        for values, text in (
            ({"document": f"sale.order-{self.other.id}"}, "Choose the order"),
            ({"document": "res.users-2"}, "Choose the order"),
            ({"day": "soon"}, "day on which"),
            ({"day": str(tomorrow)}, "last 60 days"),
            ({"day": str(old)}, "last 60 days"),
            ({"content": b""}, "Add a photo"),
            ({"content": b"MZ program"}, "Only photos"),
            ({"content": PNG + b"0" * module.LARGEST}, "larger than 5 MB"),
        ):
            with self.subTest(**{name: str(value)[:40] for name, value in values.items()}):
                self.assertIn(text, self._send(**values))
        self.assertFalse(self._proofs())

    def test_time_of_the_payment(self):
        with freeze_time(f"{self.today} 18:00:00"):
            page = self.env["mlm.portal.deposit"]._take(
                self.people["ANA"],
                {
                    "document": f"sale.order-{self.mine.id}",
                    "day": str(self.today),
                    "time": "23:59",
                },
                PNG,
                "proof.png",
            )
        self.assertIn("later than now", page)
        for number, text in enumerate(("25:00", "")):
            self._send(PNG + bytes([number]), time=text)
        self.assertEqual(self._proofs().mapped("paid_at"), [False, False])

    def test_so_many_wait_at_once(self):
        for number in range(module.WAITING):
            self._send(content=PNG + bytes([number]))
        self.assertIn("waiting for review", self._send(content=PNG + b"x"))
        self.assertEqual(len(self._proofs()), module.WAITING)

    def test_so_many_a_day_and_no_more(self):
        with patch.object(module, "DAILY", 2):
            for number in range(3):
                self._send(PNG + bytes([number]))
        self.assertEqual(self.env["mlm.deposit"].search_count([("source", "=", "proof")]), 2)
