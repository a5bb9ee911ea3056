# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Exact volume of a line: no floats beyond the text of quantity and discount."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

FROZEN = (
    "mlm_unit_pv_e4",
    "mlm_unit_cv_e4",
    "mlm_unit_price_e4",
    "mlm_regular_price_e4",
    "mlm_package_id",
    "mlm_package_from_id",
)


def copied_message(env, names):
    """Why nobody writes what a line copied: a call could make volume otherwise."""
    return env._(
        "%(fields)s: volume is copied from the product and cannot be written.",
        fields=", ".join(names),
    )


def exact(value):
    """Decimal of a float as people wrote it (``0.1`` is a tenth)."""
    return Decimal(repr(float(value)))


def to_integer(value):
    """Nearest integer of a Decimal or Fraction, halves away from zero."""
    if isinstance(value, Fraction):
        whole = (2 * abs(value.numerator) + value.denominator) // (2 * value.denominator)
        return whole if value >= 0 else -whole
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def units_of(quantity, uom, product):
    """``quantity`` in the product's own unit: a box of six is six units."""
    if not uom or uom == product.uom_id:
        return quantity
    return uom._compute_quantity(quantity, product.uom_id, round=False, raise_if_failure=False)


def price_e4(price, uom, product):
    """``price`` of one ``uom`` as the price of the product's own unit, ten-thousandths."""
    return to_integer(exact(price) * 10_000 / (exact(units_of(1.0, uom, product)) or 1))


def discount_share(lines):
    """Part of the price that discount lines of the document leave, 0 to 1.

    A line of a negative amount is a discount on the others, like the percentage of a line
    (RULES 1); the deduction of a down payment is none.

    :param lines: lines of an order or of an invoice
    """
    lines = lines.filtered(lambda line: not line.is_downpayment)
    discounts = lines.filtered(lambda line: line._mlm_is_discount())
    full = sum((exact(line.price_subtotal) for line in lines - discounts), Decimal(0))
    cut = sum((exact(line.price_subtotal) for line in discounts), Decimal(0))
    if not cut or full <= 0:
        return Fraction(1)
    return max(1 + Fraction(cut) / Fraction(full), Fraction(0))


def line_volume(unit_pv_e4, unit_cv_e4, quantity, discount, price=(1, 0), share=1):
    """PV and CV of a line, in ten-thousandths of a point.

    A discount cuts CV in proportion, whether as a percentage, as a unit price below the
    regular one or as a line of its own; free goods carry none (RULES 1, 43).

    :param quantity: units, float as Odoo stores it
    :param discount: percent, float
    :param price: price of the line and regular one, ten-thousandths; 0 if none is known
    :param share: part of the price that discounts of the whole document leave
    >>> line_volume(150000, 140000, 2, 10)
    {'pv_e4': 300000, 'cv_e4': 252000}
    >>> line_volume(150000, 140000, 2, 0, price=(90, 100))
    {'pv_e4': 300000, 'cv_e4': 252000}
    >>> line_volume(150000, 140000, 2, 0, price=(0, 100))
    {'pv_e4': 0, 'cv_e4': 0}
    """
    paid_e4, regular_e4 = price
    kept = (1 - Fraction(exact(discount or 0)) / 100) * share
    if regular_e4 > 0:
        kept *= min(Fraction(paid_e4, regular_e4), 1)
    if paid_e4 <= 0 or kept <= 0:
        return {"pv_e4": 0, "cv_e4": 0}
    units = Fraction(exact(quantity))
    return {
        "pv_e4": to_integer(unit_pv_e4 * units),
        "cv_e4": to_integer(unit_cv_e4 * units * kept),
    }
