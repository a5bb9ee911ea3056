# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read ``company`` and ``companies``: codes, currencies and what a point is worth in each."""

from ..kernel.exact import E4, E6
from ..kernel.text import _
from ..plan.document import shown
from . import model

#: Currencies whose smallest unit is no hundredth (ISO 4217).
_WHOLE = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF"
_THREE_DECIMALS = "BHD IQD JOD KWD LYD OMR TND"
_MOST = 50


def company(check, value, plan):
    """Read ``company``; without it the plan's currency and 1 : 1."""
    path = ("company",)
    data = check.mapping(value or {}, path, (), ("code", "currency", "timezone", "rates"))
    currency = check.text(data.get("currency", plan["company_currency"]), (*path, "currency"))
    if currency and currency != plan["company_currency"]:
        check.wrong(
            (*path, "currency"),
            _("{currency} is not the company currency of the plan", currency=shown(currency)),
            _(
                "Write `currency: {company_currency}`, or change the plan's",
                company_currency=plan["company_currency"],
            ),
        )
    code = check.code(data["code"], (*path, "code")) if "code" in data else currency
    zone = check.text(data.get("timezone", "America/Bogota"), (*path, "timezone"))
    rates = _rates(check, data, path, plan, currency)
    return model.Company(currency, zone, rates, code, unit_e4=plan["rounding"]["unit_e4"])


def companies(check, value, plan, first):
    """Return all companies of the network, ``first`` before those of ``companies``."""
    found = {first.code: first}
    required, optional = ("code", "currency"), ("name", "country", "unit", "rates")
    for path, item in check.sequence(value, ("companies",), _MOST):
        data = check.mapping(item, path, required, optional)
        code = check.code(data.get("code"), (*path, "code"))
        if code in found:
            check.wrong((*path, "code"), _("company {code} appears twice", code=shown(code)))
            continue
        currency = check.code(data.get("currency"), (*path, "currency"))
        found[code] = model.Company(
            currency,
            first.timezone,
            _rates(check, data, path, plan, currency),
            code,
            check.text(data.get("name", code), (*path, "name")),
            check.text(data.get("country", ""), (*path, "country")),
            _unit(check, data, path, plan, currency),
        )
    if len(found) > 1:
        for place, one in enumerate(found.values()):
            path = ("companies", place - 1, "rates") if place else ("company", "rates")
            _check_several(check, one, path, plan)
    return tuple(found.values())


def _rates(check, data, path, plan, currency):
    rates = []
    for where, item in check.sequence(data.get("rates"), (*path, "rates")):
        row = check.mapping(item, where, ("from", "rate"), ("currency",))
        rate = check.number(row.get("rate", 1), (*where, "rate"), E6, 0)
        code = row.get("currency")
        code = None if code is None else check.text(code, (*where, "currency"))
        code = None if code == plan["base_currency"] else code
        rates.append(model.Rate(check.day(row.get("from"), (*where, "from")), rate, code))
    rates.sort(key=lambda item: item.start)
    if not any(rate.currency is None for rate in rates) and plan["base_currency"] != currency:
        check.wrong(
            path,
            _(
                "no rate from {base_currency} to {currency}",
                base_currency=plan["base_currency"],
                currency=currency,
            ),
            _("Add `rates: [{from: 2026-01-01, rate: 4500}]`"),
        )
    return tuple(rates)


def _unit(check, data, path, plan, currency):
    """Return what money of a company is rounded to."""
    if "unit" in data:
        unit = check.number(data["unit"], (*path, "unit"), E4, 0, 1)
        if not unit:
            check.wrong((*path, "unit"), _("a unit must be more than 0"), _("Write e.g. 0.01"))
        return max(unit, 1)
    if currency == plan["company_currency"]:
        return plan["rounding"]["unit_e4"]
    decimals = 0 if currency in _WHOLE.split() else 3 if currency in _THREE_DECIMALS.split() else 2
    return E4 // 10**decimals


def _check_several(check, company, path, plan):
    """Money of one company becomes another's by division: no rate may be 0, and a unit of
    the base currency is one of the same."""
    if any(rate.rate_e6 == 0 for rate in company.rates):
        check.wrong(path, _("a rate must be more than 0"))
    own = [rate.rate_e6 for rate in company.rates if rate.currency is None]
    if company.currency == plan["base_currency"] and set(own) - {E6}:
        check.wrong(
            path,
            _("a point is worth 1 {currency}, the base currency", currency=company.currency),
            _("Write `rate: 1`, or remove it"),
        )
