# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


from odoo.tests import new_test_user

from odoo.addons.mlm_base.internal import as_internal, as_system

from .common import CommissionCommon


class NetworkCommon(CommissionCommon):
    """Two companies of one network: JUAN is paid in pesos, ANA in dollars by the second one."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._give_accounts(cls.second)
        for role in ("manager", "approver", "auditor"):
            cls.users[role].company_ids += cls.second
        cls.users["books here"] = cls._user("accountant", cls.company)
        cls.users["books there"] = cls._user("accountant", cls.second)
        cls.users["manager there"] = cls._user("manager", cls.second)
        cls.users["approver there"] = cls._user("approver", cls.second)
        cls.users["network manager"] = cls._user("network_manager", cls.company)
        cls.ana = cls._enrol("ANA", "MARIA", company_id=cls.second.id)
        cls.luz = cls._enrol("LUZ", "ANA", company_id=cls.second.id, kind="customer")

    @classmethod
    def _base_currency(cls):
        """Pesos here, as the plan says; the second company joins before it is published."""
        pesos, dollar = cls.env.ref("base.COP"), cls.env.ref("base.USD")
        pesos.active = True
        cls.company.currency_id = pesos
        cls.second = cls.setup_other_company(
            name="Company of Ana", currency_id=dollar.id, mlm_network_id=cls.network.id
        )["company"]
        return dollar

    @classmethod
    def _user(cls, role, company):
        return new_test_user(
            cls.env,
            f"{role} of {company.id}",
            groups=f"base.group_user,mlm_base.group_{role},account.group_account_readonly",
            company_id=company.id,
            company_ids=[(6, 0, company.ids)],
            lang="en_US",
        )

    @classmethod
    def _give_accounts(cls, company):
        env = cls.env(context={**cls.env.context, "allowed_company_ids": company.ids})
        payable, expense = env["account.account"].create(
            [
                {
                    "code": "233520",
                    "name": "Commissions payable",
                    "account_type": "liability_payable",
                    "reconcile": True,
                },
                {"code": "529505", "name": "Commissions", "account_type": "expense"},
            ]
        )
        journal = env["account.journal"].create(
            {"name": "Commissions", "code": "COM", "type": "general"}
        )
        company.write(
            {
                "mlm_journal_id": journal.id,
                "mlm_payable_account_id": payable.id,
                "mlm_expense_account_id": expense.id,
            }
        )

    def _sales(self):
        """JUAN and ANA each earn what a customer paid above the price."""
        for customer in (self.clara, self.luz):
            self._sale(customer, price_unit=140_000)

    def _approved(self):
        self._sales()
        run = self._preview()
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = run.period_id.pay_date
        return run

    def _post(self, run):
        self._as(run, "manager").action_post()
        if run.state == "posting":
            as_system(run)._post_all()
        self.env.invalidate_all()
        return run

    def _with_homes(self, run):
        """The run as if a dollar had been 4,000 pesos, and a point 3 of both."""
        as_internal(run).write(
            {
                "fx_e6": 12_000_000_000,
                "homes": {
                    str(self.company.id): {"fx_e6": 12_000_000_000, "unit_e4": 10_000},
                    str(self.second.id): {"fx_e6": 3_000_000, "unit_e4": 100},
                },
            }
        )
        return run
