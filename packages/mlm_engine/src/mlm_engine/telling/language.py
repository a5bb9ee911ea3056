# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Texts in the language of a reader, which is an argument everywhere and never a setting.

Sources are English. A language is one catalogue, ``locale/<language>/LC_MESSAGES``, made by
gettext; a text that it lacks is told in English.
"""

import gettext
from datetime import date
from functools import lru_cache
from pathlib import Path

from ..kernel.text import Day, Number, Text, _, grouped

DOMAIN = "mlm_engine"
LOCALE = Path(__file__).resolve().parents[1] / "locale"
SOURCE = "en"


_MONTHS = (
    _("Jan"),
    _("Feb"),
    _("Mar"),
    _("Apr"),
    _("May"),
    _("Jun"),
    _("Jul"),
    _("Aug"),
    _("Sep"),
    _("Oct"),
    _("Nov"),
    _("Dec"),
)


@lru_cache
def known():
    """Return the languages that texts are told in: English first, others by their code."""
    found = sorted(path.parents[1].name for path in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.mo"))
    return (SOURCE, *found)


def nearest(code):
    """Return the known language nearest to a locale, e.g. ``es`` for ``es_CO``; else English.

    >>> nearest("es_CO"), nearest("es"), nearest("fr_FR"), nearest(None)
    ('es', 'es', 'en', 'en')
    """
    code = (code or "").replace("-", "_").partition("@")[0]
    return next((one for one in (code, code.partition("_")[0]) if one in known()), SOURCE)


@lru_cache
def _catalogue(lang):
    if lang not in known():
        raise ValueError(f"no catalogue of the language {lang!r}: {', '.join(known())}")
    if lang == SOURCE:
        return gettext.NullTranslations()
    return gettext.translation(DOMAIN, LOCALE, [lang])


def tell(text, lang, /, **values):
    """Return a ``Text`` in a language, its values filled in.

    A plain string, such as a name that somebody gave, is returned as it is.
    :param values: of a template that has none yet
    """
    if not isinstance(text, Text):
        return text
    return say(text.template, lang, **text.values, **values)


def say(template, lang, /, **values):
    """Return a template in a language, its values filled in."""
    told = _catalogue(lang).gettext(template) if template else ""
    return told.format(**_all_told(values, lang)) if values else told


def how_many(size, one, several, lang, shown=None):
    """Return how many there are: ``1 level``, ``3 niveles``.

    :param one: template with ``{count}``, for one; ``several``: for any other number
    :param shown: the number as written; else plain
    """
    told = _catalogue(lang).ngettext(one, several, int(size))
    return told.format(count=size if shown is None else shown)


def _all_told(values, lang):
    return {name: _told(value, lang) for name, value in values.items()}


def _told(value, lang):
    if type(value) is str:  # most are
        return value
    if isinstance(value, Number):
        return number(value, lang)
    if isinstance(value, Day):
        return day(date.fromisoformat(value).toordinal(), lang)
    return tell(value, lang)


def number(text, lang):
    """Return plain decimal text with its thousands grouped, all its decimals kept.

    >>> number("5890500.00", "es"), number("5890500.5", "en"), number("-1234", "es")
    ('5.890.500', '5,890,500.5', '-1.234')
    """
    return grouped(text).translate(_marks(lang))


@lru_cache
def _marks(lang):
    """Return the table from the English marks of a number to those of a language."""
    like = tell(_("1,234.5"), lang)  # how a language writes this number
    return str.maketrans(",.", like[1] + like[5])


def day(ordinal, lang):
    """Return a proleptic ordinal as a day: ``20 nov 2026``."""
    when = date.fromordinal(int(ordinal))
    month = tell(_MONTHS[when.month - 1], lang)
    return tell(_("{day} {month} {year}", day=when.day, month=month, year=when.year), lang)


def name_in(names, lang):
    """Return the name that a plan gives in a language, e.g. of ``{"es": …, "en": …}``."""
    return names.get(lang) or names["es"]
