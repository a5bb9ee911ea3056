# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The plan and its catalogue: products with PV, CV, prices, tax and package."""

import re
from fractions import Fraction

import yaml
from mlm_engine.kernel.exact import rounded
from mlm_engine.kernel.periods import bounds
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import load_plan, plan_names

from odoo.exceptions import UserError
from odoo.fields import Command

#: Price of bare volume, before tax, in company currency: free goods carry none.
BARE_PRICE_E4 = 1000_0000


def prepare(session):
    """Publish the scenario's plan and create what it sells."""
    versions = session.env["mlm.plan.version"]
    text = _document(session, versions)
    session.version = versions._import_document(text, session.network)
    session.version._publish_at_once()
    packages = {
        package.code: package for package in session.env["mlm.package"]._of_network(session.network)
    }
    codes = [item["code"] for item in session.plan["packages"]]
    rows = []
    for item in session.plan["catalog"]:
        package, below = item["package"], item["package_from"]
        rows.append(
            {
                "code": item["code"],
                "name": item["name"]["es"],
                "pv_e4": item["pv_e4"],
                "cv_e4": item["cv_e4"],
                "price_e4": item["price_e4"],
                "retail_e4": item["retail_e4"],
                "tax": _tax(session, item["iva_e6"]),
                "package": packages[codes[package]] if package >= 0 else None,
                "package_from": packages[codes[below]] if below >= 0 else None,
                "description": _contents(session, item),
            }
        )
    for shop in session.shops.values():
        products = _create(shop, [_priced(shop, row) for row in rows])
        for item, product in zip(session.plan["catalog"], products, strict=True):
            shop.products[item["code"]] = product
            _translate(shop, product, item["name"])
        _bare(shop, packages)


def _priced(session, row):
    """What a company asks, in its own currency and without the first one's taxes: through what
    a point is worth in each at the beginning, as the scenario's sales do."""
    if session.is_first:
        return row
    day = bounds(session.period_kind, session.scenario.cycles[0])[0]
    first, firm = session.scenario.company, session.firm
    factor = Fraction(firm.rate_e6(day), first.rate_e6(day) * firm.unit_e4)
    mode = session.plan["rounding"]["mode"]
    turned = {
        name: row[name] and rounded(factor * row[name], mode) * firm.unit_e4
        for name in ("price_e4", "retail_e4")
    }
    return {**row, **turned, "tax": None}


def _document(session, versions):
    """The plan as YAML: the shipped text with its comments where that says the same."""
    plan = session.plan
    if plan["code"] in plan_names():
        promotions = {"promotions": plan["source"].get("promotions", [])}
        text = re.sub(
            r"(?m)^promotions: .*\n",
            lambda _found: _yaml(promotions),
            versions._shipped(plan["code"]),
        )
        if _meaning(load_plan(read_yaml(text))) == _meaning(plan):
            return text
    return _yaml(plan["source"])


def _yaml(data):
    return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)


def _meaning(plan):
    return {name: value for name, value in plan.items() if name != "source"}


def _bare(session, packages):
    """A product for each kind of line that only names PV and CV."""
    keys = sorted(
        {
            bare_key(line)
            for sale in session.scenario.sales
            if sale.company in (session.firm.code, "")
            for line in sale.lines
        }
        - {None},
        key=str,
    )
    rows = [
        {
            "code": f"VOL-{number:03d}",
            "name": session.env._("Volume"),
            "pv_e4": pv,
            "cv_e4": cv,
            "price_e4": price,
            "retail_e4": None,
            "tax": None,
            "package": packages.get(package),
            "package_from": packages.get(below),
            "description": False,
        }
        for number, (pv, cv, price, package, below) in enumerate(keys, 1)
    ]
    session.bare = dict(zip(keys, _create(session, rows), strict=True))


def bare_key(line):
    """What tells bare lines apart, ``None`` for a line with a product."""
    if line.product is not None:
        return None
    return (
        line.unit_pv_e4,
        line.unit_cv_e4,
        line.unit_price_e4 or BARE_PRICE_E4,
        line.package,
        line.package_from,
    )


def _create(session, rows):
    products = session.env["product.product"].create(
        [
            {
                "name": row["name"],
                "default_code": row["code"],
                "type": "consu",
                "invoice_policy": "order",
                "company_id": session.company.id,
                "list_price": (row["retail_e4"] or row["price_e4"]) / 10_000,
                "taxes_id": [Command.set(row["tax"].ids if row["tax"] else [])],
                "supplier_taxes_id": [Command.clear()],
                "description_sale": row["description"],
                "mlm_package_id": row["package"].id if row["package"] else False,
                "mlm_package_from_id": row["package_from"].id if row["package_from"] else False,
                "mlm_volume_ids": [
                    Command.create(
                        {
                            "company_id": session.company.id,
                            "pv_e4": row["pv_e4"],
                            "cv_e4": row["cv_e4"],
                        }
                    )
                ],
            }
            for row in rows
        ]
    )
    session.env["product.pricelist.item"].create(
        [
            {
                "pricelist_id": session.pricelists[name].id,
                "applied_on": "1_product",
                "product_tmpl_id": product.product_tmpl_id.id,
                "compute_price": "fixed",
                "fixed_price": price_e4 / 10_000,
            }
            for row, product in zip(rows, products, strict=True)
            for name, price_e4 in (
                ("distributor", row["price_e4"]),
                ("retail", row["retail_e4"] or row["price_e4"]),
            )
        ]
    )
    return products


def _tax(session, rate_e6):
    """The chart's sales tax of a rate, ``None`` for what is excluded."""
    if not rate_e6:
        return None
    tax = session.env["account.tax"].search(
        [
            ("company_id", "=", session.company.id),
            ("type_tax_use", "=", "sale"),
            ("amount_type", "=", "percent"),
            ("amount", "=", rate_e6 / 10_000),
        ],
        limit=1,
    )
    if not tax:
        raise UserError(
            session.env._(
                "%(company)s has no sales tax of %(rate)s %%.",
                company=session.company.display_name,
                rate=rate_e6 / 10_000,
            )
        )
    return tax


def _contents(session, item):
    """What is inside a package, as a text for quotations."""
    names = {one["code"]: one["name"]["es"] for one in session.plan["catalog"]}
    return "\n".join(
        f"{count} × {names[code]}" for code, count in item["contents"].items() if count
    )


def _translate(session, product, names):
    for code, _name in session.env["res.lang"].get_installed():
        product.with_context(lang=code).name = names.get(code[:2]) or names["en"]
