"""The language of the console: the reader's, found in the environment as gettext finds it.

Sources are English; Spanish stands in one catalogue, `locale/es/LC_MESSAGES/mlm_cli.po`, which
`./mlm words` keeps up to date. argparse says its own texts through it, too.
"""

import gettext
import os
from decimal import Decimal
from pathlib import Path

DOMAIN = "mlm_cli"
LOCALE = Path(__file__).parent / "locale"
ENGLISH, SPANISH = "en", "es"
#: the first that is set decides
_VARIABLES = ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG")

gettext.bindtextdomain(DOMAIN, LOCALE)
gettext.textdomain(DOMAIN)


def spoken() -> str:
    """`es` or `en`: what the reader's environment asks for, English where it names another."""
    named = next((value for name in _VARIABLES if (value := os.environ.get(name))), "")
    return SPANISH if named.startswith(SPANISH) else ENGLISH


def speak(language: str) -> None:
    """Speak `es` or `en` from here on, in every program that is started from here, too."""
    os.environ["LANGUAGE"] = language


def _(text: str, /, **values: object) -> str:
    """A text in the reader's language; `values` fill its `{names}`."""
    told = gettext.gettext(text)
    return told.format(**values) if values else told


def how_many(count: int, one: str, several: str, /, **values: object) -> str:
    """A text about `{count}` things: `1 file`, `1,200 files`."""
    return gettext.ngettext(one, several, count).format(count=number(count), **values)


def number(value: Decimal | float | str, decimals: int = 0) -> str:
    """`1,234.50` as the language writes it."""
    like = _("1,234.5")
    return f"{Decimal(value):,.{decimals}f}".translate(str.maketrans(",.", like[1] + like[5]))


def exact(value: Decimal | str) -> str:
    """The same with all decimals there are."""
    return number(value, max(0, -int(Decimal(value).as_tuple().exponent)))


def percent(share: float) -> str:
    """`45%` of 0.45."""
    return _("{number}%", number=number(100 * share))


def megabytes(path: Path) -> str:
    """The size of a file, such as `1.2 MB`."""
    return f"{number(path.stat().st_size / 1e6, 1)} MB"
