# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import suppress
from datetime import date

from odoo.tests import tagged

from .exact_common import ExactCommon

MILLION = 1_000_000


class Undone(Exception):
    """What was posted to look at it is taken back."""


@tagged("post_install_l10n", "post_install", "-at_install")
class TestWithholdingNumber(ExactCommon):
    """Codes of one tax number count together, whichever part of a run is posted first."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # one person: with a cédula on one contact, with its NIT on the other
        cls._document(cls.yenny, "79000333-5", "rut")
        cls.people = cls.maria + cls.juan + cls.yenny

    def test_spellings(self):
        """The number of the tax office, however the contact has it."""
        partner = self.juan.partner_id
        for number, code, expected in (
            ("800197268-4", "rut", "800197268"),
            ("800.197.268-4", "rut", "800197268"),
            ("8001972684", "rut", "800197268"),
            ("79.000.333", "national_citizen_id", "79000333"),
            ("79000333", "national_citizen_id", "79000333"),
            ("AB 123-x", "passport", "AB123X"),
            (False, "national_citizen_id", f"P{partner.id}"),
        ):
            self._document(self.juan, number, code)
            self.assertEqual(partner._mlm_tax_number(), {partner.id: expected}, number)

    def test_one_number_of_two_codes(self):
        numbers = self.people.partner_id._mlm_tax_number()
        self.assertEqual(
            [numbers[one.partner_id.id] for one in self.people],
            ["52000222", "79000333", "79000333"],
        )

    def _rates(self, run):
        return {
            one.distributor_id.code: line.rate_e6 // 10_000
            for one in run.statement_ids
            for line in one.deduction_ids
            if line.code == "renta"
        }

    def _post_in(self, run, order):
        """``(rates, deducted)`` of a run whose parts are posted in an order, then undone."""
        found = []
        with suppress(Undone), self.env.cr.savepoint():
            run._start_posting()
            chunks = run.chunk_ids.sorted("number")
            self.assertEqual(len(chunks), 3)
            for place in order:
                run._post_chunk(chunks[place])
            run._finish_posting()
            self.env.invalidate_all()
            found += [self._rates(run), run.deducted_e4]
            self._assert_laws()
            raise Undone
        self.env.invalidate_all()
        return found

    def test_parts_in_any_order(self):
        """Two codes of 100 million each: the second one passes the limit, always the same one."""
        self.company.mlm_chunk_size = 1
        paid = dict.fromkeys(self.people, 100 * MILLION)
        run = self._paying(924, paid)
        expected = run.deducted_e4
        told = {one: run._get_statement(one)["deductions"] for one in self.people}
        self._approve(run)
        first, second = sorted((self.juan, self.yenny), key=lambda one: one.id)
        rates = {self.maria.code: 10, first.code: 10, second.code: 11}
        for order in ((0, 1, 2), (2, 1, 0), (1, 2, 0)):
            self.assertEqual(self._post_in(run, order), [rates, expected], order)
        run = self._finish(run)
        for one in self.people:
            self.assertEqual(run._get_statement(one)["deductions"], told[one], one.code)
        self.assertEqual(sum(base for base, __ in self._paid("79000333").values()), 200 * MILLION)

    def test_month_in_any_order(self):
        """What the table of the month leaves to the second code is what the first did not bear."""
        for member in (self.juan, self.yenny):
            self._profile(member, art383=True, confirm=True)
        self.company.mlm_chunk_size = 1
        run = self._paying(924, {self.maria: 1, self.juan: 6 * MILLION, self.yenny: 4 * MILLION})
        self._approve(run)
        totals = [self._post_in(run, order)[1] for order in ((0, 1, 2), (2, 1, 0))]
        self.assertEqual(totals[0], totals[1])
        run = self._finish(run)
        withheld = sum(
            line.amount for line in run.statement_ids.deduction_ids if line.code == "renta"
        )
        self.assertEqual(withheld, 1_124_032)

    def test_adjustments_of_two_codes(self):
        """Approved together, they count one after another."""
        asked = self.env["mlm.adjustment"]
        for member in (self.juan, self.yenny, self.maria):
            asked += self._ask(member, 100 * MILLION, date(2026, 8, 20))
        asked._post_adjustments(self.env.uid)
        rates = [self._figures(one.deduction_ids)["renta"][1] for one in asked]
        self.assertEqual(rates, [10, 11, 10])
        self._assert_laws()

    def test_other_companies_and_numbers_count_apart(self):
        self._adjust(self.juan, 200 * MILLION, date(2026, 8, 20))
        run = self._post(924, {self.maria: 1_000, self.yenny: 1_000})
        self.assertEqual(self._rates(run), {self.maria.code: 10, self.yenny.code: 11})
