# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.mlm_commission.tests.common import CommissionCommon


class CertificateCommon(CommissionCommon):
    """MARÍA earned in a run of 4 September: ten percent income tax, and ICA of Bogotá, were
    withheld from her by a law that this test says itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.chart_template = "co"
        cls.maria.partner_id.vat = "52123456"
        cls.ica_account = cls.withheld.copy({"code": "236800", "name": "ICA withheld"})
        cls.ica = cls.tax.copy({"name": "0.966% RteICA", "amount": -0.966})
        (cls.ica.invoice_repartition_line_ids + cls.ica.refund_repartition_line_ids).filtered(
            "account_id"
        ).account_id = cls.ica_account

    def setUp(self):
        super().setUp()

        def lines(_model, _company, payees, *_more):
            return {payee: self._lines_of(sum(gross.values())) for payee, gross in payees.items()}

        self.patch(self.registry["mlm.deduction"], "_get_deduction_lines", lines)
        # the accounts and taxes of these tests are those of no country
        self.patch(self.registry["res.company"], "_mlm_is_co", lambda _company: True)

    def _lines_of(self, gross_e4):
        return [
            self._line("renta", self.tax, gross_e4, 100_000, concept="commissions"),
            self._line("reteica", self.ica, gross_e4, 9_660, municipality="11001"),
        ]

    def _line(self, code, tax, base_e4, rate_e6, **basis):
        repartition = tax.invoice_repartition_line_ids.filtered("account_id")
        return {
            "code": code,
            "name": tax.name,
            "reason": tax.name,
            "account_id": repartition.account_id.id,
            "tax_repartition_line_id": repartition.id,
            "base_e4": base_e4,
            "rate_e6": rate_e6,
            # whole pesos
            "amount_e4": round(base_e4 * rate_e6 / 1_000_000 / 10_000) * 10_000,
            "basis": {"person": "natural", **basis},
        }

    def _run(self):
        self._balanced_sales(left=2, right=2)
        return self._posted()

    def _issue(self, year=2026):
        issue = self._as(self.env["mlm.co.certificate.issue"], "accountant").create({"year": year})
        issue.action_issue()
        self.env.invalidate_all()
        self.assertEqual(issue.state, "done", issue.error)
        return issue.with_env(self.env)

    def _of(self, kind="income", state="issued", person=None):
        return self.env["mlm.co.certificate"].search(
            [
                ("company_id", "=", self.company.id),
                ("partner_id", "=", (person or self.maria).partner_id.id),
                ("kind", "=", kind),
                ("state", "=", state),
            ]
        )

    def _adjust(self, amount=100_000, person=None, day="2026-09-20"):
        asked = self._as(self.env["mlm.adjustment"], "manager").create(
            {
                "distributor_id": (person or self.maria).id,
                "amount_input": amount,
                "reason": "A bonus that the import forgot",
                "accounting_date": day,
            }
        )
        self._as(asked, "approver").action_approve()
        self.env.invalidate_all()
        return asked.with_env(self.env)

    def _take_back(self, adjustment, day="2026-09-25", **values):
        back = self.env["mlm.adjustment"].browse(
            self._as(adjustment, "manager").action_take_back()["res_id"]
        )
        self._as(back, "manager").write({"accounting_date": day, **values})
        if back.date_problem:
            self._as(self.env["mlm.date.allow"], "accountant").create(
                {"res_model": back._name, "res_ids": back.ids, "reason": "Noticed late"}
            ).action_allow()
            self.env.invalidate_all()
        self._as(back, "approver").action_approve()
        self.env.invalidate_all()

    def _ledger(self, account):
        """What was withheld on an account in the year, by plain SQL."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT -sum(balance) FROM account_move_line
                WHERE account_id = %s AND parent_state = 'posted'
                  AND date BETWEEN '2026-01-01' AND '2026-12-31'""",
            [account.id],
        )
        return self.env.cr.fetchone()[0]

    def _check_laws(self):
        self.assertFalse(self.env["mlm.law"]._check_all())
