# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Package bonus (GEN5): a fixed amount per package bought, by generation.

    base(g) = min(own column[g], bought column[g]) × quantity
    paid(g) = base(g) × tier(own PV) × rate of exchange, rounded once
    paid(g) + breakage(g) = bought column[g] × quantity × rate of exchange

The generations are the buyer's sponsors as they were at the sale, without
compression: who may not earn still uses up a generation, and its amount is
breakage with the reason. Own column: the highest package held at the moment of
the purchase, without term. An upgrade pays new less old column on both sides of
the minimum. A column that the plan does not give (a starter kit) is zero.

Tiny example (GX-GEN5-02): own ESP-1, bought ESP-3, generation 1: min(25, 150) =
25 USD paid, 125 USD breakage.
"""

import re
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel.codes import RateSource, Reason
from ...kernel.exact import E4, E6
from ...kernel.paying import pay
from ...kernel.row_filter import taken
from ...kernel.sponsors import sponsor_at
from ...kernel.text import _
from ...plan import params as make
from ...plan.document import shown
from ...plan.finding import error
from ..base import Rule

_GENERATION = re.compile(r"[1-9][0-9]{0,2}")


def _read_amounts(check, value, path, plan):
    """``{package: [amount per generation]}`` → one row per plan package, in e4."""
    codes = [item["code"] for item in plan["packages"]]
    found = {}
    for code, row in check.mapping(value, path).items():
        if code not in codes:
            check.wrong((*path, code), _("unknown package {code!r}", code=code), ", ".join(codes))
            continue
        found[code] = [
            check.number(amount, place, E4, 0)
            for place, amount in check.sequence(row, (*path, code))
        ]
    depth = max((len(row) for row in found.values()), default=0)
    return [found.get(code, []) + [0] * (depth - len(found.get(code, []))) for code in codes]


def _read_tiers(check, value, path, plan):
    """``{generation: [{pv, pct}]}`` → ``{"5": [[pv_e4, rate_e6], ...]}``, high first."""
    result = {}
    for generation, steps in check.mapping(value, path).items():
        rows = []
        for place, step in check.sequence(steps, (*path, generation)):
            item = check.mapping(step, place, ("pv", "pct"))
            pv = check.number(item.get("pv", 0), (*place, "pv"), E4, 0)
            pct = check.number(item.get("pct", 0), (*place, "pct"), E6 // 100, 0)
            rows.append([pv, pct])
        result[str(generation)] = sorted(rows, reverse=True)
    return result


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    amounts_e4: list = make.table(
        None,
        _read_amounts,
        _("Amount per package bought and generation"),
        "base currency",
        form={"kind": "grid", "section": "packages", "cell": "money", "lists": True, "unit": ""},
    )
    active_only: bool = make.flag(True, _("Only while the payee is active"))
    pv_tiers: dict = make.table(
        None,
        _read_tiers,
        _("Share of a generation by own PV"),
        "PV, percent",
        form={
            "kind": "level_steps",
            "columns": {
                "pv": ("points", _("Own PV from")),
                "pct": ("percent", _("%")),
            },
        },
    )


class PackageBonus(Rule):
    """See the module for the formula."""

    label = _("Package bonus")
    tree = "sponsor"
    as_of = ("sale",)
    common = ("start", "end", "currency")
    Params = Params

    def check(self, params, plan):
        """Amounts are needed, and each package paid on must be a sale with CV."""
        if not params.amounts_e4 or not any(map(any, params.amounts_e4)):
            return [error(_("no amounts"), _("Give `amounts: {PACKAGE: [generation 1, …]}`"))]
        findings = []
        for package, row in enumerate(params.amounts_e4):
            sold = [item for item in plan["catalog"] if item["package"] == package]
            if any(row) and sold and any(item["cv_e4"] <= 0 for item in sold):
                code = plan["packages"][package]["code"]
                findings.append(
                    error(
                        _(
                            "package {code} pays without commissionable volume: that is a bonus "
                            "for enrolment alone (Ley 1700 de 2013, art. 2)",
                            code=code,
                        ),
                        _("Give its product a CV or remove its amounts"),
                        ("amounts", code),
                    )
                )
        for generation in params.pv_tiers or {}:
            if not _GENERATION.fullmatch(generation):
                findings.append(
                    error(
                        _("{generation} is no generation", generation=shown(generation)),
                        "",
                        ("pv_tiers",),
                    )
                )
        return findings

    def ceiling(self, params, plan):
        """Highest sum of a package's generations over the CV of its product."""
        shares = [Fraction(0)]
        for item in plan["catalog"]:
            package, below = item["package"], item["package_from"]
            if package < 0 or item["cv_e4"] <= 0:
                continue
            total = sum(params.amounts_e4[package])
            if below >= 0:
                total -= sum(params.amounts_e4[below])
            shares.append(Fraction(total, item["cv_e4"]))
        return max(shares)

    def row_base(self, ctx, bonus):
        """What each volume row offers: the highest amount of any generation."""
        data, table = ctx.snapshot, _amounts(bonus.params)
        found, row = np.zeros_like(data.row_package), np.flatnonzero(data.row_package >= 0)
        offered = table[data.row_package[row]] - table[data.row_package_from[row]]
        found[row] = offered.max(axis=1, initial=0) * data.row_package_qty[row]
        return found

    def compute(self, ctx, bonus):
        """Add one earning per package row and generation that offers something."""
        data, table = ctx.snapshot, _amounts(bonus.params)
        row = taken(ctx, bonus)
        moment, buyer = data.row_moment[row], data.row_buyer[row]
        # Generation 1 is the buyer's sponsor; of a customer, who got the volume.
        credited = data.row_member[row]
        payee = np.where(credited == buyer, sponsor_at(data, buyer, moment), credited).astype(
            np.int64
        )
        for generation in range(1, table.shape[1] + 1):
            _generation(ctx, bonus, table[:, generation - 1], row, payee, generation)
            payee = sponsor_at(data, payee, moment)


def _amounts(params):
    """Return the amounts by package and generation; index -1 (no package) finds zeros."""
    table = np.array(params.amounts_e4, dtype=np.int64)
    return np.vstack((table, np.zeros_like(table[:1])))


def _generation(ctx, bonus, column, row, payee, generation):
    data, params = ctx.snapshot, bonus.params
    bought, below = data.row_package[row], data.row_package_from[row]
    quantity = data.row_package_qty[row]
    offered = (column[bought] - column[below]) * quantity
    keep = offered > 0
    row, payee, offered = row[keep], payee[keep], offered[keep]
    bought, below, quantity = bought[keep], below[keep], quantity[keep]
    own = ctx.holdings.highest_at(payee, data.row_moment[row])
    base = np.minimum(column[own], column[bought])
    base = (base - np.minimum(column[own], column[below])) * quantity
    rate, tiered = _tier(ctx, params, payee, generation)

    reason = np.zeros(row.size, dtype=np.int64)
    reason[base < offered] = Reason.SMALLER_PACKAGE
    reason[column[own] == 0] = Reason.NO_PACKAGE
    reason[(rate < E6) & (reason != Reason.NO_PACKAGE)] = Reason.PV_TIER
    blocked = ctx.activity.blocked_unless_active(params.active_only)[payee]
    reason = np.where(blocked > 0, blocked, reason)
    reason[payee < 0] = Reason.NO_UPLINE
    named = payee >= 0
    pay(
        ctx,
        bonus,
        base_e4=np.where(named, base, offered),
        rate_e6=np.where(named, rate, E6),
        offered_base_e4=offered,
        offered_e6=E6,
        reason=reason,
        earns=named & (blocked == 0),
        payee=payee,
        source=data.row_buyer[row],
        level=generation,
        row=row,
        rate_source=np.where(tiered, int(RateSource.PV_TIER), int(RateSource.BONUS)),
    )


def _tier(ctx, params, payee, generation):
    """Return ``(rate_e6, tiered)`` of a generation by the payees' own PV."""
    steps = (params.pv_tiers or {}).get(str(generation))
    if not steps:
        return np.full(payee.size, E6), np.zeros(payee.size, dtype=bool)
    own_pv = ctx.activity.own_pv_e4[payee]
    rate = np.zeros(payee.size, dtype=np.int64)
    for least, share in sorted(steps):
        rate[own_pv >= least] = share
    return rate, payee >= 0
