# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The further companies of a network: each with books, prices and goods of its own."""

from dataclasses import replace

from odoo.fields import Command

#: Accounts of commissions in a chart that knows none.
_ACCOUNTS = {
    "mlm_expense_account_id": ("MLM1", "Commissions of Distributors", "expense"),
    "mlm_payable_account_id": ("MLM2", "Commissions Payable", "liability_payable"),
}


def open_shops(session):
    """Make the companies of the scenario beside the first one, in its network."""
    session.shops[session.firm.code] = session
    for firm in session.scenario.companies[1:]:
        company = _company(session, firm)
        session.shops[firm.code] = replace(
            session,
            company=company,
            firm=firm,
            products={},
            bare={},
            pricelists={},
            shops=session.shops,
        )


def _company(session, firm):
    env = session.env
    currency = (
        env["res.currency"]
        .with_context(active_test=False)
        .search([("name", "=", firm.currency)], limit=1)
    )
    currency.active = True
    company = env["res.company"].create(
        {
            "name": firm.name or firm.code,
            "currency_id": currency.id,
            "mlm_network_id": session.network.id,
        }
    )
    if firm.country:
        # on the contact: the company's own field would install the country's add-ons
        company.partner_id.country_id = env["res.country"].search(
            [("code", "=", firm.country)], limit=1
        )
    templates = env["account.chart.template"]
    templates.try_loading("generic_coa", company=company, install_demo=False)
    # the chart says another currency
    company.currency_id = currency
    return company


def keep_books(session):
    """Journal, accounts and withholding of a company whose chart knows no commissions."""
    env = session.env
    accounts = env["account.account"]
    values = {
        name: accounts.create(
            {
                "code": code,
                "name": label,
                "account_type": kind,
                "reconcile": kind == "liability_payable",
                "company_ids": [Command.set(session.company.ids)],
            }
        ).id
        for name, (code, label, kind) in _ACCOUNTS.items()
    }
    values["mlm_journal_id"] = (
        env["account.journal"]
        .create(
            {
                "name": "Distributor Commissions",
                "code": "COM",
                "type": "general",
                "company_id": session.company.id,
            }
        )
        .id
    )
    values["mlm_withholding_tax_id"] = _withholding(
        session, accounts.browse(values["mlm_payable_account_id"])
    )
    session.company.write(values)


def _withholding(session, payable):
    rate_e6 = session.scenario.withholding_rate_e6
    if not rate_e6:
        return False
    env = session.env
    withheld = payable.copy(
        {
            "code": "MLM3",
            "name": "Withheld from Commissions",
            "account_type": "liability_current",
            "reconcile": False,
            "company_ids": [Command.set(session.company.ids)],
        }
    )
    lines = [
        Command.create({"repartition_type": "base"}),
        Command.create({"repartition_type": "tax", "account_id": withheld.id}),
    ]
    country = session.company.account_fiscal_country_id or session.company.country_id
    group = env["account.tax.group"].create(
        {"name": "Withholding", "company_id": session.company.id, "country_id": country.id}
    )
    return (
        env["account.tax"]
        .create(
            {
                "name": f"Withholding {rate_e6 / 10_000:g} %",
                "amount": -rate_e6 / 10_000,
                "amount_type": "percent",
                "type_tax_use": "purchase",
                "company_id": session.company.id,
                "country_id": country.id,
                "tax_group_id": group.id,
                "invoice_repartition_line_ids": lines,
                "refund_repartition_line_ids": lines,
            }
        )
        .id
    )
