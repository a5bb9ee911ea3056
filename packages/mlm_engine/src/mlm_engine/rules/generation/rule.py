# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Generation bonus: leaders close generations, each pays its rate on the volume below.

    g(u) = leaders from the buyer (included) up to u (excluded), + 1 with own_group
    paid(row, u) = base(row) × rate(rank of u, g) × rate of exchange

Leaders are people whose rank reaches ``rank`` (``mode: threshold``); with
``same_rank`` only those of u's rank or higher count for u. ``ineligible: skip``: who
may not earn is no leader; ``boundary``: counts, and the worth is breakage. With
``empty: skipped`` a leader whose own group bought nothing closes no generation.

Tiny example (GEN-01): 10 % and 5 % of 100. Master A stands four levels above the buyer,
is generation 1 and gets 10; when Master B qualifies between, B is generation 1 and gets
10, A generation 2 and gets 5.
"""

from dataclasses import dataclass

import numpy as np

from ...kernel import row_filter
from ...kernel.text import _
from ...kernel.uplines import starts
from ...plan import params as make
from ...plan.finding import error
from .._by_level import params as shared
from .._by_level import pay
from .._by_level.compression import Found
from .._by_level.rates import LevelRates
from .._by_level.rule import ByRow
from .._by_level.walk import Walk


@dataclass(frozen=True)
class Params(shared.OfRows, shared.Rates):
    """See the module for the formula."""

    rank: int = make.ref("ranks", _("Rank of a leader"))
    rank_by: str = make.choice(
        "paid",
        {"paid": _("The paid-as rank"), "title": _("The title")},
        _("What counts"),
    )
    mode: str = make.choice(
        "threshold",
        {
            "threshold": _("Every leader closes one"),
            "same_rank": _("Only those of equal rank or higher"),
        },
        _("Generations"),
    )
    own_group: bool = make.flag(True, _("The own group is generation 1"))
    ineligible: str = make.choice(
        "boundary",
        {
            "boundary": _("Closes its generation anyway"),
            "skip": _("Is not a leader"),
        },
        _("Leader who may not earn"),
    )
    empty: str = make.choice(
        "counts",
        {
            "counts": _("Counts"),
            "skipped": _("Does not close a generation"),
        },
        _("Leader without sales in the own group"),
    )


class Generation(ByRow):
    """See the module for the formula."""

    label = _("Generations")
    #: who closes a generation may hang on other sales (``empty: skipped``)
    by_source = False
    Params = Params

    def check(self, params, plan):
        """There must be a rank of leaders and clear rates."""
        findings = shared.validate_rates(params, plan)
        if params.rank < 0:
            findings.append(
                error(_("the rank of a leader is missing"), _("Give `rank`"), ("rank",))
            )
        return findings

    def ceiling(self, params, plan):
        """Sum of the highest rates; unbounded where leaders may close no generation, and
        once per rank where each rank counts its own."""
        if params.empty == "skipped":
            return None
        share = shared.ceiling_of_rates(params, plan)
        if params.mode == "same_rank":
            share *= len(plan["ranks"]) - params.rank
        return shared.of_cv(share, params, plan)

    def compute(self, ctx, bonus):
        """Add one earning per row and leader whose generation has a rate."""
        params = bonus.params
        row = row_filter.taken(ctx, bonus)
        walk = Walk(ctx, bonus, starts(ctx, bonus, row))
        held = ctx.paying_rank if params.rank_by == "paid" else ctx.title
        people = held >= params.rank
        if params.ineligible == "skip":
            people &= walk.eligibility.entitled
        leader, rates = walk.lines.mask(people), LevelRates(params, ctx.plan)
        counted = leader & _with_sales(walk, people) if params.empty == "skipped" else leader
        ranks = range(params.rank, len(ctx.plan["ranks"]))
        for rank in ranks if params.mode == "same_rank" else (None,):
            mask = leader if rank is None else leader & walk.lines.mask(held >= rank)
            paid = mask if rank is None else leader & walk.lines.mask(held == rank)
            # The own group of an origin that leads holds this row, so it always counts.
            own = walk.of_origin(people if rank is None else people & (held >= rank))
            _leaders(ctx, bonus, walk, row, rates, mask, mask & counted, paid, own)


def _with_sales(walk, people):
    """Return the mask of leaders' nodes who are the first leader of some row."""
    own = walk.of_origin(people)
    first = np.where(own, walk.start.node, walk.first(walk.lines.mask(people))[0])
    found = np.zeros(walk.lines.size, dtype=bool)
    found[first[first >= 0]] = True
    return found


def _leaders(ctx, bonus, walk, row, rates, mask, counted, paid, own):
    """Walk from leader to leader; ``counted`` close generations, ``paid`` are paid,
    ``own`` tells of each row whether its origin leads."""
    base = row_filter.base_of(ctx, bonus)[row]
    columns = {"source": ctx.snapshot.row_buyer[row], "row": row}
    generation = own.astype(np.int64) + int(bonus.params.own_group)
    node, distance = walk.first(mask)
    index = np.arange(row.size)
    while index.size:
        alive = (node >= 0) & (generation <= rates.count)
        index, node, distance, generation = (
            values[alive] for values in (index, node, distance, generation)
        )
        for level in rates.walked:
            mine = (generation == level) & paid[node]
            if mine.any():
                found = Found(level, index[mine], node[mine], distance[mine])
                pay.level(ctx, bonus, walk, rates, found, base, columns)
        generation = generation + counted[node]
        node, distance = walk.next(node, distance, mask, index)
