# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers and days as people of a language write them, for sentences only.

What machines read stays plain decimal text and ISO days.
"""

from datetime import date
from decimal import Decimal

#: 1,500.5 → 1.500,5
_SPANISH = str.maketrans(",.", ".,")
_MONTHS = {
    "es": ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic"],
    "en": ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"],
}
#: units that parameters declare: of one and of any other number
_UNITS = {
    "days": {"es": ("día", "días"), "en": ("day", "days")},
    "months": {"es": ("mes", "meses"), "en": ("month", "months")},
    "periods": {"es": ("período", "períodos"), "en": ("period", "periods")},
    "levels": {"es": ("nivel", "niveles"), "en": ("level", "levels")},
    "shares": {"es": ("participación", "participaciones"), "en": ("share", "shares")},
    "base currency": {"es": ("moneda base", "moneda base"), "en": ("base currency",) * 2},
}
ROUNDINGS = {
    "half_up": ("al más cercano", "to the nearest"),
    "half_even": ("al más cercano, mitad al par", "to the nearest, half to even"),
    "down": ("hacia abajo", "down"),
    "up": ("hacia arriba", "up"),
}


def number(text, lang="es"):
    """Return plain decimal text with its thousands grouped.

    >>> number("5890500.00"), number("5890500.5", "en"), number("-1234")
    ('5.890.500', '5,890,500.5', '-1.234')
    """
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, _dot, part = digits.partition(".")
    shown = f"{sign}{int(whole):,}" + (f".{part}" if part.strip("0") else "")
    return shown.translate(_SPANISH) if lang == "es" else shown


def unit(name, lang="es", one=False):
    """Return a unit of parameters as people write it: of one, or of any other number.

    >>> unit("days", "es"), unit("days", "en", one=True), unit("CV")
    ('días', 'day', 'CV')
    """
    texts = _UNITS.get(name)
    return texts["es" if lang == "es" else "en"][0 if one else 1] if texts else name


def counted(text, name, lang="es"):
    """Return plain decimal text with its unit.

    >>> counted("1", "days", "en"), counted("1500", "CV"), counted("2", "")
    ('1 day', '1.500 CV', '2')
    """
    found = unit(name, lang, one=Decimal(text) == 1) if name else ""
    return number(text, lang) + (f" {found}" if found else "")


def day(ordinal, lang="es"):
    """Return a proleptic ordinal as a day: ``20 nov 2026``."""
    when = date.fromordinal(int(ordinal))
    month = _MONTHS["es" if lang == "es" else "en"][when.month - 1]
    return f"{when.day} {month} {when.year}"


def rounding(mode, lang="es"):
    """Return the words of a mode of rounding."""
    return ROUNDINGS[mode][0 if lang == "es" else 1]
