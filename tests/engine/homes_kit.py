# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A network of two companies: Colombia, whose currency the plan names, and Ecuador."""

from company_kit import Company, plan

E6 = 10**6
CO, EC = 0, 1
HOMES = [
    {"company": "CO", "currency": "COP", "unit_e4": 10_000, "fx_e6": 4500 * E6, "rates": {}},
    {"company": "EC", "currency": "USD", "unit_e4": 100, "fx_e6": E6, "rates": {}},
]
REBATE = {
    "rule": "personal_rebate",
    "active_only": False,
    "params": {"steps": [{"min": 0, "pct": 10}]},
}


def two(*bonuses, base="USD", homes=HOMES, **sections):
    """Return the ``Company`` of a plan: whole pesos, a point is a dollar and 4,500 pesos."""
    rounding = {"mode": "half_up", "unit": 1}
    currency = {"base": base, "company": "COP"}
    made = plan(*bonuses, currency=currency, rounding=rounding, **sections)
    return Company(made, homes, 4500 * E6)


def of_both(company):
    """Enrol ANA in Colombia and BEA in Ecuador, each without a sponsor."""
    return company.person("ANA", home=CO).person("BEA", home=EC)
