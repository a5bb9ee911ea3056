# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary: what both legs of a position in a placement tree have in common is paid.

    leg     = carried in + new CV below on that side (+ excess of own purchases)
    matched = ⌊min(left, right) ÷ step⌋ × step
    pay     = matched × percentage × rate of exchange, rounded once
    carry   = leg - matched, on both sides

In cycles: ⌊left ÷ a⌋ or ⌊right ÷ b⌋, the lesser, times an amount; with ``best_of`` each
cycle takes its greater size from the leg that then holds more. Variants (caps of
legs, of what is paid and of what is carried, what stays after pay, ratio, both legs
paid): ``docs/contracts/rules.md`` §6; the steps: ``rules/binary/``.

Paid when the owner earns (``activity.py``), has enough active personally
sponsored people at any depth of each leg, and the lesser leg reaches ``min_cv``.
Else points stay (or are flushed, or used up as if paid); of an inactive owner they
expire (or freeze); of a terminated one they expire. The points of a suspended owner
who qualifies are used up and their worth is breakage (RULES 13, 21, 22).

The percentage is the highest of package in term, paid-as rank, promotion and a fixed
one; the first in ``pct_from`` wins a tie.

Own CV feeds the uplines, not the own legs, except the excess (RULES 14)::

    excess PV = min(own PV now, max(0, own PV in the window - threshold))
    excess CV = excess PV × own CV ÷ own PV, to the leg that was lesser before it

A row bought without a position feeds no leg (RULES 19). A row that takes back an
earlier sale counts with its negative CV; a leg may fall below zero.

Tiny example (GX-BIN-03): 1,356 left, 56,540 right: 1,300 are paid, at 10 % 130; 56 and
55,240 are carried.
"""

from dataclasses import dataclass
from types import SimpleNamespace

import numpy as np

from ...kernel.codes import Measure
from ...kernel.exact import E4, sum_by
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error, warning
from ..base import Rule
from . import closing, legs, matching, rates

_RATE_NAMES = {
    "package": _("Valid package"),
    "rank": _("Paid-as rank"),
    "promotion": _("Promotion"),
    "fixed": _("Fixed percentage"),
}


def _cv(default, label, none=None):
    return make.number("points", default * E4, label, "CV", none)


_NO_MOST = _("no maximum")


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    mode: str = make.choice(
        "percentage",
        {"percentage": _("A percentage"), "cycle": _("Cycles")},
        _("How it pays"),
    )
    step_cv_e4: int = make.only(_cv(100, _("Step of CV that is paid")), mode="percentage")
    min_cv_e4: int = make.only(
        _cv(
            100,
            _("Minimum CV of the weaker leg"),
            _("no minimum"),
        ),
        mode="percentage",
    )
    cycle_left_e4: int = make.only(_cv(0, _("CV of a cycle, one side")), mode="cycle")
    cycle_right_e4: int = make.only(_cv(0, _("CV of a cycle, other side")), mode="cycle")
    cycle_amount_e4: int = make.only(make.number("money", 0, _("Amount of a cycle")), mode="cycle")
    best_of: bool = make.only(
        make.flag(
            False,
            _("Sides may be swapped, cycle by cycle"),
        ),
        mode="cycle",
    )
    active_each_side: int = make.number(
        "integer",
        1,
        _("Active personally sponsored in each leg"),
        none=_("none needed"),
    )
    unqualified: str = make.only(
        make.choice(
            "keep",
            {
                "keep": _("Stay"),
                "flush": _("Are flushed"),
                "consume": _("Are used up as if paid"),
            },
            _("Points of an active person who does not qualify"),
        ),
        active_each_side=make.GIVEN,
    )
    inactive: str = make.choice(
        "expire",
        {"expire": _("Expire"), "freeze": _("Freeze")},
        _("Points of an inactive person"),
    )
    expire_after: int = make.only(
        make.number(
            "integer",
            1,
            _("Expire after so many periods inactive"),
            "periods",
        ),
        inactive="expire",
    )
    after_pay: str = make.choice(
        "net_off",
        {
            "net_off": _("What is not matched carries over"),
            "flush": _("Nothing carries over"),
            "carry_strong": _("The excess of the stronger leg carries over"),
        },
        _("After pay"),
    )
    pays_on: str = make.only(
        make.choice(
            "lesser",
            {
                "lesser": _("The weaker leg"),
                "both": _("Both legs"),
            },
            _("Pays on"),
        ),
        mode="percentage",
    )
    ratio: bool = make.flag(False, _("Times weaker ÷ stronger leg"))
    leg_cap_e4: int = _cv(0, _("Cap of a leg"), _("no cap"))
    max_matched_e4: int = _cv(0, _("Maximum CV paid"), _NO_MOST)
    over_cap: str = make.only(
        make.choice(
            "consumed",
            {"consumed": _("Is used up"), "kept": _("Stays")},
            _("What matches above that"),
        ),
        max_matched=make.GIVEN,
        after_pay="net_off",
    )
    carry_cap_e4: int = _cv(0, _("Maximum carry-over of a leg"), _NO_MOST)
    pay_cap_e4: int = make.number("money", 0, _("Maximum paid per position"), none=_NO_MOST)
    pay_cap_by_rank_e4: list = make.grid("ranks", "money", _("Maximum paid by rank"))
    own_excess_above_pv_e4: int = make.number(
        "points",
        0,
        _("Own PV above which the excess feeds the weaker leg"),
        "PV",
        _("it does not feed it"),
    )
    own_excess_packages: bool = make.only(
        make.flag(
            False,
            _("Packages count for the excess"),
        ),
        own_excess_above_pv=make.GIVEN,
    )
    pct_from: list = make.only(
        make.ordered(
            ("package", "rank", "promotion"),
            _RATE_NAMES,
            _("Percentage: the highest of"),
        ),
        mode="percentage",
    )
    fixed_pct_e6: int = make.only(
        make.number("percent", 0, _("Fixed percentage")),
        mode="percentage",
        pct_from="fixed",
    )


class Binary(Rule):
    """See the module for the formula."""

    label = _("Binary")
    tree = "placement"
    as_of = ("sale",)
    common = ("start", "end", "currency")
    on_positions = True
    figures = ("paid_cv",)
    Params = Params

    def check(self, params, plan):
        """Steps must be positive and a rate source must exist."""
        findings = []
        if params.mode == "cycle":
            for name in ("cycle_left", "cycle_right", "cycle_amount"):
                if getattr(params, f"{name}_e4") <= 0:
                    findings.append(
                        error(
                            _("a cycle needs {name!r}", name=name),
                            _("Add `{name}: …`", name=name),
                            (name,),
                        )
                    )
            if 0 < params.max_matched_e4 < min(params.cycle_left_e4, params.cycle_right_e4):
                findings.append(
                    error(
                        _("`max_matched` is less than one cycle: nothing would ever be paid"),
                        _("Raise it to at least one cycle, or remove it"),
                        ("max_matched",),
                    )
                )
        elif not params.pct_from:
            findings.append(error(_("the percentage has no source"), path=("pct_from",)))
        if params.mode == "percentage" and params.step_cv_e4 <= 0:
            findings.append(error(_("the step must be positive"), path=("step_cv",)))
        if params.mode == "percentage" and "fixed" in params.pct_from and not params.fixed_pct_e6:
            findings.append(error(_("the fixed percentage is missing"), path=("fixed_pct",)))
        if params.expire_after < 1:
            findings.append(
                error(_("points expire after one period at the earliest"), path=("expire_after",))
            )
        if plan["activity"] is None:
            findings.append(error(_("the binary needs `activity`: who is active")))
        by_rank = params.pay_cap_by_rank_e4
        if params.pay_cap_e4 and by_rank and by_rank[0] is not None:
            findings.append(
                warning(
                    _("`pay_cap` is not read where `pay_cap_by_rank` names the first rank"),
                    _("Remove it"),
                    ("pay_cap",),
                )
            )
        return findings

    def ceiling(self, params, plan):
        """Unbounded: every upline may match the same CV again."""
        return None

    def rates_from(self, params):
        return params.pct_from if params.mode == "percentage" else ()

    def highest_of_position(self, params):
        return min((cap for cap in (params.leg_cap_e4, params.max_matched_e4) if cap), default=0)

    def feeds_legs(self, params):
        return int(params.own_excess_packages)

    def prepare(self, ctx, bonus):
        """Match the legs and publish ``paid_cv``, which ranks are decided by."""
        found = legs.of_positions(ctx, bonus)
        match = matching.of_legs(ctx, bonus.params, found)
        ctx.notes[bonus.index] = SimpleNamespace(legs=found, match=match)
        owner = ctx.snapshot.position_member
        paid = np.where(match.paid, match.paid_cv, 0)
        ctx.figures[bonus.index, Measure.PAID_CV] = sum_by(owner, paid, ctx.members)

    def compute(self, ctx, bonus):
        """Add earnings, measures and carry of every position."""
        notes = ctx.notes.pop(bonus.index)
        match = notes.match
        rate, source = rates.of_positions(ctx, bonus, match)
        position = np.flatnonzero(match.used)
        owner = ctx.snapshot.position_member[position]
        pay(
            ctx,
            bonus,
            payee=owner,
            position=position,
            base_e4=match.base[position],
            rate_e6=rate[position],
            reason=match.reason[position],
            earns=match.paid[position],
            most_e4=rates.caps(ctx, bonus, owner),
            rate_source=source[position],
        )
        closing.close(ctx, bonus, notes.legs, match, rate, source)
