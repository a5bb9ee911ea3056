"""Values of cells: exact numbers and days, as people and spreadsheets write them."""

import datetime
import re
from decimal import Decimal

from ..exact import to_e4

_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%Y/%m/%d", "%d.%m.%Y", "%Y-%m-%d %H:%M:%S")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*")
#: a float holds so many digits of what somebody typed into a spreadsheet
_FLOAT_DIGITS = 15
_GROUP = 3


class Ambiguous(ValueError):
    """1.234 is a thousand in Bogotá and one and a bit in Boston."""


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
    :raise ValueError: no number, or more than four decimals

    >>> parse_e4("1.234.567,89")
    12345678900
    """
    if isinstance(value, bool):
        raise ValueError(value)
    if isinstance(value, int):
        return to_e4(value)
    if isinstance(value, float):
        return to_e4(Decimal(f"{value:.{_FLOAT_DIGITS}g}"))
    text = re.sub(r"[\s$\u00a0']", "", str(value)).replace("\u2212", "-")
    if not _NUMBER.fullmatch(text):
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
