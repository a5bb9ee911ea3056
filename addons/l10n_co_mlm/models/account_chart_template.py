# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.account.models.chart_template import template

ACCOUNTS = {
    "co_puc_529505": {
        "code": "529505",
        "name": "Commissions of Distributors",
        "name@es": "Comisiones de Distribuidores",
        "account_type": "expense",
        "reconcile": False,
    },
    # of core's 531500: taxes of others that the company pays, not deductible
    "co_puc_531520": {
        "code": "531520",
        "name": "Assumed Taxes",
        "name@es": "Impuestos Asumidos",
        "account_type": "expense",
        "reconcile": False,
    },
    "co_puc_233520": {
        "code": "233520",
        "name": "Commissions Payable",
        "name@es": "Comisiones por Pagar",
        "account_type": "liability_payable",
        "reconcile": True,
    },
}
JOURNAL = {
    "mlm_commission_journal": {
        "name": "Distributor Commissions",
        "name@es": "Comisiones de Distribuidores",
        "type": "general",
        "code": "COM",
        "show_on_dashboard": True,
    },
}
COMPANY = {
    "mlm_journal_id": "mlm_commission_journal",
    "mlm_expense_account_id": "co_puc_529505",
    "mlm_payable_account_id": "co_puc_233520",
    "mlm_assumed_account_id": "co_puc_531520",
    # 10 % Comisiones, persona natural: art. 392 ET; account 236520.
    "mlm_withholding_tax_id": "l10n_co_tax_18",
}

# Core proposes 417500, which is for returns. Never in `COMPANY`: what a company has is its own.
NEW_COMPANY = {"income_account_id": "co_puc_413500"}


class AccountChartTemplate(models.AbstractModel):
    """The PUC of the core has no sub-accounts for commissions of distributors."""

    _inherit = "account.chart.template"

    @template("co", "account.account")
    def _get_co_mlm_account(self):
        return {name: dict(values) for name, values in ACCOUNTS.items()}

    @template("co", "account.journal")
    def _get_co_mlm_journal(self):
        return {name: dict(values) for name, values in JOURNAL.items()}

    @template("co", "res.company")
    def _get_co_res_company(self):
        # over core's values: functions of one template are asked in the order of their names
        values = super()._get_co_res_company()
        values[self.env.company.id].update(COMPANY, **NEW_COMPANY)
        return values

    def _mlm_complete(self, company):
        """Add what a chart loaded before this add-on lacks; idempotent."""
        self._mlm_adopt(company)
        self._load_data(
            {
                "account.account": {
                    name: values
                    for name, values in ACCOUNTS.items()
                    if not self.ref(name, raise_if_not_found=False)
                },
                "account.journal": {
                    name: dict(values)
                    for name, values in JOURNAL.items()
                    if not self.ref(name, raise_if_not_found=False)
                },
            }
        )
        found = {
            field: self.ref(name, raise_if_not_found=False)
            for field, name in COMPANY.items()
            if not company[field]
        }
        company.write({field: record.id for field, record in found.items() if record})

    def _mlm_adopt(self, company):
        """Accounts and journals that the company made itself under the same code."""
        own = {
            "account.account": (ACCOUNTS, [("company_ids", "in", company.ids)]),
            "account.journal": (JOURNAL, [("company_id", "=", company.id)]),
        }
        for model, (wanted, domain) in own.items():
            for name, values in wanted.items():
                if self.ref(name, raise_if_not_found=False):
                    continue
                record = self.env[model].search([*domain, ("code", "=", values["code"])], limit=1)
                if record:
                    self.env["ir.model.data"]._update_xmlids(
                        [
                            {
                                "xml_id": self.company_xmlid(name, company),
                                "record": record,
                                "noupdate": True,
                            }
                        ]
                    )
