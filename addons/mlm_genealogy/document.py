"""Documents that show who somebody is: their types, and one form for each number.

One function for every door (wizard, portal, referral link, import, API): what it
returns is what is stored and what duplicates are compared by.
"""

import re
from typing import NamedTuple

from stdnum.co import nit

from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

_COLOMBIA = "CO"
_GROUPS = re.compile(r"\d{1,3}(?:([.,' \u00a0])\d{3})(?:\1\d{3})*")
#: what a spreadsheet makes of a long number
_SCIENTIFIC = re.compile(r"\d+(?:[.,]\d+)?E[+-]?\d+", re.IGNORECASE)
#: a cédula, or a company's number, whose last digit is a check digit only by chance
_MAYBE_WITHOUT = re.compile(r"\d{8}|[89]\d{8}|1\d{9}")
_CHECK_DIGIT_APART = re.compile(r"(.*\d)\s*-\s*(\d)")


class DocumentError(ValueError):
    """A number that does not fit the type of its document.

    ``message`` is a translatable text, and ``values`` what is put into it.
    """

    def __init__(self, message, **values):
        super().__init__(*values.values())
        self.message = message
        self.values = values

    def text(self, env):
        """Return the sentence in the language of ``env``."""
        values = {
            name: value if isinstance(value, str) else env._(value)
            for name, value in self.values.items()
        }
        sentence = env._(self.message)
        return sentence % values


class DocumentType(NamedTuple):
    """A type: what files call it, its name, and what its number looks like.

    ``pattern`` is of the normal form. ``family``: documents of one family may be one
    person's under the same number (who has an identity card has a NIT with it).
    """

    short: str
    name: str
    expected: str
    pattern: str
    family: str


TYPES = {
    "cc": DocumentType(
        "CC",
        _lt("Citizenship Card (CC)"),
        _lt("3 to 10 digits, without a check digit"),
        r"[1-9]\d{2,9}",
        "co",
    ),
    "ce": DocumentType(
        "CE", _lt("Foreigner's Identity Card (CE)"), _lt("3 to 7 digits"), r"[1-9]\d{2,6}", "ce"
    ),
    "ti": DocumentType(
        "TI", _lt("Minor's Identity Card (TI)"), _lt("10 or 11 digits"), r"[1-9]\d{9,10}", "co"
    ),
    "passport": DocumentType(
        "PA",
        _lt("Passport"),
        _lt("5 to 16 letters and digits"),
        r"(?=.*\d)[A-Z0-9]{5,16}",
        "passport",
    ),
    "pep": DocumentType(
        "PEP", _lt("Special Stay Permit (PEP)"), _lt("15 digits"), r"\d{15}", "pep"
    ),
    "ppt": DocumentType(
        "PPT",
        _lt("Temporary Protection Permit (PPT)"),
        _lt("4 to 8 digits"),
        r"[1-9]\d{3,7}",
        "ppt",
    ),
    "nit": DocumentType(
        "NIT",
        _lt("Tax Number (NIT, RUT)"),
        _lt("the digits with the check digit at the end, for example 900123456-8"),
        r"\d{8,11}",
        "co",
    ),
    "foreign_id": DocumentType(
        "DIE",
        _lt("Identity Document of Another Country"),
        _lt("4 to 20 letters and digits"),
        r"(?=.*\d)[A-Z0-9]{4,20}",
        "foreign_id",
    ),
    "foreign_nit": DocumentType(
        "NITE",
        _lt("Tax Number of Another Country"),
        _lt("4 to 20 letters and digits"),
        r"(?=.*\d)[A-Z0-9]{4,20}",
        "foreign_nit",
    ),
    "other": DocumentType(
        "OTRO",
        _lt("Other Document"),
        _lt("up to 32 letters and digits, including at least one digit"),
        r"(?=.*\d)[A-Z0-9]{1,32}",
        "",
    ),
}
#: choices of a field, by which forms know the types
SELECTION = [(key, one.name._source) for key, one in TYPES.items()]
KEYS = {one.short: key for key, one in TYPES.items()}
_NUMERIC = {"cc", "ce", "ti", "pep", "ppt", "nit"}
#: of whom a form may ask: a minor signs no contract
_FORM = {
    _COLOMBIA: ("cc", "ce", "passport", "pep", "ppt", "nit", "foreign_id"),
    "": ("other", "passport", "foreign_id"),
}


def default_type(country_code, is_company=False):
    """Return the type that a form proposes in a country."""
    if country_code == _COLOMBIA:
        return "nit" if is_company else "cc"
    return "other"


def ensure_known_there(kind, country_code):
    """Refuse *other* where the types are known: it has no check, so a country's own would follow.

    :raise DocumentError: it is to be said which document it is
    """
    if kind == "other" and default_type(country_code) != "other":
        raise DocumentError(
            _lt("Choose which document it is: how its number is checked depends on that.")
        )


def form_types(country_code):
    """Return the types that a form for people of outside offers, the usual one first."""
    return _FORM.get(country_code, _FORM[""])


def normalise(kind, number):
    """Return the one form in which a number is stored.

    :param str kind: key of `TYPES`
    :param str number: as somebody wrote it: dots, spaces and hyphens may separate
    :raise DocumentError: the number does not fit the type

    >>> normalise("cc", "52.000.222"), normalise("nit", "900.123.456-8")
    ('52000222', '900123456-8')
    """
    if kind not in TYPES:
        raise DocumentError(_lt("Choose the type of the document."))
    text = _without_type(kind, (number or "").strip())
    bare = _bare_digits(kind, text) if kind in _NUMERIC else _bare_text(text)
    if bare is None or not re.fullmatch(TYPES[kind].pattern, bare):
        raise _unfit(kind, number)
    if kind == "nit" and not nit.is_valid(bare):
        raise DocumentError(
            _lt("%(type)s: the check digit of “%(number)s” is wrong. Expected: %(expected)s."),
            type=TYPES[kind].name,
            number=number,
            expected=TYPES[kind].expected,
        )
    if kind == "nit" and _MAYBE_WITHOUT.fullmatch(bare) and not _CHECK_DIGIT_APART.fullmatch(text):
        raise DocumentError(
            _lt(
                "%(type)s: “%(number)s” may lack its check digit. Write the check digit after a "
                "hyphen, for example 900123456-8."
            ),
            type=TYPES[kind].name,
            number=number,
        )
    # as the check of tax numbers of Odoo writes it
    return f"{bare[:-1]}-{bare[-1]}" if kind == "nit" else bare


def _without_type(kind, text):
    """Return the number of “C.C. 52.000.222”, which people write as they say it."""
    if kind not in _NUMERIC:
        return text
    said = r"\.?\s?".join(TYPES[kind].short)
    return re.sub(rf"^{said}[.:]?\s*(?:No\b\.?|N°|#)?\s*", "", text, flags=re.IGNORECASE)


def _bare_digits(kind, text):
    """Return the digits, None where signs stand that separate no groups of three."""
    apart = ""
    if kind == "nit" and (found := _CHECK_DIGIT_APART.fullmatch(text)):
        text, apart = found.groups()
    if _GROUPS.fullmatch(text):
        text = re.sub(r"\D", "", text)
    elif re.fullmatch(r"\d+(?:[ \u00a0]\d+)*", text):
        text = re.sub(r"\s", "", text)
    return text + apart if text.isascii() and text.isdigit() else None


def _bare_text(text):
    if _SCIENTIFIC.fullmatch(re.sub(r"\s", "", text)):
        return None
    bare = re.sub(r"[\s.\-/]", "", text).upper()
    return bare if bare.isascii() else None


def _unfit(kind, number):
    return DocumentError(
        _lt("%(type)s: “%(number)s” is not valid. Expected: %(expected)s."),
        type=TYPES[kind].name,
        number=(number or "")[:40],
        expected=TYPES[kind].expected,
    )


def key(kind, number):
    """Return the form in which numbers of a known type are compared, whatever is stored.

    The identity card and the NIT that contains it are one number.
    """
    try:
        bare = normalise(kind, number)
    except DocumentError:
        return re.sub(r"[^0-9A-Za-z]+", "", number or "").upper()
    return bare[:-2] if kind == "nit" else bare


def may_be_one(kind, other):
    """Return whether documents of two types (or unknown, empty) may be one person's."""
    if not kind or not other:
        return True
    families = {TYPES[kind].family, TYPES[other].family}
    return len(families) == 1 or "" in families
