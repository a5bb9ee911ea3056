# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.kernel.exact import allocate, mul_div

from odoo import fields, models

from odoo.addons.mlm_base.exact import BigInteger
from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_base.scaled import ScaledMonetary


class MlmNetwork(models.Model):
    _inherit = "mlm.network"
    _free = ("charge_sellers",)

    charge_sellers = fields.Boolean(
        string="Charge commissions to the companies that sold",
        help="A company pays its own people, even for what other companies sold. With this "
        "option, posting a run charges each company that sold its share of the cost, in "
        "proportion to its part of the cycle's CV, with an entry in the books of both.",
    )


class MlmRunCharge(models.Model):
    """What the company that pays charges one that sold, for one run."""

    _name = "mlm.run.charge"
    _description = "Commissions Charged to a Company"
    _inherit = "mlm.guarded"
    _order = "run_id, company_id, seller_id"
    _server_only = True

    run_id = fields.Many2one("mlm.run", required=True, index=True, ondelete="restrict")
    company_id = fields.Many2one(
        "res.company", string="Paid by", required=True, index=True, ondelete="restrict"
    )
    seller_id = fields.Many2one(
        "res.company", string="Charged to", required=True, index=True, ondelete="restrict"
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    seller_currency_id = fields.Many2one(related="seller_id.currency_id", string="Currency there")
    amount_e4 = BigInteger(string="Amount (ten-thousandths)", required=True)
    seller_amount_e4 = BigInteger(
        string="Amount there (ten-thousandths)",
        required=True,
        help="In the currency of the company that is charged.",
    )
    amount = ScaledMonetary(scaled="amount_e4")
    seller_amount = ScaledMonetary(
        scaled="seller_amount_e4", currency_field="seller_currency_id", string="Amount there"
    )
    move_id = fields.Many2one(
        "account.move", string="Journal entry", index="btree_not_null", ondelete="restrict"
    )
    seller_move_id = fields.Many2one("account.move", index="btree_not_null", ondelete="restrict")

    _once = models.Constraint(
        "UNIQUE(run_id, company_id, seller_id)", "This share of the run has already been charged."
    )


class MlmRun(models.Model):
    """The cost of a run, divided among the companies that sold."""

    _inherit = "mlm.run"

    charge_ids = fields.One2many("mlm.run.charge", "run_id", string="Charged to Companies")

    def _finish_posting(self):
        result = super()._finish_posting()
        # who pays is decided and sealed; what follows is between the companies
        if self.network_id._is_shared() and self.network_id.charge_sellers:
            self._charge_sellers()
        return result

    def _get_missing_accounts(self, company, payees):
        """A company that is charged needs accounts, too, whether it pays anybody or not."""
        problems = super()._get_missing_accounts(company, payees)
        network = self.network_id
        if not (network._is_shared() and network.charge_sellers):
            return problems
        for seller in network._get_homes():
            if self._get_sold_e4().get(seller.id) and seller not in self._gross_by_company():
                problems += super()._get_missing_accounts(seller, {})
        return list(dict.fromkeys(problems))

    def _get_sold_e4(self):
        """``{company id: CV it sold in the cycles of the run}``, of those that sold any."""
        self.env.cr.execute(
            """SELECT company_id, sum(cv_e4)::bigint FROM mlm_volume_entry
                WHERE period_id = ANY(%s) GROUP BY company_id HAVING sum(cv_e4) > 0
                ORDER BY company_id""",
            [self.period_id._cycles_read().ids],
        )
        return dict(self.env.cr.fetchall())

    def _charge_sellers(self):
        """Charge each company that sold its share of what every other one paid. Idempotent."""
        self.ensure_one()
        if self.charge_ids:
            return
        sold = self._get_sold_e4()
        if not sold:
            return
        for company, payees in self._gross_by_company().items():
            unit_e4 = self.homes[str(company.id)]["unit_e4"]
            cost = sum(payees.values())
            parts = allocate(cost // unit_e4, list(sold.values()), list(sold)) * unit_e4
            for seller_id, part_e4 in zip(sold, parts.tolist(), strict=True):
                if part_e4 and seller_id != company.id:
                    self._charge(company, self.env["res.company"].browse(seller_id), part_e4)

    def _charge(self, company, seller, amount_e4):
        there_e4 = self._turn_between(amount_e4, company, seller)
        charge = as_internal(self.env["mlm.run.charge"]).create(
            {
                "run_id": self.id,
                "company_id": company.id,
                "seller_id": seller.id,
                "amount_e4": amount_e4,
                "seller_amount_e4": there_e4,
            }
        )
        receivable = seller.partner_id.with_company(company).property_account_receivable_id
        payable = company.partner_id.with_company(seller).property_account_payable_id
        move = self._post_charge(
            company,
            seller.partner_id,
            f"TO/{seller.id}",
            ((amount_e4, receivable), (-amount_e4, company.mlm_expense_account_id)),
        )
        seller_move = self._post_charge(
            seller,
            company.partner_id,
            f"FROM/{company.id}",
            ((there_e4, seller.mlm_expense_account_id), (-there_e4, payable)),
        )
        as_internal(charge).write({"move_id": move.id, "seller_move_id": seller_move.id})

    def _turn_between(self, amount_e4, company, seller):
        """Return an amount of a company in the currency of another one, rounded to its unit."""
        if company.currency_id == seller.currency_id:
            return amount_e4
        home, there = (self.homes[str(one.id)] for one in (company, seller))
        unit_e4 = there["unit_e4"]
        turned = mul_div([amount_e4], there["fx_e6"], home["fx_e6"] * unit_e4)
        return int(turned[0]) * unit_e4

    def _post_charge(self, company, partner, suffix, sides):
        """Post the entry of one of the two companies.

        :param sides: ``(amount in ten-thousandths, account)``, debit above zero, Σ = 0
        """
        label = self.env._("Commissions of %s", self.display_name)
        date = self.chunk_ids.filtered(lambda one: one.company_id == company)[:1].date
        return self._post_entry(
            company,
            date or self._get_open_date(company, self.accounting_date),
            self.display_name,
            [(amount_e4, account.id, label, partner, {}) for amount_e4, account in sides],
            f"COM/{self._entry_label()}/{suffix}",
        )
