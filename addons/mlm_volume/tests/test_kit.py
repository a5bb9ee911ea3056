from .common import VolumeCommon


class TestKit(VolumeCommon):
    """An upgrade kit is sold for the difference: to whom it does not fit, the seller is told."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        one, two, three = cls.packages = cls.env["mlm.package"].create(
            [
                {"code": f"K-{number}", "name": f"Kit {number}", "sequence": number}
                for number in (1, 2, 3)
            ]
        )
        cls.whole = {
            package: cls._create_product_with_volume(
                f"W{package.code}", 10_000, 10_000, mlm_package_id=package.id
            )
            for package in cls.packages
        }
        cls.kit = {
            (low, high): cls._create_product_with_volume(
                f"U{low.code}{high.code}",
                10_000,
                10_000,
                mlm_package_id=high.id,
                mlm_package_from_id=low.id,
            )
            for low, high in ((one, two), (one, three), (two, three))
        }
        cls.one, cls.two, cls.three = one, two, three

    def _warning(self, product, *others, partner=None):
        order = self.env["sale.order"].create(
            {
                "partner_id": (partner or self.juan.partner_id).id,
                "order_line": [(0, 0, {"product_id": one.id}) for one in (product, *others)],
            }
        )
        return order.mlm_kit_warning, order

    def _buy(self, product):
        invoice = self._invoice(self._order(self.juan, product=product))
        self._pay(invoice)
        self._capture()
        return invoice

    def test_without_the_lower_package(self):
        warning, order = self._warning(self.kit[self.one, self.two])
        self.assertIn("Juan does not have Kit 1", warning)
        self.assertIn(f"Sell {self.whole[self.two].display_name} instead.", warning)
        # it is told, not stopped, and stays on record
        order.action_confirm()
        self.assertEqual(order.state, "sale")
        self.assertIn("Sell", order.message_ids.filtered("body")[0].body)
        self.assertFalse(order.mlm_kit_warning)

    def test_stranger(self):
        stranger = self.env["res.partner"].create({"name": "Stranger"})
        warning, __ = self._warning(self.kit[self.one, self.two], partner=stranger)
        self.assertIn("Stranger does not have Kit 1", warning)

    def test_fits(self):
        invoice = self._buy(self.whole[self.one])
        self.assertFalse(self._warning(self.kit[self.one, self.two])[0])
        # what came back is not held any more
        refund = invoice._reverse_moves([{"invoice_date": "2026-08-20"}])
        refund.action_post()
        self._capture()
        self.assertIn("does not have Kit 1", self._warning(self.kit[self.one, self.two])[0])

    def test_held_already(self):
        self._buy(self.whole[self.two])
        warning, __ = self._warning(self.kit[self.one, self.two])
        self.assertIn("Juan already has Kit 2", warning)
        self._buy(self.whole[self.three])
        self.assertIn("already has Kit 3", self._warning(self.kit[self.one, self.two])[0])

    def test_package_between(self):
        self._buy(self.whole[self.two])
        warning, __ = self._warning(self.kit[self.one, self.three])
        self.assertIn("has Kit 2 already", warning)
        self.assertIn(f"Sell {self.kit[self.two, self.three].display_name} instead.", warning)
        self.kit[self.two, self.three].sale_ok = False
        warning, __ = self._warning(self.kit[self.one, self.three])
        self.assertIn("No product upgrades from Kit 2 to Kit 3.", warning)

    def test_confirmed_and_not_paid_yet(self):
        self._order(self.juan, product=self.whole[self.one])
        self.assertFalse(self._warning(self.kit[self.one, self.two])[0])
        # and what another order upgrades to is not upgraded twice
        self._order(self.juan, product=self.kit[self.one, self.two])
        self.assertIn("already has Kit 2", self._warning(self.kit[self.one, self.two])[0])

    def test_with_the_lower_package_on_the_same_order(self):
        warning, __ = self._warning(self.kit[self.one, self.two], self.whole[self.one])
        self.assertFalse(warning)
