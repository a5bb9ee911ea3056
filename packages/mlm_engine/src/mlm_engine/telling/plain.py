# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What any earning row tells by itself: sale, base, rate and where it came from."""

from ..kernel.exact import E4, E6
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
    shown = f"{view.points(found.base_e4)} {view.base_unit(found.bonus)}"
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
    if found.fx_e6 == E6:
        return []
    bonus = view.plan["bonuses"][found.bonus]
    currency = bonus["common"]["currency"] or view.plan["base_currency"]
    shown = view.number(unscaled(found.fx_e6, E6))
    company = view.plan["company_currency"]
    text = f"1 {currency} = {shown} {company}"
    return [shapes.sentence(view, "fx", text, fx=unscaled(found.fx_e6, E6))]


def rounding_step(view, found):
    """The last step of every earning: one product, rounded once."""
    rounding = view.plan["rounding"]
    unit, mode = unscaled(rounding["unit_e4"], E4), rounding["mode"]
    worth = found.amount_e4 + found.cap_e4 - found.scale_e4
    if worth == 0 and found.breakage_e4 and found.reason:
        text = view.say("Not paid: {reason}", reason=reason_text(found.reason, view.lang))
        breakage = view.money(found.breakage_e4)
        return shapes.sentence(view, "not_paid", text, breakage=breakage)
    exact, total = _exact(found), view.money(worth)
    factors = [view.points(found.base_e4), view.percent(found.rate_e6)]
    if found.fx_e6 != E6:
        factors.append(view.number(unscaled(found.fx_e6, E6)))
    text = f"{' × '.join(factors)} = {view.number(exact)}"
    if view.number(exact) != view.number(total):
        how = words.rounding(mode, view.lang)
        text += view.say(", rounded {how}: {total}", how=how, total=view.number(total))
    figures = {"exact": exact, "mode": mode, "unit": unit}
    return shapes.formula(view, "rounding", text, _terms(view, found, total), **figures)


def _terms(view, found, total):
    """Base, rate and rate of exchange with what they give, for a formula."""
    base = unscaled(found.base_e4, E4)
    yield "", shapes.figure(view, _("base"), base, view.base_unit(found.bonus))
    rate = unscaled(found.rate_e6, E6 // 100)
    yield "×", shapes.figure(view, _("percentage"), rate, "%")
    if found.fx_e6 != E6:
        fx = unscaled(found.fx_e6, E6)
        yield "×", shapes.figure(view, _("rate of exchange"), fx)
    company = view.plan["company_currency"]
    yield "=", shapes.figure(view, _("rounded once"), total, company)


def _exact(found):
    """The product before rounding, as exact decimal text."""
    product = found.base_e4 * found.rate_e6 * found.fx_e6
    return unscaled(product, E4 * E6 * E6)
