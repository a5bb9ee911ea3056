# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Awards: fixed incentives for conditions that hold, once or every time.

    streak(a)   periods in a row in which the person was entitled and a's conditions held
    due         streak(a) >= in_a_row, and with ``once`` not had before
    paid        amount × rate of exchange, rounded once

With ``highest_only`` the last listed of the awards due is paid and all of them count as
had. Goods and trips stand with their value. What was had and the streaks are carried.

Tiny example: 500 for a group of 10,000 in three periods running: paid in the third, once.
"""

from dataclasses import dataclass

import numpy as np

from ...kernel import conditions, eligibility, state
from ...kernel.codes import STREAK, Measure, RateSource
from ...kernel.exact import E4, E6
from ...kernel.paying import pay
from ...kernel.text import _
from ...plan import params as make
from ...plan.finding import error
from ...plan.schema.conditions import read_list
from ..base import Prize, Rule

#: Had awards are bits of one 64-bit figure.
MOST = 60

KINDS = {"cash": _("Cash"), "goods": _("Goods"), "trip": _("Trip")}


def _read_awards(check, value, path, plan):
    """``[{code, name, requires, amount, kind, in_a_row, once}]``; the last two ``None``
    where the bonus's own hold."""
    result = []
    for at, item in check.sequence(value, path):
        data = check.mapping(item, at, ("code", "name"), _OPTIONAL)
        row, once = data.get("in_a_row"), data.get("once")
        result.append(
            {
                "code": check.code(data.get("code"), (*at, "code")),
                "name": check.names(data.get("name"), (*at, "name")),
                "requires": read_list(check, data.get("requires") or [], (*at, "requires"), plan),
                "amount_e4": check.number(data.get("amount", 0), (*at, "amount"), E4, 0),
                "kind": check.choice(data.get("kind", "cash"), (*at, "kind"), KINDS),
                "in_a_row": None if row is None else check.integer(row, (*at, "in_a_row"), 1),
                "once": None if once is None else check.flag(once, (*at, "once")),
            }
        )
    return result


_OPTIONAL = ("requires", "amount", "kind", "in_a_row", "once")
_AS_BONUS = {"help": _("Empty: as the bonus.")}
_FORM = [
    {"key": "code", "kind": "code", "label": _("Code"), "required": True},
    {"key": "name", "kind": "names", "label": _("Name"), "required": True},
    {"key": "amount", "kind": "money", "label": _("Value")},
    {
        "key": "kind",
        "kind": "choice",
        "options": KINDS,
        "default": "cash",
        "label": _("Given as"),
    },
    {"key": "requires", "kind": "conditions", "label": _("Requirements")},
    {
        "key": "in_a_row",
        "kind": "integer",
        "label": _("Periods in a row"),
        **_AS_BONUS,
    },
    {"key": "once", "kind": "flag", "label": _("Only once"), **_AS_BONUS},
]


@dataclass(frozen=True)
class Params:
    """See the module for the formula."""

    awards: list = make.table(
        (), _read_awards, _("Awards"), form={"kind": "entries", "fields": _FORM}
    )
    in_a_row: int = make.number("integer", 1, _("Periods in a row to meet it"))
    once: bool = make.flag(True, _("Once per person"))
    highest_only: bool = make.flag(False, _("Only the last one reached"))


class Award(Rule):
    """See the module for the formula."""

    label = _("Awards")
    Params = Params

    def check(self, params, plan):
        """Awards are needed, each with conditions and a value."""
        if not params.awards:
            return [
                error(
                    _("no awards"),
                    _("Give `awards: [{code, name, requires, amount}]`"),
                    ("awards",),
                )
            ]
        findings = []
        if len(params.awards) > MOST:
            findings.append(
                error(
                    _("more than {most} awards", most=MOST),
                    _("Put the rest into another bonus"),
                    ("awards",),
                )
            )
        codes = [award["code"] for award in params.awards]
        for place, award in enumerate(params.awards):
            path = ("awards", place)
            if award["code"] in codes[:place]:
                findings.append(
                    error(
                        _("award {code} appears twice", code=award["code"]),
                        _("Give it another code"),
                        (*path, "code"),
                    )
                )
            if not award["amount_e4"]:
                findings.append(
                    error(
                        _("award {code} has no value", code=award["code"]),
                        _("Give `amount: …`, also for goods and trips"),
                        (*path, "amount"),
                    )
                )
            if not award["requires"]:
                findings.append(
                    error(
                        _("award {code} has no conditions", code=award["code"]),
                        _("Give `requires: […]`"),
                        (*path, "requires"),
                    )
                )
        return findings

    def unsold(self, params, asked):
        """An award that asks for nothing is found by ``check``."""
        for place, award in enumerate(params.awards):
            if award["requires"] and not asked.conditions(award["requires"]):
                yield ("awards", place, "requires"), award["code"]

    def prizes(self, params):
        return {
            level: Prize(award["kind"], award["name"], award["amount_e4"])
            for level, award in enumerate(params.awards, start=1)
        }

    def ceiling(self, params, plan):
        """A fixed amount has no bound in CV."""
        return None

    def compute(self, ctx, bonus):
        """Add one row per award due, and the streaks and awards had as state."""
        awards = bonus.params.awards
        had = state.before(ctx, bonus, Measure.AWARDED)
        streak = [streaks(ctx, bonus, place) for place in range(len(awards))]
        due = [_due(bonus, place, streak[place], had) for place in range(len(awards))]
        paid = [mask.copy() for mask in due]
        if bonus.params.highest_only:
            for place in range(len(awards)):
                for later in due[place + 1 :]:
                    paid[place] &= ~later
        for place, award in enumerate(awards):
            payee = np.flatnonzero(paid[place])
            pay(
                ctx,
                bonus,
                base_e4=np.full(payee.size, award["amount_e4"]),
                rate_e6=E6,
                reason=0,
                earns=True,
                payee=payee,
                level=place + 1,
                rate_source=RateSource.AWARD,
            )
            had = had | (due[place].astype(np.int64) << place)
            ctx.measures.add(STREAK + place, streak[place], bonus.index)
        ctx.measures.add(Measure.AWARDED, had, bonus.index)


def streaks(ctx, bonus, place):
    """Return in how many periods running everybody met the conditions of an award."""
    holds = eligibility.of_bonus(ctx, bonus).entitled & conditions.holds(
        ctx, bonus.params.awards[place]["requires"]
    )
    return np.where(holds, state.before(ctx, bonus, STREAK + place) + 1, 0)


def wanted(params, place):
    """Return ``(in_a_row, once)`` of an award."""
    award = params.awards[place]
    in_a_row = params.in_a_row if award["in_a_row"] is None else award["in_a_row"]
    return in_a_row, params.once if award["once"] is None else award["once"]


def _due(bonus, place, streak, had):
    in_a_row, once = wanted(bonus.params, place)
    due = streak >= max(in_a_row, 1)
    return due & ~(had >> place & 1).astype(bool) if once else due
