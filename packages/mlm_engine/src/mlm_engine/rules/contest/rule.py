# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Contest: prizes for a measure summed from one day to another.

    standing(m)   sum of the measure over the periods whose last day lies in the contest
    threshold     everybody with standing >= ``min`` gets the prize
    top           place = 1 + number of higher standings; the prize of that place

Only people entitled in the last period stand in its ranking; equal standings share the
better place and each gets its prize. Prizes are paid in the period that holds the last
day; until then the standing is carried.

Tiny example: 300, 200, 200 and 90 points, prizes of 100, 50 and 25 for places 1, 2 and
3: 100 once, 50 twice, nothing for the third.
"""

from dataclasses import dataclass

import numpy as np

from ...kernel import eligibility, own_percent, state
from ...kernel.codes import Measure, RateSource
from ...kernel.exact import E4, E6
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error, warning
from ..award.rule import KINDS
from ..base import Prize, Race, Rule


def _read_prizes(check, value, path, plan):
    """``[{place, amount, kind}]``, place 1 unless given."""
    result = []
    for at, item in check.sequence(value, path):
        data = check.mapping(item, at, ("amount",), ("place", "kind"))
        result.append(
            {
                "place": check.integer(data.get("place", 1), (*at, "place"), 1, 1),
                "amount_e4": check.number(data.get("amount", 0), (*at, "amount"), E4, 0),
                "kind": check.choice(data.get("kind", "cash"), (*at, "kind"), KINDS),
            }
        )
    return result


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    measure: dict = make.measure(_("Measure"))
    start: int = make.day(_("First day"))
    end: int = make.day(_("Last day"))
    mode: str = make.choice(
        "threshold",
        {
            "threshold": _("Everybody who reaches the minimum"),
            "top": _("The first places"),
        },
        _("Winners"),
    )
    min_e4: int = make.number("points", 0, _("Minimum"), none=_("no minimum"))
    prizes: list = make.table(
        (),
        _read_prizes,
        _("Prizes"),
        form={
            "kind": "entries",
            "fields": [
                {
                    "key": "place",
                    "kind": "integer",
                    "default": "1",
                    "label": _("Place"),
                },
                {"key": "amount", "kind": "money", "label": _("Value"), "required": True},
                {
                    "key": "kind",
                    "kind": "choice",
                    "options": KINDS,
                    "default": "cash",
                    "label": _("Given as"),
                },
            ],
        },
    )


class Contest(Rule):
    """See the module for the formula."""

    label = _("Contest")
    Params = Params

    def check(self, params, plan):
        """A measure, two days and prizes are needed."""
        findings = []
        if params.measure is None:
            findings.append(
                error(
                    _("the measure of the contest is missing"),
                    _("Give `measure: …`"),
                    ("measure",),
                )
            )
        if params.start is None or params.end is None:
            findings.append(
                error(
                    _("a contest needs its first and last day"),
                    _("Give `start` and `end`"),
                    ("start",),
                )
            )
        elif params.end < params.start:
            findings.append(
                error(
                    _("the contest ends before it begins"),
                    _("Change one of the days"),
                    ("end",),
                )
            )
        findings += _prizes(params)
        if params.mode == "threshold" and not params.min_e4:
            findings.append(
                warning(
                    _("everybody who qualifies gets the prize"),
                    _("Give `min: …`"),
                    ("min",),
                )
            )
        return findings

    def unsold(self, params, asked):
        if not asked.figure(params.measure):
            yield ("measure",), None

    def race(self, params):
        return Race(params.start, params.end, params.measure, params.min_e4)

    def prizes(self, params):
        return {
            prize["place"]: Prize(prize["kind"], None, prize["amount_e4"])
            for prize in params.prizes
        }

    def ceiling(self, params, plan):
        """Prizes are fixed amounts: no bound in CV."""
        return None

    def compute(self, ctx, bonus):
        """Record the standings; in the last period add one row per winner."""
        params = bonus.params
        paying = pays_now(ctx, params)
        if not (paying or counts(ctx, params)):
            return
        standing = standings(ctx, bonus)
        place = places(ctx, bonus, standing)
        last = ctx.snapshot.period_end >= params.end
        code = Measure.FINAL_STANDING if last else Measure.STANDING
        ctx.measures.add(code, standing, bonus.index)
        ctx.measures.add(Measure.PLACE, place, bonus.index)
        for prize in params.prizes if paying else ():
            payee = np.flatnonzero(place == prize["place"])
            pay(
                ctx,
                bonus,
                base_e4=np.full(payee.size, prize["amount_e4"]),
                rate_e6=E6,
                reason=0,
                earns=True,
                payee=payee,
                level=prize["place"],
                rate_source=RateSource.AWARD,
            )


def _prizes(params):
    places = [prize["place"] for prize in params.prizes]
    if not any(prize["amount_e4"] for prize in params.prizes):
        return [
            error(
                _("no prizes"),
                _("Give `prizes: [{place, amount}]`, also of goods and trips"),
                ("prizes",),
            )
        ]
    if len(set(places)) < len(places):
        return [
            error(
                _("two prizes for one place"),
                _("Give each prize its `place`"),
                ("prizes",),
            )
        ]
    if params.mode == "threshold" and places != [1]:
        return [
            error(
                _("with `mode: threshold` there is only one prize, for place 1"),
                _("Keep one prize, or write `mode: top`"),
                ("prizes",),
            )
        ]
    return []


def counts(ctx, params):
    """Whether this period counts: its last day lies in the contest."""
    return params.start <= ctx.snapshot.period_end <= params.end


def pays_now(ctx, params):
    """Whether the contest's last day lies in this period."""
    return ctx.snapshot.period_start <= params.end <= ctx.snapshot.period_end


def standings(ctx, bonus):
    """Return everybody's standing with this period, ten-thousandths also of counts."""
    found = state.before(ctx, bonus, Measure.STANDING)
    if counts(ctx, bonus.params):
        found = found + own_percent.figure_e4(ctx, bonus.params.measure)
    return found


def places(ctx, bonus, standing):
    """Return everybody's place, 0 for who does not stand in the ranking."""
    params = bonus.params
    ranked = eligibility.of_bonus(ctx, bonus).entitled & (standing >= params.min_e4)
    if params.mode == "threshold":
        return ranked.astype(np.int64)
    ranked &= standing > 0
    ordered = np.sort(standing[ranked])
    higher = ordered.size - np.searchsorted(ordered, standing, side="right")
    return np.where(ranked, higher + 1, 0)
