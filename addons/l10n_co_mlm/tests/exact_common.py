# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from mlm_engine.kernel import snapshot_file

from odoo.addons.mlm_base.internal import as_internal

from .profile_common import ProfileCommon

#: cycles 924 to 930, of which the last ends early in October
LAST_DAY = date(2026, 10, 4)


class ExactCommon(ProfileCommon):
    """The network of three in a company with the chart of Colombia, that is an agent of ICA in
    Bogotá and nowhere else. Its runs pay what a test says, to the peso."""

    @classmethod
    @ProfileCommon.setup_country("co")
    def setUpClass(cls):
        super().setUpClass()
        cls.periods._ensure_until(cls.network, LAST_DAY)
        cls.cycle = {one.number: one for one in cls.periods.search([])}
        cls.agents = cls.env["mlm.co.ica.agent"]
        cls.agents.create(
            {
                "company_id": cls.company.id,
                "municipality_id": cls.bogota.id,
                "agent": True,
                "date_from": "2015-01-01",
            }
        )
        cls._document(cls.juan, "79000333", "national_citizen_id")
        cls._document(cls.yenny, "52000444", "national_citizen_id")
        cls.bonuses = cls.version.bonus_ids

    @classmethod
    def _create_accounts(cls):
        """Those of the chart."""
        company = cls.company
        cls.payable = company.mlm_payable_account_id
        cls.expense = company.mlm_expense_account_id
        cls.tax = company.mlm_withholding_tax_id
        cls._lift_limits("guard_sales")

    @classmethod
    def _activity(cls, code):
        return cls.env["mlm.co.activity"].search([("code", "=", code)])

    # -- runs ------------------------------------------------------------------

    def _paying(self, number, paid):
        """A preview that pays these amounts.

        :param dict paid: ``{distributor: pesos, or {number of a bonus: pesos}}``
        """
        run = self._preview(number)
        bonuses = run._bonuses()
        rows = [
            (payee, bonuses[bonus], pesos)
            for payee, amounts in paid.items()
            for bonus, pesos in (amounts.items() if isinstance(amounts, dict) else [(0, amounts)])
        ]
        for place, (payee, bonus, pesos) in enumerate(rows, 1):
            amount_e4 = round(pesos * 10_000)
            self._store_more(
                run,
                place,
                payee_id=payee.id,
                bonus_id=bonus.id,
                position_id=payee.position_ids[:1].id,
                base_e4=amount_e4,
                rate_e6=1_000_000,
                fx_e6=1_000_000,
                amount_e4=amount_e4,
            )
        run._store_totals()
        members = snapshot_file.loads(run._snapshot_data(), only=("member_id",)).member_id
        as_internal(run).write({"digest": run._stored_digest(members)})
        return run

    def _approved(self, number, paid, day=None):
        """A run that pays these amounts as of a day, ready to be posted."""
        return self._approve(self._paying(number, paid), day)

    def _approve(self, run, day=None):
        as_internal(run).write(
            {"state": "approved", "accounting_date": day or run.period_id.pay_date}
        )
        return run

    def _post(self, number, paid, day=None):
        return self._finish(self._approved(number, paid, day))

    def _posted_of(self, run):
        """A preview, posted on its pay day."""
        return self._finish(self._approve(run))

    def _finish(self, run):
        run._start_posting()
        run._post_all()
        self.env.invalidate_all()
        return run

    def _withheld(self, run, payee):
        """``{code: (base, percent, amount)}`` of a statement, in pesos."""
        statement = run.statement_ids.filtered(lambda one: one.distributor_id == payee)
        return self._figures(statement.deduction_ids)

    def _figures(self, deductions):
        return {
            line.code: (line.base_e4 / 10_000, line.rate_e6 / 10_000, line.amount_e4 / 10_000)
            for line in deductions
        }

    def _booked(self, move, *codes):
        """Balances of accounts in an entry, in the order of their codes' names."""
        sums = {}
        for line in move.line_ids:
            code = line.account_id.code
            sums[code] = sums.get(code, 0) + line.balance
        return [round(sums.get(code, 0), 2) for code in codes]

    def _adjust(self, member, pesos, day, **values):
        """An adjustment, posted as of a day."""
        asked = self._ask(member, pesos, day, **values)
        asked._post_adjustments(self.env.uid)
        self.env.invalidate_all()
        return asked

    def _ask(self, member, pesos, day, **values):
        return as_internal(self.env["mlm.adjustment"]).create(
            {
                "network_id": self.network.id,
                "distributor_id": member.id,
                "amount_e4": round(pesos * 10_000),
                "reason": "A bonus that the import forgot",
                "accounting_date": day,
                **values,
            }
        )

    def _paid(self, number):
        """``{month: (paid, income tax withheld)}`` of a tax number, in pesos."""
        rows = self.env["mlm.co.paid"].search(
            [("company_id", "=", self.company.id), ("tax_number", "=", number)]
        )
        return {
            (row.month.year, row.month.month): (row.base_e4 / 10_000, row.income_e4 / 10_000)
            for row in rows
        }

    def _assert_laws(self):
        self.assertEqual(self.env["mlm.law"]._check_all(), [])
