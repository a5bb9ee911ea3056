# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pool: the fund, the shares of the person and of all, the remainder."""

from functools import partial

import numpy as np

from ...kernel import row_filter
from ...kernel.codes import Reason
from ...kernel.exact import E4, E6
from ...kernel.text import _
from ...plan.document import unscaled
from ...telling import plain, shapes
from ...telling.entitled import rank_name
from ...telling.rule import OfMoney
from .._groups import explain as groups
from . import rule

_SHARES = _("The shares")


class PoolTelling(OfMoney):
    origin = _("The company's pool")

    def steps(self, view, found, index):
        """Fund, shares and what became of the remainder."""
        bonus = view.bonus(found.bonus)
        result = [_fund(view, bonus)]
        shares = rule.shares(view.context, bonus)
        whole = sum(shares.tolist())
        if view.exchange.several and found.payee >= 0:
            result.append(_of_home(view, bonus, shares, found))
        if found.payee >= 0:
            mine = int(shares[found.payee])
            result.append(
                shapes.sentence(
                    view,
                    "shares",
                    view.say(
                        "{mine} of {whole} shares", mine=view.points(mine), whole=view.points(whole)
                    )
                    + _source(view, bonus, found.payee),
                    _SHARES,
                    shares=view.points(mine),
                    all_shares=view.points(whole),
                )
            )
        elif found.reason == Reason.POOL_REMAINDER:
            result.append(
                shapes.sentence(
                    view,
                    "remainder",
                    view.say("What does not divide into whole units stays with the company"),
                    _("The remainder"),
                )
            )
        return result

    def total(self, view, found):
        """The last step: the part of the fund, rounded for all together."""
        money = found.amount_e4 + found.cap_e4 - found.scale_e4
        bonus = view.bonus(found.bonus)
        spread = bonus.params.remainder == "spread"
        part = view.money(money, found.payee)
        text = view.say("The share is {shown}", shown=view.number(part))
        if spread:
            text += view.say(": units left over go to the largest fractions")
        row = shapes.figure(view, _("Share of the fund"), part, view.currency(found.payee))
        return shapes.amounts(view, "rounding", text, [row])

    def behind(self, view, found):
        """Return all volume rows of the fund."""
        bonus, data = view.bonus(found.bonus), view.snapshot
        values = data.row_pv_e4 if bonus.params.of == "pv" else data.row_cv_e4
        row = np.flatnonzero(row_filter.summed(view.context, bonus) & (values != 0))
        return row, values[row]

    def absence(self, view, bonus, member):
        """Why a person has no part of the fund."""
        result = groups.not_entitled(view, bonus, member)
        mine = int(rule.shares(view.context, bonus)[member])
        if mine:
            less = rule.fund(view.context, bonus) > 0
            result = [
                shapes.sentence(
                    view,
                    "shares",
                    view.say(
                        "{mine} shares: the part is less than one unit", mine=view.points(mine)
                    )
                    if less
                    else view.say("{mine} shares of an empty fund", mine=view.points(mine)),
                    _SHARES,
                )
            ]
        elif not result:
            result = [
                shapes.sentence(
                    view,
                    "shares",
                    view.say("No shares") + _source(view, bonus, member),
                    _SHARES,
                )
            ]
        return [_fund(view, bonus), *result]


def _source(view, bonus, member):
    params = bonus.params
    if params.points >= 0:
        name = view.label(view.plan["measures"][params.points]["name"])
        return view.say(", by {name}", name=name)
    rank = rank_name(view, view.context.paying_rank[member])
    return view.say(", by rank {rank}", rank=rank)


def _of_home(view, bonus, shares, found):
    """The part of the fund for the people of the payee's company, in its currency."""
    home = view.exchange.home(np.arange(shares.size))
    mine = home == home[found.payee]
    money = view.money(rule.funds(view.context, bonus, shares)[int(home[found.payee])], found.payee)
    text = view.say(
        "For the {mine} of {whole} shares in this company: {shown}",
        mine=view.points(sum(shares[mine].tolist())),
        whole=view.points(sum(shares.tolist())),
        shown=view.number(money),
    )
    row = shapes.figure(view, _("Share of this company"), money, view.currency(found.payee))
    return shapes.amounts(view, "home_fund", text, [row], _("The share of this company"))


def _fund(view, bonus):
    params = bonus.params
    volume, money = rule.volume(view.context, bonus), rule.fund(view.context, bonus)
    shown = view.told_money(money)
    pct, points = view.percent(params.pct_e6), view.points(volume)
    text = view.say(
        "Fund: {pct} of the company's {points} {unit} = {shown}",
        pct=pct,
        points=points,
        unit=params.of.upper(),
        shown=shown,
    )
    if not volume and view.snapshot.row_reversal[row_filter.summed(view.context, bonus)].any():
        text += view.say(
            ": returns are as much as the sales, or more",
        )
    figure = partial(shapes.figure, view)
    unit, rate = params.of.upper(), unscaled(params.pct_e6, E6 // 100)
    terms = [
        ("", figure(_("the company's volume"), unscaled(volume, E4), unit)),
        ("×", figure(_("percentage"), rate, "%")),
    ]
    terms += plain.exchange_terms(view, *view.exchange.into(bonus.common.currency, -1))
    terms.append(("=", figure(_("fund"), view.money(money), view.currency())))
    return shapes.formula(view, "fund", text, terms, title=_("The fund"))
