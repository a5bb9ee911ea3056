# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Infinity (coded) bonus: a percentage of everything below, down to the next equal.

    b(u) = people of u's rank or higher from the buyer (included) up to u (excluded)
    paid(row, u) = base(row) × (b = 0: rate(rank), else reduced(rank)[b]) × exchange

Depth has no limit; ``from_level`` leaves the nearest levels to other bonuses. Whoever
is of the rank blocks, entitled or not; what a payee who is not entitled would get
is breakage.

Tiny example: 2 % on 10,000 below, 4,000 of it below another one of the rank: 120, and 80
for that one.
"""

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from ...kernel.codes import RateSource
from ...kernel.exact import E6
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error, warning
from ...plan.params import nearest_lower
from .._by_level.lines import of_bonus_rows
from .._by_level.params import OfRows, of_cv
from .._by_level.rule import ByRow
from .._by_level.walk import Walk


@dataclass(frozen=True)
class Params(OfRows):
    """See the module for the formula."""

    rates_e6: list = make.small(make.grid("ranks", "percent", _("Rate by rank")))
    reduced_e6: list = make.small(
        make.grid(
            "ranks",
            "percent",
            _("Rate behind one, two, … of equal rank"),
            lists=True,
        )
    )
    from_level: int = make.number("integer", 1, _("From level"), none=_("the first"))


class Infinity(ByRow):
    """See the module for the formula."""

    label = _("Infinity")
    Params = Params

    def check(self, params, plan):
        """A rank must earn something; who is blocked gets no more than who is not."""
        findings = []
        if not any(params.rates_e6 or ()):
            findings.append(error(_("no rank earns anything"), _("Give `rates: {RANK: percent}`")))
            return findings
        table = rates_of(params, plan)
        if (np.diff(table, axis=1) > 0).any():
            findings.append(
                warning(
                    _("`reduced` pays more than what stands before it"),
                    _("Lower it"),
                    ("reduced",),
                )
            )
        return findings

    def ceiling(self, params, plan):
        """Each rank is paid once in full and once per reduced rate on a row."""
        return of_cv(Fraction(int(rates_of(params, plan).sum()), E6), params, plan)

    def compute(self, ctx, bonus):
        """Add one earning per row and person whose rank is not blocked."""
        lines = of_bonus_rows(ctx, bonus)
        walk = Walk(ctx, bonus, lines.start)
        for rank, rates in enumerate(rates_of(bonus.params, ctx.plan)):
            if rates.any():
                _of_rank(ctx, bonus, walk, lines, rank, rates)


def rates_of(params, plan):
    """Return the rates by rank and people of that rank in between, millionths."""
    full = nearest_lower(params.rates_e6 or [None] * len(plan["ranks"]), 0)
    reduced = nearest_lower(params.reduced_e6 or [None] * len(plan["ranks"]), [])
    table = np.zeros((len(full), 1 + max(map(len, reduced), default=0)), dtype=np.int64)
    for rank, row in enumerate(reduced):
        if full[rank]:  # no full rate, no reduced one
            table[rank, : 1 + len(row)] = [full[rank], *row]
    return table


def _of_rank(ctx, bonus, walk, lines, rank, rates):
    """Pay the people of exactly one rank; those of it and above block."""
    mask = walk.rank >= rank
    blocking = walk.of_origin(ctx.paying_rank >= rank).astype(np.int64)
    node, distance = walk.first(mask)
    index = np.arange(lines.row.size)
    while index.size:
        alive = (node >= 0) & (blocking < rates.size)
        index, node, distance, blocking = (
            values[alive] for values in (index, node, distance, blocking)
        )
        mine = (walk.rank[node] == rank) & (distance >= bonus.params.from_level)
        member = walk.lines.member(node[mine])
        reason = walk.eligibility.reason[member]
        pay(
            ctx,
            bonus,
            base_e4=lines.base_e4[index[mine]],
            rate_e6=rates[blocking[mine]],
            reason=reason,
            earns=reason == 0,
            payee=member,
            position=walk.lines.position(node[mine]),
            source=lines.source[index[mine]],
            level=distance[mine],
            row=lines.row[index[mine]],
            rate_source=RateSource.RANK,
        )
        blocking = blocking + 1
        node, distance = walk.next(node, distance, mask, index)
