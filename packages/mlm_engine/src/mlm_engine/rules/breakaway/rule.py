# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Breakaway: overrides on groups whose head broke away by reaching a rank.

    heads          members whose paid-as rank reaches ``rank``
    group(h)       own CV of h and of everybody below, without the groups of other heads
    flat           rates[g] × group(h) to the head g heads above h
    differential   max(min_pct, pct(u) - pct(h)) × group(h) to the nearest head u above

Guarantee of the first generation, from the deepest head up: the head above r shall
have at least what a group of ``guarantee`` points gives; what is missing comes out of
what r itself earns here. Then a head with few heads and a small own group keeps nothing.

Tiny example: 4 %, guarantee 30,000 CV. r heads a group of 20,000 and has one head below
with 30,000: r earns 1,200; the sponsor has 800 and is due 1,200, so r gives 400 and
keeps 800.
"""

from dataclasses import dataclass, fields
from fractions import Fraction
from types import SimpleNamespace

import numpy as np

from ...kernel import caps, eligibility, row_filter
from ...kernel.codes import Measure, RateSource, Reason
from ...kernel.exact import E6, allocate
from ...kernel.paying import pay
from ...kernel.result import Earnings
from ...kernel.tables import EarningTable
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error, warning
from .._groups.heads import Heads, groups
from ..base import Rule


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    rank: int = make.ref("ranks", _("Rank that breaks away"))
    mode: str = make.choice(
        "flat",
        {
            "flat": _("Percentage by generation"),
            "differential": _("Difference between ranks"),
        },
        _("Percentage"),
    )
    rates_e6: list = make.only(make.levels((), "percent", _("Rate by generation")), mode="flat")
    levels_by_rank: list = make.grid("ranks", "integer", _("Generations by rank"))
    rates_of_rank_e6: list = make.only(
        make.grid("ranks", "percent", _("Percentage of each rank")),
        mode="differential",
    )
    min_pct_e6: int = make.only(
        make.number(
            "percent",
            0,
            _("Minimum percentage"),
            none=_("no minimum"),
        ),
        mode="differential",
    )
    guarantee_e4: int = make.only(
        make.number(
            "points",
            0,
            _("Volume guaranteed to the sponsor"),
            "CV",
            _("no guarantee"),
        ),
        mode="flat",
    )
    keep_heads: int = make.number(
        "integer",
        0,
        _("Direct leaders needed to keep the bonus"),
        none=_("not required"),
    )
    keep_group_e4: int = make.number(
        "points",
        0,
        _("Or own group volume to keep it"),
        "PV",
        _("not required"),
    )


class Breakaway(Rule):
    """See the module for the formula."""

    label = _("Breakaway")
    tree = "sponsor"
    as_of = ("period_end",)
    Params = Params

    def check(self, params, plan):
        """A rank and rates that fit the mode are needed."""
        findings = []
        if params.rank < 0:
            findings.append(
                error(
                    _("the rank that breaks away is missing"),
                    _("Give `rank: …`"),
                    path=("rank",),
                )
            )
        if params.mode == "flat" and not any(params.rates_e6):
            findings.append(
                error(
                    _("no rates"),
                    _("Give `rates: [generation 1, …]`"),
                    path=("rates",),
                )
            )
        if params.mode == "differential" and not (
            any(params.rates_of_rank_e6 or ()) or params.min_pct_e6
        ):
            findings.append(
                error(
                    _("no rates of ranks"),
                    _("Give `rates_of_rank: {rank: %}`"),
                    path=("rates_of_rank",),
                )
            )
        if bool(params.keep_heads) != bool(params.keep_group_e4):
            findings.append(
                warning(
                    _("`keep_heads` and `keep_group` only work together"),
                    _("Give both or neither"),
                    path=("keep_heads",),
                )
            )
        return findings

    def ceiling(self, params, plan):
        """Each point lies in one group, which every generation pays once."""
        if params.mode == "flat":
            return Fraction(sum(params.rates_e6), E6)
        table = _rates_of_rank(params, plan)[max(params.rank, 0) :]
        return Fraction(max(params.min_pct_e6, max(table) - min(table)), E6)

    def compute(self, ctx, bonus):
        """Add one row per head and generation above it, then move the guarantee."""
        heads = heads_of(ctx, bonus)
        group = groups_of(ctx, bonus, heads)
        made = np.where(heads.mask, group.made, 0)
        ctx.measures.add(Measure.GROUP_CV, made, bonus.index)
        draft = SimpleNamespace(exchange=ctx.exchange, earnings=EarningTable())
        _offer(ctx, draft, bonus, heads, group)
        if bonus.params.mode == "flat" and bonus.params.guarantee_e4:
            due = _due(ctx, bonus, heads, group.made)
            rows = _with_room(ctx, draft, bonus, heads, due)
            _guarantee(ctx, bonus, heads, due, rows)
        else:
            rows = draft.earnings.rows()
        _keep_rule(ctx, bonus, heads, rows)
        keep = (rows.amount_e4 != 0) | (rows.breakage_e4 != 0)
        ctx.earnings.add(**{item.name: getattr(rows, item.name)[keep] for item in fields(Earnings)})


def heads_of(ctx, bonus):
    """Return the ``Heads`` of a bonus, made once per run."""
    key = ("heads", bonus.index)
    if key not in ctx.shared:
        ctx.shared[key] = Heads(ctx.sponsorship.parent, ctx.paying_rank >= bonus.params.rank)
    return ctx.shared[key]


def unlocked(ctx, bonus):
    """Return how many generations each member's rank reaches."""
    params = bonus.params
    most = len(params.rates_e6) if params.mode == "flat" else 1
    if not params.levels_by_rank:
        return np.full(ctx.members, most, dtype=np.int64)
    table = make.nearest_lower(params.levels_by_rank, 0)
    return np.array(table, dtype=np.int64)[ctx.paying_rank]


def _rates_of_rank(params, plan):
    ranks = plan["ranks"] or [None]
    return make.nearest_lower(params.rates_of_rank_e6 or [None] * len(ranks), 0)


def groups_of(ctx, bonus, heads, volume="cv"):
    """Return the ``Groups`` of the heads of a bonus."""
    return groups(ctx, heads, row_filter.row_volume(ctx, bonus, volume))


def _offer(ctx, draft, bonus, heads, group):
    params, reason_of = bonus.params, eligibility.of_bonus(ctx, bonus).reason
    reach = unlocked(ctx, bonus)
    head = np.flatnonzero(heads.mask)
    payee = heads.above[head]
    pct = np.array(_rates_of_rank(params, ctx.plan), dtype=np.int64)[ctx.paying_rank]
    flat = params.mode == "flat"
    for generation in range(1, (len(params.rates_e6) if flat else 1) + 1):
        found = payee >= 0
        head, payee = head[found], payee[found]
        if flat:
            rate = np.full(head.size, params.rates_e6[generation - 1], dtype=np.int64)
        else:
            rate = np.maximum(params.min_pct_e6, pct[payee] - pct[head])
        reason = reason_of[payee].copy()
        reason[(reason == 0) & (reach[payee] < generation)] = Reason.NOT_UNLOCKED
        base = group.of(payee, head)
        some = base > 0
        pay(
            draft,
            bonus,
            base_e4=base[some],
            rate_e6=rate[some],
            reason=reason[some],
            earns=reason[some] == 0,
            payee=payee[some],
            source=head[some],
            level=generation,
            rate_source=RateSource.LEVEL if flat else RateSource.DIFFERENCE,
        )
        payee = heads.above[payee]


def _due(ctx, bonus, heads, group):
    """The CV on which each head owes the head above its rate: 0 without a head below or a
    payee above."""
    params = bonus.params
    above = heads.above
    entitled = eligibility.of_bonus(ctx, bonus).entitled & (unlocked(ctx, bonus) >= 1)
    owes = heads.mask & (heads.below > 0) & (above >= 0) & entitled[above]
    return np.where(owes, np.maximum(params.guarantee_e4 - group, 0), 0)


def _with_room(ctx, draft, bonus, heads, due):
    """Return the rows, with one for every head that owes: it may have given none."""
    rows = draft.earnings.rows()
    first = rows.level == 1
    debtor = np.setdiff1d(np.flatnonzero(due > 0), rows.source[first])
    payee = heads.above[debtor]
    fx, per = ctx.exchange.into(bonus.common.currency, ctx.exchange.home(payee))
    draft.earnings.add(
        payee=payee,
        bonus=bonus.index,
        source=debtor,
        level=1,
        rate_e6=bonus.params.rates_e6[0],
        fx_e6=fx,
        per_e6=per,
        rate_source=RateSource.LEVEL,
    )
    return draft.earnings.rows()


def _guarantee(ctx, bonus, heads, due, rows):
    """Move what each head owes to the head above it, from the deepest up.

    The amount is one, exact; who gives and who gets round it in their own currencies.
    """
    money, currency = ctx.exchange, bonus.common.currency
    homes = np.broadcast_to(money.home(np.arange(ctx.members)), ctx.members)
    row_of = np.full(ctx.members, -1, dtype=np.int64)
    first = np.flatnonzero(rows.level == 1)
    row_of[rows.source[first]] = first
    debtor = np.flatnonzero(due > 0)
    debtor = debtor[np.argsort(-ctx.sponsorship.depth[debtor], kind="stable")]
    start = np.searchsorted(rows.payee, debtor, side="left")
    end = np.searchsorted(rows.payee, debtor, side="right")
    for one, begin, stop in zip(debtor, start, end, strict=True):
        mine = np.arange(begin, stop)
        home, above, held = homes[one], homes[heads.above[one]], int(rows.amount_e4[mine].sum())
        owed = Fraction(int(due[one]) * bonus.params.rates_e6[0], E6)
        factor = money.factor(currency, home)
        if owed * factor > held:
            owed = held / factor
        unit = int(money.unit_e4[home])
        taken = allocate(money.money(home, owed * factor) // unit, rows.amount_e4[mine], mine)
        given = money.money(above, owed * money.factor(currency, above))
        caps.scale(rows, mine, -taken * unit, Reason.GUARANTEE)
        caps.scale(rows, row_of[one : one + 1], np.array([given]), Reason.GUARANTEE)


def _keep_rule(ctx, bonus, heads, rows):
    params = bonus.params
    if not params.keep_heads:
        return
    group_pv = groups_of(ctx, bonus, heads, "pv").made
    small = (heads.below < params.keep_heads) & (group_pv < params.keep_group_e4)
    lost = np.flatnonzero(small[rows.payee] & (rows.amount_e4 > 0))
    caps.scale(rows, lost, -rows.amount_e4[lost], Reason.GROUP_TOO_SMALL)
