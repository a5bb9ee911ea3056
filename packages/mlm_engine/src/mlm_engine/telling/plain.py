# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What any earning row tells by itself: sale, base, rate and where it came from."""

from fractions import Fraction

from ..kernel.exact import E4, E6, rounded
from ..kernel.text import _
from ..plan.document import unscaled
from . import entitled, shapes, words
from .codes import reason_text
from .rates import rate_text


def steps(view, found, index):
    """Source, base and rate of one earning row of any rule."""
    return [
        *source_step(view, found),
        base_step(view, found),
        rate_step(view, found),
        *fx_step(view, found),
        *less_step(view, found),
    ]


def source_step(view, found):
    """The sale or the person that an earning came from, as a list of no or one step."""
    who = view.name("member", found.source)
    if found.row >= 0:
        sale = view.name("row", found.row)
        text = view.say("Sale {sale} to {who}", sale=sale, who=who)
        credited = int(view.snapshot.row_member[found.row])
        if credited != found.source:
            name = view.name("member", credited)
            text += view.say(", credited to {name}", name=name)
    elif found.source >= 0:
        text = view.say("From {who}", who=who)
    else:
        return []
    return [shapes.sentence(view, "source", text)]


def base_step(view, found):
    """What the rate is applied to."""
    shown = f"{view.points(found.base_e4)} {view.unit(found)}"
    base = unscaled(found.base_e4, E4)
    return shapes.sentence(view, "base", view.say("Base: {shown}", shown=shown), base=base)


def rate_step(view, found):
    """The rate and where it came from."""
    text = f"{view.percent(found.rate_e6)}: {rate_text(view, found)}"
    return shapes.sentence(view, "rate", text, rate=view.rate(found.rate_e6))


def less_step(view, found):
    """Why the payee may not earn it, with figures, as a list of no or one step."""
    if found.payee < 0 or not found.reason:
        return []
    text = entitled.clause(view, view.bonus(found.bonus), found.payee)
    return [shapes.sentence(view, "less", text)] if text else []


def fx_step(view, found):
    """The rate of exchange, as a list of no or one step."""
    fx, per = unscaled(found.fx_e6, E6), unscaled(found.per_e6, E6)
    currency = view.telling(found.bonus).currency(view, found)
    if found.per_e6:
        text = view.say(
            "÷ {per} ({currency} for a point) × {fx} ({own} for a point)",
            per=view.number(per),
            currency=currency,
            fx=view.number(fx),
            own=view.currency(found.payee),
        )
        return [shapes.sentence(view, "fx", text, fx=fx, per=per)]
    if found.fx_e6 == E6:
        return []
    text = f"1 {currency} = {view.number(fx)} {view.currency(found.payee)}"
    return [shapes.sentence(view, "fx", text, fx=fx)]


def rounding_step(view, found):
    """The last step of every earning: one product, rounded once."""
    money = view.exchange
    unit, mode = unscaled(int(money.unit_e4[money.home(found.payee)]), E4), money.mode
    worth = found.amount_e4 + found.cap_e4 - found.scale_e4
    if worth == 0 and found.breakage_e4 and found.reason:
        text = view.say("Not paid: {reason}", reason=reason_text(found.reason, view.lang))
        breakage = view.money(found.breakage_e4, found.payee)
        return shapes.sentence(view, "not_paid", text, breakage=breakage)
    (exact, equals), total = _exact(found), view.money(worth, found.payee)
    text = f"{view.points(found.base_e4)} × {view.percent(found.rate_e6)}"
    for sign, one in exchange_terms(view, found.fx_e6, found.per_e6):
        text += f" {sign} {one['shown']}"
    text += f" {equals} {view.number(exact)}"
    if view.number(exact) != view.number(total):
        how = words.rounding(mode, view.lang)
        text += view.say(", rounded {how}: {total}", how=how, total=view.number(total))
    figures = {"exact": exact, "mode": mode, "unit": unit}
    return shapes.formula(view, "rounding", text, _terms(view, found, total), **figures)


def _terms(view, found, total):
    """Base, rate and rate of exchange with what they give, for a formula."""
    base = unscaled(found.base_e4, E4)
    yield "", shapes.figure(view, _("base"), base, view.unit(found))
    rate = unscaled(found.rate_e6, E6 // 100)
    yield "×", shapes.figure(view, _("percentage"), rate, "%")
    yield from exchange_terms(view, found.fx_e6, found.per_e6)
    yield "=", shapes.figure(view, _("rounded once"), total, view.currency(found.payee))


def exchange_terms(view, fx_e6, per_e6):
    """The rate of exchange as terms of a formula; where there is none, none."""
    if per_e6:
        yield "÷", shapes.figure(view, _("exchange rate"), unscaled(int(per_e6), E6))
    if per_e6 or fx_e6 != E6:
        yield "×", shapes.figure(view, _("exchange rate"), unscaled(int(fx_e6), E6))


def _exact(found):
    """The product before rounding as decimal text and ``=``; ``≈`` where a quotient has more
    than six decimals."""
    product = found.base_e4 * found.rate_e6 * found.fx_e6
    if not found.per_e6:
        return unscaled(product, E4 * E6 * E6), "="
    exact = Fraction(product, E4 * found.per_e6)
    return unscaled(rounded(exact, "half_up"), E6), "=" if exact.denominator == 1 else "≈"
