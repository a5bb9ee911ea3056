# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The company that plays: country, chart, cycles, price lists, rates, people."""

from datetime import date

from odoo.exceptions import UserError
from odoo.fields import Command

from . import shops

ROLES = {
    "manager": "mlm_base.group_manager",
    "approver": "mlm_base.group_approver",
    "accountant": "mlm_base.group_accountant",
}

TREE_NAMES = {"binary": "Binario", "matrix": "Matriz", "free": "Equipo"}


def prepare(session):
    """Bring an empty company, and those beside it, to the point where it can enrol and sell."""
    _ensure_empty(session)
    load_chart(session.env, session.company)
    _currency(session)
    _cycles(session)
    _trees(session)
    _withholding(session)
    shops.open_shops(session)
    for shop in session.shops.values():
        if not shop.is_first:
            shops.keep_books(shop)
        _sell(shop)
    _roles(session)


def _sell(session):
    """What every company needs that sells and pays."""
    session.company.mlm_volume_rule = "paid"
    _rates(session)
    session.pricelists = {
        "distributor": _pricelist(session, "Distribuidor", 10),
        "retail": _pricelist(session, "Cliente final", 20),
    }
    session.company.mlm_distributor_pricelist_id = session.pricelists["distributor"]
    session.journal = _bank(session)


def _ensure_empty(session):
    if session.env["mlm.distributor"].search_count(
        [("company_id", "=", session.company.id)], limit=1
    ):
        raise UserError(
            session.env._(
                "%(company)s has distributors already: a scenario is played in an empty company.",
                company=session.company.display_name,
            )
        )


def load_chart(env, company):
    """Make company Colombian and load its chart of accounts, once."""
    if company.chart_template == "co":
        return
    company.write({"country_id": env.ref("base.co").id})
    env["account.chart.template"].try_loading("co", company=company, install_demo=False)


def _currency(session):
    currencies = session.env["res.currency"].with_context(active_test=False)
    for code in {session.firm.currency, session.plan["base_currency"]}:
        currency = currencies.search([("name", "=", code)])
        if not currency:
            raise UserError(session.env._("There is no currency %s.", code))
        currency.active = True
        own = code == session.firm.currency
        if own and currency != session.company.currency_id:
            session.company.currency_id = currency


def _cycles(session):
    """What the plan does not say; its kinds of period come with its publication."""
    session.network.write(
        {
            "tz": session.scenario.company.timezone,
            "first_cycle": session.scenario.cycles[0],
            # a scenario shows what a plan pays, whatever it costs
            "guard_cv": 0,
            "guard_sales": 0,
        }
    )


def _trees(session):
    """The placement trees that the plan names; one of the kind that is there will do."""
    trees = session.env["mlm.tree"]
    known = trees.search([("network_id", "=", session.network.id)])
    named = {item["code"] for item in session.plan["trees"]}
    for number, item in enumerate(session.plan["trees"]):
        alike = known.filtered(
            lambda tree, item=item: (
                tree.code == item["code"] or (tree.kind == item["kind"] and tree.code not in named)
            )
        )
        if alike:
            known -= alike[:1]
            continue
        trees.create(
            {
                "name": TREE_NAMES[item["kind"]],
                "code": item["code"],
                "kind": item["kind"],
                "sequence": 10 * (number + 1),
                "network_id": session.network.id,
                **({"width": item["width"]} if item["width"] else {}),
            }
        )


def _rates(session):
    base = session.env["res.currency"].search([("name", "=", session.plan["base_currency"])])
    if base == session.company.currency_id:
        return
    session.env["mlm.exchange.rate"].create(
        [
            {
                "company_id": session.company.id,
                "currency_id": base.id,
                "date_from": date.fromordinal(rate.start),
                "rate_e6": rate.rate_e6,
            }
            for rate in session.firm.rates
            if rate.currency is None
        ]
    )


def _withholding(session):
    """10 % is the chart's own tax; another rate gets a copy of it."""
    if session.by_law:
        return
    session.company.mlm_demo_flat_withholding = True
    company, rate_e6 = session.company, session.scenario.withholding_rate_e6
    tax = session.env["account.chart.template"].with_company(company).ref("l10n_co_tax_18")
    if not rate_e6:
        tax = tax.browse()
    elif round(-tax.amount * 10_000) != rate_e6:
        tax = tax.copy({"name": f"{tax.name} ({rate_e6 / 10_000:g})"})
        tax.amount = -rate_e6 / 10_000
    company.mlm_withholding_tax_id = tax


def _pricelist(session, name, sequence):
    return session.env["product.pricelist"].create(
        {
            "name": name,
            "company_id": session.company.id,
            "currency_id": session.company.currency_id.id,
            "sequence": sequence,
        }
    )


def _bank(session):
    """Bank journal whose payments go straight to the bank account."""
    journal = session.env["account.journal"].search(
        [("type", "=", "bank"), ("company_id", "=", session.company.id)], limit=1
    )
    if not journal:
        journal = journal.create(
            {
                "name": "Banco",
                "code": "BNK",
                "type": "bank",
                "company_id": session.company.id,
            }
        )
    methods = journal.inbound_payment_method_line_ids
    methods |= journal.outbound_payment_method_line_ids
    methods.payment_account_id = journal.default_account_id
    return journal


def _roles(session):
    """Users for the roles that were not given: nobody approves the own run."""
    users = session.env["res.users"].with_context(no_reset_password=True)
    for role, group in ROLES.items():
        if role in session.roles:
            continue
        session.roles[role] = users.create(
            {
                "name": f"Scenario {role}",
                "login": f"scenario.{role}.{session.company.id}@example.com",
                "company_id": session.company.id,
                "company_ids": [Command.set([shop.company.id for shop in session.shops.values()])],
                "group_ids": [
                    Command.set(
                        [
                            session.env.ref("base.group_user").id,
                            session.env.ref(group).id,
                        ]
                    )
                ],
            }
        )
