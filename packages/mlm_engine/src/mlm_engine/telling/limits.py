# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What caps, guarantee, company cap and floor did to one earning."""

from ..kernel import caps
from ..kernel.text import _
from . import shapes


def steps(view, found):
    """Return a step for each limit that changed the row, and what is left."""
    result = []
    telling = view.telling(found.bonus)
    moved = telling.moved(view, found) if found.scale_e4 else 0
    rest = found.scale_e4 - moved
    if moved:
        result.append(
            _change(view, found, "guarantee", telling.moved_text(view, found, moved), moved)
        )
    if found.cap_e4:
        result.append(_change(view, found, "cap", _cap_text(view, found), -found.cap_e4))
    if rest:
        result.append(_change(view, found, "company", _company_text(view, found, rest), rest))
    if result:
        left = view.money(found.amount_e4, found.payee)
        text = view.say("Left: {left}", left=view.number(left))
        row = shapes.figure(view, _("What is left"), left, view.currency(found.payee))
        result.append(shapes.amounts(view, "limited", text, [row]))
    return result


def _change(view, found, step, text, money_e4):
    money = view.money(money_e4, found.payee)
    sign = "+" if money_e4 > 0 else ""
    row = shapes.figure(view, text, money, view.currency(found.payee))
    return shapes.amounts(view, step, f"{text}: {sign}{view.number(money)}", [row])


def _cap_text(view, found):
    """Name the caps that this bonus is under, with the most a person gets."""
    told = view.telling(found.bonus).own_cap(view, found)
    for cap in view.plan["caps"]:
        limit = int(caps.limits(view.context, cap)[found.payee])
        if found.bonus in cap["bonuses"] and limit >= 0:
            name = view.label(cap["name"]) + at_most(view, limit, found.payee)
            told.append(view.say("cap per person {name}", name=name))
    text = ", ".join(told)
    return text[:1].upper() + text[1:]


def at_most(view, money_e4, payee):
    """Return the most that a cap allows, for the end of a phrase."""
    shown = view.number(view.money(money_e4, payee))
    return view.say(" (at most {shown})", shown=shown)


def _company_text(view, found, rest):
    payout, data = view.plan["payout"], view.snapshot
    name = "cap_pct_e6" if rest < 0 else "floor_pct_e6"
    money = view.exchange
    home = money.home(found.payee)
    points = (caps.most if rest < 0 else caps.least)(data)
    limit = money.money(home, points * money.factor(None, home), "down")
    pct, shown = view.percent(payout[name]), view.number(view.money(limit, found.payee))
    if rest < 0:
        return view.say(
            "Cap of the company, {pct} of the volume sold = {shown}",
            pct=pct,
            shown=shown,
        )
    return view.say(
        "Guaranteed minimum, {pct} of the volume = {shown}",
        pct=pct,
        shown=shown,
    )
