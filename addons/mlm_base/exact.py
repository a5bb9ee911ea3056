"""Exact numbers: integers of 64 bits with a fixed scale, never floats.

An amount is stored as an integer of ten-thousandths (suffix ``_e4``), a rate as an
integer of millionths (suffix ``_e6``). Floats appear only at the edge of the screen.
"""

from decimal import Decimal, InvalidOperation

from odoo import fields

SCALE = 10_000
RATE_SCALE = 1_000_000
_INT8_MAX = 2**63 - 1


class BigInteger(fields.Integer):
    """An integer stored in 64 bits; the core one holds 32 and overflows at
    2,147,483,647, which is 214,748 pesos in ten-thousandths."""

    _column_type = ("int8", "int8")

    def convert_to_column(self, value, record, values=None, validate=True):
        return self._exact(value)

    def convert_to_cache(self, value, record, validate=True):
        return self._exact(value)

    def convert_to_read(self, value, record, use_display_name=True):
        # the core field turns large values into floats for XML-RPC; exactness
        # matters more here, and JSON carries the integer as it is
        return value

    def _exact(self, value):
        """Return ``value`` as int, refusing anything that would lose digits."""
        if not value:
            return 0
        number = int(value)
        if number != value and not isinstance(value, str):
            raise ValueError(f"{self}: {value!r} is not a whole number")
        return number


def _to_scaled(value, scale):
    if isinstance(value, bool | float):
        raise TypeError(f"exact numbers are made of str, int or Decimal: {value!r}")
    try:
        number = Decimal(value)
        numerator, denominator = number.as_integer_ratio()
    except (InvalidOperation, ValueError, OverflowError) as error:
        raise ValueError(f"not a number: {value!r}") from error
    scaled, rest = divmod(numerator * scale, denominator)
    if rest:
        raise ValueError(f"more decimals than 1/{scale} can hold: {value!r}")
    if abs(scaled) > _INT8_MAX:
        raise ValueError(f"too large for 64 bits: {value!r}")
    return scaled


def to_e4(value):
    """Return ``value`` (str, int or Decimal) as an integer of ten-thousandths.

    :raise ValueError: not a number, more than four decimals, or beyond 64 bits
    :raise TypeError: a float, which is not exact

    >>> to_e4("12.5")
    125000
    """
    return _to_scaled(value, SCALE)


def to_e6(value):
    """Return ``value`` (str, int or Decimal) as an integer of millionths."""
    return _to_scaled(value, RATE_SCALE)


def _from_scaled(value, digits):
    sign = 1 if value < 0 else 0
    return Decimal((sign, tuple(map(int, str(abs(value)))), -digits))


def from_e4(value):
    """Return the Decimal of an integer of ten-thousandths.

    >>> from_e4(125000)
    Decimal('12.5000')
    """
    return _from_scaled(value, 4)


def from_e6(value):
    """Return the Decimal of an integer of millionths."""
    return _from_scaled(value, 6)


def text_e4(value):
    """Return an integer of ten-thousandths as plain text, for machines: what people read
    is made by `formats.Formats`.

    >>> text_e4(765_000_000), text_e4(-5_000)
    ('76500', '-0.5')
    """
    return f"{from_e4(value):f}".rstrip("0").rstrip(".")
