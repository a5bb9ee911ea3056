# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.mlm_commission.tests.common import CommissionCommon


@tagged("post_install_l10n", "post_install", "-at_install")
class MonthCommon(CommissionCommon):
    """MARÍA earned 990,000 in a run of 4 September: 99,000 income tax and 9,563 ICA of Bogotá
    were withheld from her, by a law that this test says itself."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.chart_template = "co"
        cls.users["second accountant"] = cls.users["accountant"].copy({"login": "second books"})
        cls.ica_account = cls.withheld.copy({"code": "236800", "name": "ICA withheld"})
        cls.ica = cls.tax.copy({"name": "0.966% RteICA", "amount": -0.966})
        (cls.ica.invoice_repartition_line_ids + cls.ica.refund_repartition_line_ids).filtered(
            "account_id"
        ).account_id = cls.ica_account
        cls.bogota = cls.env["mlm.co.municipality"].search([("code", "=", "11001")])

    def setUp(self):
        super().setUp()

        def lines(_model, _company, payees, *_more):
            return {
                payee: self._lines_of(sum(gross.values()) if isinstance(gross, dict) else gross)
                for payee, gross in payees.items()
            }

        self.patch(type(self.env["mlm.deduction"]), "_get_deduction_lines", lines)

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

    def _bill(self, amount=2_000_000, day="2026-09-10", move_type="in_invoice"):
        """A bill of a supplier from which accounting withholds income tax."""
        bill = self.env["account.move"].create(
            {
                "move_type": move_type,
                "partner_id": self.partner_a.id,
                "invoice_date": day,
                "date": day,
                "invoice_line_ids": [
                    Command.create(
                        {"name": "Advice", "price_unit": amount, "tax_ids": self.tax.ids}
                    )
                ],
            }
        )
        bill.action_post()
        return bill

    def _paid_to_the_state(self, amount, day="2026-09-15"):
        move = self.env["account.move"].create(
            {
                "move_type": "entry",
                "date": day,
                "line_ids": [
                    Command.create({"account_id": self.withheld.id, "balance": amount}),
                    Command.create(
                        {
                            "account_id": self.company_data["default_account_assets"].id,
                            "balance": -amount,
                        }
                    ),
                ],
            }
        )
        move.action_post()
        return move

    def _draft(self, form="350", first="2026-09", last="2026-09", role="accountant", **more):
        values = {"form": form, "month_from": first, "month_to": last, **more}
        return self._as(self.env["mlm.co.month"], role).create(values)

    def _ledger(self, *accounts):
        """What was withheld on accounts in September, by plain SQL."""
        self.env.flush_all()
        self.env.cr.execute(
            """SELECT -sum(balance) FROM account_move_line
                WHERE account_id = ANY(%s) AND parent_state = 'posted'
                  AND date BETWEEN '2026-09-01' AND '2026-09-30'""",
            [[account.id for account in accounts]],
        )
        return self.env.cr.fetchone()[0]

    def _item(self, move, account=None):
        """The journal item that withheld from MARÍA."""
        return move.line_ids.filtered(
            lambda line: line.account_id == (account or self.withheld) and line.tax_line_id
        )
