from datetime import timedelta

from .common import CommissionCommon


class TestHolder(CommissionCommon):
    """Who is paid, and as what people took part, when that changed afterwards."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.heir = cls.env["res.partner"].create({"name": "Heir"})

    def _paid(self, run):
        lines = run.chunk_ids.move_id.line_ids
        return lines.filtered(lambda line: line.account_id == self.payable).partner_id

    def test_transfer_at_the_close(self):
        """The cycle belongs to whoever held the membership until its end."""
        self._balanced_sales(left=2, right=2)
        old = self.maria.partner_id
        end = self.cycle[924]._end_moment()
        self.maria._transfer(self.heir, "Sold", end)
        if self.maria.partner_id != self.heir:
            self.maria.planned_ids.sudo()._execute()
        self.assertEqual(self.maria.partner_id, self.heir)
        run = self._posted()
        self.assertEqual(self._paid(run), old)
        self.assertEqual(self.maria.mlm_balance, 0)
        self.assertEqual(self.maria.mlm_former_balance, 891_000)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def test_transfer_inside_the_cycle(self):
        self._balanced_sales(left=2, right=2)
        self.maria._transfer(self.heir, "Sold", self.cycle[924]._end_moment() - timedelta(days=1))
        self.assertEqual(self._paid(self._posted()), self.heir)
        self.assertEqual(self.maria.mlm_balance, 891_000)
        self.assertEqual(self.maria.mlm_former_balance, 0)

    def test_statement_keeps_its_holder(self):
        self._balanced_sales(left=2, right=2)
        run = self._posted()
        old = self.maria.partner_id
        self.assertEqual(run.statement_ids.partner_id, old)
        self.maria._transfer(self.heir, "Sold")
        self.assertEqual(run.statement_ids.partner_id, old)

    def test_promotion_after_the_cycle_is_undone(self):
        period = self.cycle[924]
        customer = self._enrol("KATE", "MARIA", kind="customer")
        inside = self._enrol("LENA", "MARIA", kind="customer")
        before, after = (
            period._start_moment() + timedelta(days=1),
            period._end_moment() + timedelta(hours=1),
        )
        inside._promote("distributor", "Asked", before)
        operation = customer._promote("distributor", "Asked", after)
        if operation._name == "mlm.operation":
            operation.sudo()._execute()
        self.env.flush_all()
        snapshot = self.env["mlm.snapshot"]._load(period, self.version)
        kinds = dict(zip(snapshot.member_id.tolist(), snapshot.member_kind.tolist(), strict=True))
        self.assertEqual((kinds[customer.id], kinds[inside.id]), (2, 0))

    def test_purchases_of_a_co_holder(self):
        Distributor = self.env["mlm.distributor"]
        self.assertFalse(Distributor._mlm_of_partner(self.heir, self.company))
        self.maria._add_co_holder(self.heir, "Married")
        self.assertEqual(Distributor._mlm_of_partner(self.heir, self.company), self.maria)

    def test_purchases_of_a_second_enrolment(self):
        double = self._enrol("MARIA2", "JUAN")
        double._merge_into(self.maria, "Same person")
        buyer = self.env["mlm.distributor"]._mlm_of_partner(double.partner_id, self.company)
        self.assertEqual(buyer, self.maria)
