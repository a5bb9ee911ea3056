# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Packages, products and promotions."""

from dataclasses import dataclass

from ...kernel.text import _
from .. import params as make
from ..document import shown, suggestion
from ..read_params import read
from .common import MOST_PACKAGES, MOST_PROMOTIONS, Named, unique


@dataclass(frozen=True)
class Package(Named):
    """What a person joins with."""

    rate_e6: int = make.number("percent", 0, _("Percentage it gives"), key="pct")
    months: int = make.number(
        "integer",
        None,
        _("Months of its term"),
        least=1,
        help=_("Empty: without end."),
        nullable=True,
    )
    repeat_rate_e6: int = make.number(
        "percent", None, _("Percentage when repeated"), key="repeat_pct"
    )
    rank: int = make.ref("ranks", _("Grants the rank"), advanced=True)
    rank_months: int = make.only(
        make.number("integer", None, _("For how many months"), least=1, advanced=True),
        rank=make.GIVEN,
    )


def packages(check, value, plan):
    """Canonical: the fields of ``Package``; a rank is granted for the package's months."""
    result = []
    for path, item in check.sequence(value, ("packages",), MOST_PACKAGES):
        found = read(Package, item, check, path, plan)
        if isinstance(item, dict) and "rank_months" not in item:
            found["rank_months"] = found["months"]
        result.append(found)
    unique(check, result, ("packages",))
    return result


def _contents(check, value, path, plan):
    counts = check.mapping(value or {}, path).items()
    return {str(code): check.integer(count, (*path, code), 0) for code, count in counts}


@dataclass(frozen=True)
class Product(Named):
    """What is sold."""

    pv_e4: int = make.number("points", None, _("PV"), required=True)
    cv_e4: int = make.number("points", None, _("CV"), required=True)
    price_e4: int = make.number("money", None, _("Price"), "company currency", required=True)
    iva_e6: int = make.number("percent", None, _("VAT %"), nullable=True)
    retail_e4: int = make.number("money", None, _("Retail price"), "company currency")
    package: int = make.ref("packages", _("Is the package"))
    package_from: int = make.ref("packages", _("Upgrades from"), key="from")
    contents: dict = make.table(
        None, _contents, _("Contains"), form={"kind": "counts", "section": "catalog"}
    )


def products(check, value, plan):
    """Canonical: the fields of ``Product``; ``contents`` counts pieces by code."""
    result = []
    for path, item in check.sequence(value, ("catalog",)):
        found = read(Product, item, check, path, plan)
        result.append({**found, "contents": found["contents"] or {}})
    unique(check, result, ("catalog",))
    _check_contents(check, result)
    return result


def _check_contents(check, items):
    known = dict.fromkeys(item["code"] for item in items)
    for index, item in enumerate(items):
        for code in item["contents"]:
            if code not in known and "" not in known:
                where = ("catalog", index, "contents", code)
                check.wrong(
                    where, _("unknown product {code}", code=shown(code)), suggestion(code, known)
                )
        if item["package_from"] >= 0 and item["package"] <= item["package_from"]:
            where = ("catalog", index, "from")
            check.wrong(where, _("an upgrade must go to a higher package"))


def _members(check, value, path, plan):
    if value == "all":
        return None
    return [check.code(code, at) for at, code in check.sequence(value, path)]


@dataclass(frozen=True)
class Promotion(Named):
    """A percentage that some people have for some time; ``members`` ``None``: everybody."""

    rate_e6: int = make.number("percent", None, _("Percentage"), key="pct", required=True)
    from_: int = make.day(_("From"), required=True)
    to: int = make.day(_("To"), required=True)
    members: list = make.table(
        None,
        _members,
        _("For whom"),
        form={"kind": "words", "default": "all"},
        help=_("“all”, or the codes of the people."),
    )


def promotions(check, value):
    """Canonical: the fields of ``Promotion``."""
    result = []
    for path, item in check.sequence(value, ("promotions",), MOST_PROMOTIONS):
        result.append(read(Promotion, item, check, path, None))
        if result[-1]["to"] < result[-1]["from"]:
            check.wrong((*path, "to"), _("the promotion ends before it begins"))
    unique(check, result, ("promotions",))
    return result
