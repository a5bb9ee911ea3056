"""Values of cells: identifiers, exact numbers and days, as people and spreadsheets write
them. Every file that is read takes its values from here."""

import datetime
import math
import re
from decimal import Decimal

from ..exact import to_e4

_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*", re.ASCII)
_WHOLE_FLOAT = re.compile(r"(\d+)[.,]0+", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*(-\d)?", re.ASCII)
#: how spreadsheets and programs write large numbers; a code such as 12E3 is none
_SCIENTIFIC = re.compile(
    r"([+-]?)(\d+)(?:[.,](\d+))?[eE]([+-]\d+)|([+-]?)(\d+)[.,](\d+)[eE](\d+)", re.ASCII
)
#: a float holds so many digits of what somebody typed into a spreadsheet
_FLOAT_DIGITS = 15
_GROUP = 3
#: nothing that people write in one cell as a number is longer
_LONGEST = 40


class Ambiguous(ValueError):
    """1.234 is a thousand in Bogotá and one and a bit in Boston."""


class Hidden(ValueError):
    """1.02E+09 stands for many numbers: the digits that it does not show are lost."""


def number_text(value):
    """Return a number of a spreadsheet as text, without what a float adds to it.

    A whole one of more than 15 digits is written so that nobody takes it for exact.

    >>> number_text(52000222.0), number_text(0.1 + 0.2)
    ('52000222', '0.3')
    """
    if isinstance(value, float):
        if not math.isfinite(value):
            return str(value)
        if abs(value) >= 10**_FLOAT_DIGITS:
            return f"{value:.14E}"
        value = Decimal(f"{value:.{_FLOAT_DIGITS}g}")
    return str(int(value)) if value == int(value) else format(Decimal(value), "f")


def parse_identifier(value, grouped=False):
    """Return a code or the number of a document as text, exactly as it was meant.

    :param value: text, or a number as a spreadsheet keeps it
    :param bool grouped: thousands may be separated, as people write cédulas
    :raise Hidden: scientific notation that does not show all digits
    :raise Ambiguous: 12.000 is twelve or twelve thousand
    :raise ValueError: with ``grouped``, separators that group nothing

    >>> parse_identifier("52000222.0"), parse_identifier("52.000.222-1", grouped=True)
    ('52000222', '52000222-1')
    """
    if value is None or isinstance(value, bool):
        return "" if value is None else str(value)
    if isinstance(value, int | float | Decimal):
        value = number_text(value)
    text = str(value).strip()
    scientific = _exact_digits(text)
    if scientific is not None:
        return scientific
    whole = _WHOLE_FLOAT.fullmatch(text)
    if grouped:
        text = re.sub(r"\s", "", text)
        if _GROUPED.fullmatch(text):
            return re.sub(r"[.,]", "", text)
        if whole:
            return whole[1]
        if re.search(r"[.,]", text) and not re.search(r"[A-Za-z]", text):
            raise ValueError(value)  # V-12.345.678 is for the check of its type
        return text
    if whole and _GROUPED.fullmatch(text):
        raise Ambiguous(text)
    return whole[1] if whole else text


def _exact_digits(text):
    """Return the digits of a number in scientific notation, None for anything else.

    :raise Hidden: it does not show all of them
    """
    found = _SCIENTIFIC.fullmatch(text) if len(text) <= _LONGEST else None
    if not found:
        return None
    sign, whole, part, power = found.group(1, 2, 3, 4) if found[2] else found.group(5, 6, 7, 8)
    part, power = part or "", int(power)
    if power < 0 or len(part) < power:
        raise Hidden(text)
    rest = part[power:].rstrip("0")
    digits = (whole + part[:power]).lstrip("0") or "0"
    return ("-" if sign == "-" else "") + digits + (f".{rest}" if rest else "")


def parse_day(value):
    """Return the date of a cell, None where it holds none.

    >>> parse_day("31/08/2026")
    datetime.date(2026, 8, 31)
    """
    if isinstance(value, datetime.datetime):
        return value.date()
    if isinstance(value, datetime.date):
        return value
    for form in _DATE_FORMATS:
        try:
            return datetime.datetime.strptime(str(value), form).date()
        except ValueError:
            continue
    return None


def parse_e4(value, decimal_sign=""):
    """Return the number of a cell in ten-thousandths.

    :param value: text, or a number as a spreadsheet keeps it
    :param str decimal_sign: "," or "."; empty: as the number itself shows
    :raise Ambiguous: the text reads as two different numbers
    :raise Hidden: scientific notation that does not show all digits
    :raise ValueError: no number, or more than four decimals

    >>> parse_e4("1.234.567,89")
    12345678900
    """
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, int | float | Decimal):
        text = number_text(value)
        return to_e4(_exact_digits(text) or text)
    text = re.sub(r"[\s$\u00a0']", "", str(value)).replace("\u2212", "-")
    scientific = _exact_digits(text)
    if scientific is not None:
        return to_e4(scientific)
    if len(text) > _LONGEST or not _NUMBER.fullmatch(text):
        raise ValueError(value)
    return to_e4(_without_thousands(text, decimal_sign))


def _without_thousands(text, decimal_sign):
    signs = [one for one in text if one in ".,"]
    if decimal_sign:
        point = decimal_sign
    elif len(set(signs)) > 1:
        point = signs[-1]
    elif len(signs) > 1:
        point = ""  # the same sign twice groups thousands
    elif signs:
        whole, rest = re.split(r"[.,]", text.lstrip("+-"))
        if len(rest) == _GROUP and whole.strip("0") and len(whole) <= _GROUP:
            raise Ambiguous(text)
        point = signs[0]
    else:
        return text
    whole, __, rest = text.partition(point) if point else (text, "", "")
    if re.search(r"[.,]", rest) or not _well_grouped(whole):
        raise ValueError(text)
    return re.sub(r"[.,]", "", whole) + (f".{rest}" if rest else "")


def _well_grouped(whole):
    first, *groups = re.split(r"[.,]", whole.lstrip("+-"))
    return not groups or (len(first) <= _GROUP and all(len(one) == _GROUP for one in groups))
