import numpy as np

from odoo.addons.mlm_plan.tests.common import PLAN, ROLES, PlanCommon  # noqa: F401 those above ask here

from ..copy_binary import copy_in


class CommissionCommon(PlanCommon):
    """MARÍA with JUAN on the left and YENNY on the right, the Gano plan, 4,500
    pesos per point, and the accounts that a posting needs."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls._create_accounts()

    @classmethod
    def _create_accounts(cls):
        accounts = cls.env["account.account"]
        cls.payable = accounts.create(
            {
                "code": "233520",
                "name": "Commissions payable",
                "account_type": "liability_payable",
                "reconcile": True,
            }
        )
        cls.expense = accounts.create(
            {"code": "529505", "name": "Commissions", "account_type": "expense"}
        )
        cls.withheld = accounts.create(
            {
                "code": "236520",
                "name": "Withholding",
                "account_type": "liability_current",
            }
        )
        cls.tax = cls.env["account.tax"].create(
            {
                "name": "10% Com",
                "amount": -10,
                "amount_type": "percent",
                "type_tax_use": "purchase",
                "invoice_repartition_line_ids": [
                    (0, 0, {"repartition_type": "base"}),
                    (
                        0,
                        0,
                        {"repartition_type": "tax", "account_id": cls.withheld.id},
                    ),
                ],
                "refund_repartition_line_ids": [
                    (0, 0, {"repartition_type": "base"}),
                    (
                        0,
                        0,
                        {"repartition_type": "tax", "account_id": cls.withheld.id},
                    ),
                ],
            }
        )
        cls.company.write(
            {
                "mlm_journal_id": cls.env["account.journal"]
                .create({"name": "Commissions", "code": "COM", "type": "general"})
                .id,
                "mlm_payable_account_id": cls.payable.id,
                "mlm_expense_account_id": cls.expense.id,
                "mlm_withholding_tax_id": cls.tax.id,
            }
        )
        # products of these tests cost little and carry much volume
        cls._lift_limits("guard_sales")

    @classmethod
    def _lift_limits(cls, *names):
        """Have no limit of cost, where something (`mlm_control`) sets one."""
        cls.network.write({name: 0 for name in names if name in cls.network})

    def _balanced_sales(self, left=1, right=1, day="2026-08-19"):
        """MARÍA active and thousands of CV on each side."""
        self._sale(self.maria, product=self.big, day=day)
        if left:
            self._sale(self.juan, product=self.big, quantity=left, day=day)
        if right:
            self._sale(self.yenny, product=self.big, quantity=right, day=day)

    def _preview(self, number=924, role="manager", close=True):
        """Preview computed by a person of ``role``."""
        period = self.cycle[number]
        if close and period.state in ("open", "grace"):
            period.action_close()
        action = self._as(period, role).action_preview()
        return self.env["mlm.run"].browse(action["res_id"])

    def _posted(self, number=924):
        """Run taken through submit, approve and post by two people."""
        run = self._preview(number)
        self._as(run, "manager").action_submit()
        self._as(run, "approver").action_approve()
        run.accounting_date = run.period_id.pay_date
        self._as(run, "manager").action_post()
        self.env.invalidate_all()
        return run

    def _store_more(self, run, number=1, **columns):
        """An earning added to a preview as the engine could have given it."""
        earnings = self.env["mlm.earning"]
        first, _last = earnings._id_range(run.number)
        values = dict.fromkeys(earnings._store_columns, 0) | columns
        copy_in(
            self.env.cr,
            earnings._partition_name(run.number),
            {
                "id": np.array([first + 900_000 + number]),
                **{name: np.array([value]) for name, value in values.items()},
            },
            earnings._store_columns,
            earnings._get_store_empty(run),
        )
        self.env["mlm.run.sum"]._keep(run)
        self.env.invalidate_all()
        return earnings.browse(first + 900_000 + number)

    def _store_figures(self, run, *added):
        """Figures added to those of a run, or in their place, as the engine could have given
        them: dicts ``holder``, ``measure``, ``value`` and, if any, ``position`` (ids) and
        ``bonus`` (record)."""
        figures = self.env["mlm.measure"]
        rows = figures._read_long(run)
        names = ("holder", "position", "place", "measure")
        known = dict(
            zip(
                zip(*(rows[name].tolist() for name in names), strict=True),
                rows["value"].tolist(),
                strict=True,
            )
        )
        for one in added:
            place = one["bonus"].sequence if one.get("bonus") else -1
            key = one["holder"], one.get("position", 0), place, int(one["measure"])
            known[key] = one["value"]
        columns = np.array(sorted((*key, value) for key, value in known.items()), dtype=np.int64)
        figures._fill(
            run,
            figures._packed(run, dict(zip((*names, "value"), columns.T, strict=True))),
        )
        self.env.invalidate_all()
        return figures

    def _amounts(self, run):
        """``{(payee code, bonus code): amount}`` of what was paid."""
        found = {}
        for earning in self.env["mlm.earning"].search(run._id_domain("mlm.earning")):
            if earning.amount_e4:
                key = (earning.payee_id.code, earning.bonus_id.code)
                found[key] = found.get(key, 0) + earning.amount_e4 / 10_000
        return found
