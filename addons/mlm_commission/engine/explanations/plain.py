# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What any earning row tells by itself: sale, base, rate and where it came from."""

from ..document import unscaled
from ..exact import E4, E6
from .rates import rate_text


def steps(view, found, index):
    """Source, base and rate of one earning row of any rule."""
    return [*source_step(view, found), base_step(view, found), rate_step(view, found)]


def source_step(view, found):
    """The sale or the person that an earning came from, as a list of no or one step."""
    who = view.name("member", found.source)
    if found.row >= 0:
        sale = view.name("row", found.row)
        text = view.say(f"Venta {sale} de {who}", f"Sale {sale} of {who}")
    elif found.source >= 0:
        text = view.say(f"Por {who}", f"From {who}")
    else:
        return []
    return [{"step": "source", "text": text}]


def base_step(view, found):
    """What the rate is applied to."""
    shown = view.points(found.base_e4)
    return {
        "step": "base",
        "text": view.say(f"Base: {shown}", f"Base: {shown}"),
        "base": unscaled(found.base_e4, E4),
    }


def rate_step(view, found):
    """The rate and where it came from."""
    return {
        "step": "rate",
        "rate": view.rate(found.rate_e6),
        "text": f"{view.percent(found.rate_e6)}: {rate_text(view, found)}",
    }


def fx_step(view, found):
    """The rate of exchange, as a list of no or one step."""
    if found.fx_e6 == E6:
        return []
    bonus = view.plan["bonuses"][found.bonus]
    currency = bonus["common"]["currency"] or view.plan["base_currency"]
    shown = view.number(unscaled(found.fx_e6, E6))
    company = view.plan["company_currency"]
    return [
        {
            "step": "fx",
            "text": view.say(
                f"1 {currency} = {shown} {company}", f"1 {currency} = {shown} {company}"
            ),
            "fx": unscaled(found.fx_e6, E6),
        }
    ]
