# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError
from odoo.tools import SQL

#: group of the PUC for returns, rebates and discounts, which lessen income
RETURNS = "4175"
#: wholesale and retail trade
TRADE = "4135"


class ResCompany(models.Model):
    """Core's Colombian chart books sales on returns (417500).

    New companies get the account of trade with their chart. What an existing company chose is
    its own: it is named, with the remedy, and corrected when somebody asks for it.
    """

    _inherit = "res.company"

    mlm_sales_problem = fields.Text(
        compute="_compute_mlm_sales_problem", string="Sales on the Account of Returns"
    )

    def _compute_mlm_sales_problem(self):
        for company in self:
            # sudo: which accounts a company uses, for whoever reads the company
            places = company.sudo()._mlm_get_sales_places()
            company.mlm_sales_problem = company._mlm_say_sales_problem(places) if places else False

    def _mlm_say_sales_problem(self, places):
        _ = self.env._
        accounts = self.env["account.account"].union(*(found for *_rest, found in places))
        # sudo: as the caller
        account = self.sudo()._mlm_find_account(TRADE)
        problem = _(
            "Sales of %(company)s are booked as returns, on %(returns)s. It is set in: %(places)s.",
            company=self.display_name,
            returns=self._mlm_name_accounts(accounts),
            places="; ".join(words for _records, _field, words, _accounts in places),
        )
        if account:
            remedy = _(
                "“Correct” sets %s there; what is posted already stays as it is.",
                self._mlm_name_accounts(account),
            )
        else:
            remedy = _("Create the income account %s and choose it there.", f"{TRADE}00")
        return f"{problem} {remedy}"

    def _mlm_name_accounts(self, accounts):
        """Return their numbers and names; the display name has no number for most readers."""
        # sudo: names of accounts only
        accounts = accounts.sudo().with_company(self)
        return ", ".join(f"{account.code} {account.name}" for account in accounts)

    def _mlm_find_account(self, group):
        """Return the first income account of a group of the PUC, or none."""
        return self._mlm_search_accounts(group).filtered(
            lambda account: account.account_type == "income"
        )[:1]

    def _mlm_search_accounts(self, group):
        accounts = self.env["account.account"].with_company(self)
        domain = [*accounts._check_company_domain(self), ("code", "=like", f"{group}%")]
        return accounts.search(domain, order="code")

    def _mlm_get_sales_places(self):
        """Return where an account of returns is proposed for sales.

        :return: ``[(records, field, words, accounts)]``, empty where all is well
        """
        self.ensure_one()
        returns = self._mlm_search_accounts(RETURNS) if self.chart_template == "co" else None
        if not returns:
            return []
        _ = self.env._
        journals = self.env["account.journal"].search(
            [
                ("company_id", "=", self.id),
                ("type", "=", "sale"),
                ("default_account_id", "in", returns.ids),
            ]
        )
        categories = self._mlm_search_own(
            "product.category", "property_account_income_categ_id", returns
        )
        products = self._mlm_search_own("product.template", "property_account_income_id", returns)
        found = [
            (
                self.filtered(lambda company: company.income_account_id in returns),
                "income_account_id",
                _("the default income account of the company"),
            ),
            (
                journals,
                "default_account_id",
                _("the journal %s", ", ".join(journals.mapped("display_name"))),
            ),
            (
                categories,
                "property_account_income_categ_id",
                _("%s product categories", len(categories)),
            ),
            (products, "property_account_income_id", _("%s products", len(products))),
        ]
        return [
            (records, field, words, records.mapped(field))
            for records, field, words in found
            if records
        ]

    def _mlm_search_own(self, model, field, accounts):
        """Return records that have one of the accounts themselves: a search finds those too that
        follow the default of the company."""
        records = self.env[model].with_company(self)
        records.flush_model([field])
        self.env.cr.execute(
            SQL(
                "SELECT id FROM %s WHERE (%s ->> %s)::int = ANY(%s) ORDER BY id",
                SQL.identifier(records._table),
                SQL.identifier(field),
                str(self.id),
                accounts.ids,
            )
        )
        return records.browse(number for (number,) in self.env.cr.fetchall())

    def action_mlm_correct_sales(self):
        """Book sales on the income account of trade wherever it was one of returns.

        :raise AccessError: for others than accountants and administrators of the network
        :raise UserError: there is no account of trade
        """
        self.ensure_one()
        self.check_access("read")
        user = self.env.user
        if not any(user.has_group(f"mlm_base.group_{role}") for role in ("accountant", "admin")):
            raise AccessError(
                self.env._("Accounts of sales are corrected by accountants and administrators.")
            )
        # sudo: of a company in which the user works; that role is enough for these accounts
        company = self.sudo()
        if self not in user.company_ids:
            raise AccessError(self.env._("You do not work in %s.", company.display_name))
        places = company._mlm_get_sales_places()
        account = company._mlm_find_account(TRADE)
        if places and not account:
            raise UserError(company._mlm_say_sales_problem(places))
        for records, field, _words, _accounts in places:
            records.write({field: account.id})
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": self.env._(
                    "Sales of %(company)s are booked on %(account)s from now on.",
                    company=company.display_name,
                    account=company._mlm_name_accounts(account),
                ),
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }
