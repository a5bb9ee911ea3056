# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers with their units and days as people of a language write them, for sentences only.

What machines read stays plain decimal text and ISO days.
"""

from decimal import Decimal

from ..kernel.exact import E4, E6
from ..kernel.text import _
from ..plan.document import unscaled
from ..plan.schema.general import ROUNDINGS
from .language import day, how_many, number, tell

__all__ = ["counted", "day", "number", "percent", "points", "rounding", "unit"]

#: units that parameters declare → how many there are of one
_UNITS = {
    "days": lambda *how: how_many(how[0], "{count} day", "{count} days", *how[1:]),
    "months": lambda *how: how_many(how[0], "{count} month", "{count} months", *how[1:]),
    "periods": lambda *how: how_many(how[0], "{count} period", "{count} periods", *how[1:]),
    "levels": lambda *how: how_many(how[0], "{count} level", "{count} levels", *how[1:]),
    "shares": lambda *how: how_many(how[0], "{count} share", "{count} shares", *how[1:]),
    "base currency": lambda _size, lang, shown: tell(_("{count} base currency"), lang, count=shown),
}


def unit(name, lang):
    """Return a unit of parameters as people write it, of more than one.

    >>> unit("days", "es"), unit("CV", "es")
    ('días', 'CV')
    """
    return _counted(2, name, lang, "").strip()


def counted(text, name, lang):
    """Return plain decimal text with its unit.

    >>> counted("1", "days", "en"), counted("1500", "CV", "es"), counted("2", "", "es")
    ('1 day', '1.500 CV', '2')
    """
    return _counted(1 if Decimal(text) == 1 else 2, name, lang, number(text, lang)).strip()


def _counted(size, name, lang, shown):
    return _UNITS[name](size, lang, shown) if name in _UNITS else f"{shown} {name}"


def points(value_e4, lang):
    """Return ten-thousandths: ``15000000`` → ``1,500``, in Spanish ``1.500``."""
    return number(unscaled(value_e4, E4), lang)


def percent(rate_e6, lang):
    """Return millionths as a percentage: ``175000`` → ``17.5 %``; ``None``: a dash."""
    return "—" if rate_e6 is None else number(unscaled(rate_e6, E6 // 100), lang) + " %"


def rounding(mode, lang):
    """Return the words of a mode of rounding."""
    return tell(ROUNDINGS[mode], lang)
