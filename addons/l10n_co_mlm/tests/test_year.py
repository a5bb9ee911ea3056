# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

import numpy as np
from mlm_engine.kernel import snapshot_file
from stdnum.co import nit

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.mlm_base.internal import as_internal, as_system
from odoo.addons.mlm_commission.copy_binary import copy_in
from odoo.addons.mlm_commission.tests.common import CommissionCommon

SIZE = 1_000
#: cycles, each with the day of its entries
DAYS = {
    924: date(2026, 8, 28),
    925: date(2026, 10, 16),
    926: date(2026, 12, 18),
}
#: what people are to the tax office, one after another; None: nothing is known
PROFILES = (
    {},
    {"person": "legal"},
    {"simple": True},
    {"self_withholder": True},
    {"declarant": True},
    None,
    {"art383": True},
    {"contract_over_limit": True},
    {"resident": False},
    {"town": "11001"},
    {"town": "05001"},
    {"vat_responsible": True, "invoicer": True, "town": "11001"},
)
KINDS = {"2365": "income", "2368": "ica"}


@tagged("post_install_l10n", "post_install", "-at_install")
class TestYear(CommissionCommon):
    """A year of a thousand people: the ledger, added up by itself, is what everything says."""

    @classmethod
    @AccountTestInvoicingCommon.setup_chart_template("co")
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.co")
        cls.bogota = cls.env["mlm.co.municipality"].search([("code", "=", "11001")])
        cls.env["mlm.co.ica.agent"].create(
            {"municipality_id": cls.bogota.id, "agent": True, "date_from": "2026-01-01"}
        )
        cls.people = cls._enrol_many()
        cls._give_profiles()

    @classmethod
    def _create_accounts(cls):
        """Those of the chart of Colombia."""
        cls.payable = cls.company.mlm_payable_account_id
        cls.expense = cls.company.mlm_expense_account_id
        cls._lift_limits("guard_sales", "guard_cv")

    @classmethod
    def _enrol_many(cls):
        people = cls.env["mlm.distributor"]._enrol(
            [
                {"name": f"Person {number}", "code": f"P{number:04d}", "sponsor_code": "MARIA"}
                for number in range(SIZE)
            ]
        )
        rut = cls.env.ref("l10n_co.rut")
        for number, person in enumerate(people):
            # now and then one is a further code of the person before
            vat = str(800_000_000 + number - (number % 100 == 3))
            is_legal = number % len(PROFILES) == 1
            # by SQL: these are other people's numbers, and a thousand checks
            cls.env.cr.execute(
                "UPDATE res_partner SET vat = %s, l10n_latam_identification_type_id ="
                " coalesce(%s, l10n_latam_identification_type_id) WHERE id = %s",
                [
                    f"{vat}-{nit.calc_check_digit(vat)}" if is_legal else vat,
                    rut.id if is_legal else None,
                    person.partner_id.id,
                ],
            )
        cls.env.invalidate_all()
        return people

    @classmethod
    def _give_profiles(cls):
        towns = {one.code: one.id for one in cls.env["mlm.co.municipality"].search([])}
        trade = cls.env["mlm.co.activity"].search([("code", "=", "4690")])
        values = []
        for number, person in enumerate(cls.people):
            profile = PROFILES[number % len(PROFILES)]
            if profile is not None:
                town = profile.get("town", "76001")
                values.append(
                    {
                        **{name: value for name, value in profile.items() if name != "town"},
                        "partner_id": person.partner_id.id,
                        "date_from": "2026-01-01",
                        "municipality_id": towns[town],
                        "activity_id": trade.id,
                    }
                )
        profiles = cls.env["mlm.co.profile"].create(values)
        profiles.with_user(cls.users["accountant"]).action_confirm()

    def _post(self, number, chance):
        """Have a cycle earn what chance gives, and post it."""
        run = self._preview(number)
        earnings = self.env["mlm.earning"]
        first, _last = earnings._id_range(run.number)
        pesos = chance.integers(5_000, 3_000_000, SIZE)
        # some pass 3,300 UVT in the year, some owe more than they earned
        pesos[::97] *= 40
        pesos[5::91] *= -1
        columns = dict.fromkeys(earnings._store_columns, np.zeros(SIZE, dtype=np.int64))
        columns |= {
            "payee_id": np.array(self.people.ids),
            "bonus_id": np.full(SIZE, run._bonuses()[0].id),
            "entry_id": np.full(SIZE, self.sale.id),
            "base_e4": pesos * 10_000,
            "amount_e4": pesos * 10_000,
            **dict.fromkeys(("rate_e6", "fx_e6"), np.full(SIZE, 1_000_000)),
        }
        self.env.cr.execute(
            "DELETE FROM mlm_earning_store WHERE id >= %s AND id < %s", [first, _last]
        )
        copy_in(
            self.env.cr,
            earnings._partition_name(run.number),
            {"id": first + 1 + np.arange(SIZE), **columns},
            earnings._store_columns,
            earnings._get_store_empty(run),
        )
        self.env["mlm.run.sum"]._keep(run)
        run._store_totals()
        members = snapshot_file.loads(run._snapshot_data(), only=("member_id",)).member_id
        digest = run._stored_digest(members)
        self.env.invalidate_all()
        as_internal(run).write({"state": "approved", "digest": digest})
        run.accounting_date = DAYS[number]
        run = as_system(run)
        run._start_posting()
        run._post_all()
        self.assertEqual(run.state, "posted")
        return run

    def _adjust(self, amount, person, day):
        asked = self._as(self.env["mlm.adjustment"], "manager").create(
            {
                "distributor_id": person.id,
                "amount_input": amount,
                "reason": "Prize",
                "accounting_date": day,
            }
        )
        self._as(asked, "approver").action_approve()
        return asked

    def _refund(self, run):
        """Give back a part of what was withheld from the first who is natural."""
        item = run.chunk_ids.move_id.line_ids.filtered(
            lambda line: (
                line.partner_id == self.people[0].partner_id
                and line.account_id.code.startswith("2365")
            )
        )
        refund = self._as(self.env["mlm.co.excess"], "accountant").create(
            {
                "distributor_id": self.people[0].id,
                "item_id": item.id,
                "amount_input": 1_000,
                "requested_on": "2026-09-20",
                "document": "UERG",
                "reason": "Too much",
                "accounting_date": "2026-09-25",
            }
        )
        self._as(refund, "approver").action_approve()
        return refund

    def _bill(self):
        bill = self.env["account.move"].create(
            {
                "move_type": "in_invoice",
                "partner_id": self.partner_a.id,
                "invoice_date": "2026-10-10",
                "date": "2026-10-10",
                "invoice_line_ids": [
                    Command.create(
                        {
                            "name": "Advice",
                            "price_unit": 2_345_678,
                            "tax_ids": self.company.mlm_withholding_tax_id.ids,
                        }
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    # -- the sums, each by its own way -----------------------------------------

    def _add_up_ledger(self):
        """``{(prefix of the account, month, tax number): pesos}`` by plain SQL on journal items."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT left(account.code_store ->> %s, 4), date_trunc('month', line.date)::date,
                      split_part(contact.vat, '-', 1), -sum(line.balance)
                 FROM account_move_line AS line
                 JOIN account_account AS account ON account.id = line.account_id
                 JOIN account_move AS move ON move.id = line.move_id AND move.state = 'posted'
                 JOIN res_partner AS contact ON contact.id = line.partner_id
                WHERE line.company_id = %s
                GROUP BY 1, 2, 3""",
            [str(self.company.id), self.company.id],
        )
        return {tuple(key): amount for *key, amount in self.env.cr.fetchall()}

    def _sum(self, ledger, prefix, *keys):
        """Sums of one kind of account by some of month (0) and tax number (1); nothing: none."""
        found = {}
        for (account, *rest), amount in ledger.items():
            if account == prefix:
                key = tuple(rest[at] for at in keys)
                found[key] = found.get(key, 0) + amount
        return found

    def test_everything_says_what_the_ledger_says(self):
        self._sale(self.maria, day="2026-08-19")
        self.sale = self.env["mlm.volume.entry"].search([], limit=1)
        chance = np.random.default_rng(7)
        runs = [self._post(number, chance) for number in DAYS]
        prize = self._adjust(500_000, self.people[1], "2026-09-30")
        self._adjust(250_000, self.people[4], "2026-09-10")
        action = self._as(prize, "manager").action_take_back()
        back = self.env["mlm.adjustment"].browse(action["res_id"])
        back.accounting_date = "2026-11-20"
        self._as(back, "approver").action_approve()
        refund = self._refund(runs[0])
        self._bill()
        ledger = self._add_up_ledger()
        self._check_paid(ledger, refund)
        self._check_drafts(ledger)
        self._check_certificates(ledger)
        self._check_rates(runs)
        self.assertFalse(self.env["mlm.law"]._check_all())

    def _assert_same(self, found, wanted):
        """Two dicts of sums agree; only where they do not is told."""
        self.assertTrue(wanted)
        keys = {key for key in {*found, *wanted} if found.get(key, 0) != wanted.get(key, 0)}
        self.assertFalse({key: (found.get(key), wanted.get(key)) for key in keys})

    def _check_paid(self, ledger, refund):
        """What the switch to 11 % counts: by month and number, without bill and refund."""
        paid = self.env["mlm.co.paid"].search([("company_id", "=", self.company.id)])
        base = {(one.month, one.tax_number): one.base_e4 for one in paid}
        earned = self._sum(ledger, "5295", 0, 1)
        self._assert_same(base, {key: -amount * 10_000 for key, amount in earned.items()})
        income = {(one.month, one.tax_number): one.income_e4 for one in paid}
        withheld = self._sum(ledger, "2365", 0, 1)
        withheld[date(2026, 9, 1), refund.tax_number] += 1_000
        people = {key: amount for key, amount in withheld.items() if key[1]}
        self._assert_same(income, {key: amount * 10_000 for key, amount in people.items()})

    def _check_drafts(self, ledger):
        """Each month of each return, and the year at once."""
        for prefix, kind in KINDS.items():
            form = "ica" if kind == "ica" else "350"
            months = self._sum(ledger, prefix, 0)
            self.assertTrue(any(months.values()))
            for month in range(1, 13):
                name = f"2026-{month:02d}"
                draft = self._as(self.env["mlm.co.month"], "accountant").create(
                    {"form": form, "month_from": name, "month_to": name}
                )
                lines = draft.line_ids
                self.assertLessEqual(set(lines.mapped("origin")), {"commissions", "books"})
                self.assertEqual(
                    sum(lines.mapped("withheld")), float(months.get((date(2026, month, 1),), 0))
                )
            year = self._as(self.env["mlm.co.month"], "accountant").create(
                {"form": form, "month_from": "2026-01", "month_to": "2026-12"}
            )
            self.assertEqual(sum(year.line_ids.mapped("withheld")), float(sum(months.values())))

    def _check_certificates(self, ledger):
        """Certificates of the year, by number; a refund in the period of what it gives back."""
        issue = self.env["mlm.co.certificate.issue"].create({"year": 2026})
        as_system(issue)._issue()
        for prefix, kind in KINDS.items():
            certificates = self.env["mlm.co.certificate"].search(
                [
                    ("company_id", "=", self.company.id),
                    ("kind", "=", kind),
                    ("year", "=", 2026),
                    ("state", "=", "issued"),
                ]
            )
            self.assertTrue(certificates)
            certified = {}
            for one in certificates:
                certified[one.tax_number,] = certified.get((one.tax_number,), 0) + one.withheld_e4
            withheld = {
                key: amount * 10_000
                for key, amount in self._sum(ledger, prefix, 1).items()
                if key[0] and amount
            }
            self._assert_same(certified, withheld)

    def _check_rates(self, runs):
        """The year has what it is meant to prove: both rates, ICA, and people without any."""
        statements = self.env["mlm.statement"].search([("run_id", "in", [one.id for one in runs])])
        self.assertEqual(len(statements), SIZE * len(DAYS))
        deductions = statements.deduction_ids
        rates = set(deductions.filtered(lambda one: one.code == "renta").mapped("rate_e6"))
        self.assertLessEqual({100_000, 110_000}, rates)
        self.assertIn("reteica", deductions.mapped("code"))
        self.assertIn("art383", {one.basis["rule"] for one in deductions})
        self.assertTrue(statements.filtered(lambda one: one.gross_e4 < 0))
        self.assertTrue(statements.filtered(lambda one: one.gross_e4 > 0 and not one.deduction_ids))
