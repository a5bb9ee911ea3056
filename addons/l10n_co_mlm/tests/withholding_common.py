# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.addons.account.tests.common import AccountTestInvoicingCommon
from odoo.addons.mlm_commission.tests.common import CommissionCommon


class WithholdingCommon(CommissionCommon):
    """MARÍA, JUAN and YENNY of a company in Colombia, with its chart and its law."""

    @classmethod
    @AccountTestInvoicingCommon.setup_chart_template("co")
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.co")
        cls.bogota = cls.env["mlm.co.municipality"].search([("code", "=", "11001")])
        cls.cali = cls.env["mlm.co.municipality"].search([("code", "=", "76001")])
        cls.trade = cls.env["mlm.co.activity"].search([("code", "=", "4610")])
        for member, number in ((cls.maria, "52000222"), (cls.juan, "52000223")):
            cls._number(member, number)

    @classmethod
    def _create_accounts(cls):
        """Those of the chart of Colombia."""
        cls.payable = cls.company.mlm_payable_account_id
        cls.expense = cls.company.mlm_expense_account_id
        cls._lift_limits("guard_sales", "guard_cv")

    @classmethod
    def _number(cls, member, number):
        member.partner_id.with_context(no_vat_validation=True).vat = number

    def _profile(self, member=None, **values):
        """A confirmed profile of MARÍA, in Cali with an activity."""
        profile = self.env["mlm.co.profile"].create(
            {
                "partner_id": (member or self.maria).partner_id.id,
                "date_from": "2026-01-01",
                "municipality_id": self.cali.id,
                "activity_id": self.trade.id,
                **values,
            }
        )
        self._as(profile, "accountant").action_confirm()
        return profile

    def _be_agent_in(self, municipality):
        self.env["mlm.co.ica.agent"].create(
            {
                "company_id": self.company.id,
                "municipality_id": municipality.id,
                "agent": True,
                "date_from": "2026-01-01",
            }
        )

    def _paid_before(self, pesos, number="52000222", day="2026-02-10"):
        """An amount paid to a tax number earlier in the year, by an adjustment of that day."""
        member = self.maria if number == "52000222" else self.juan
        asked = self._as(self.env["mlm.adjustment"], "manager").create(
            {
                "distributor_id": member.id,
                "amount_input": pesos,
                "reason": "Paid earlier in the year",
                "accounting_date": day,
            }
        )
        self._as(asked, "approver").action_approve()
        self.env.invalidate_all()
        return asked.with_env(self.env)

    def _withheld(self, run, member):
        """``{code: pesos}`` of what a run took from somebody."""
        found = {}
        for line in run.statement_ids.filtered(
            lambda one: one.distributor_id == member
        ).deduction_ids:
            found[line.code] = found.get(line.code, 0) + line.amount
        return found
