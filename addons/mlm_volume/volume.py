# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Exact volume of a line: no floats beyond the text of quantity and discount."""

from decimal import ROUND_HALF_UP, Decimal

FROZEN = (
    "mlm_unit_pv_e4",
    "mlm_unit_cv_e4",
    "mlm_unit_price_e4",
    "mlm_package_id",
    "mlm_package_from_id",
)


def copied_message(env, names):
    """Why nobody writes what a line copied: a call could make volume otherwise."""
    return env._(
        "%(fields)s: volume is copied from the product and is not written.",
        fields=", ".join(names),
    )


def exact(value):
    """Decimal of a float as people wrote it (``0.1`` is a tenth)."""
    return Decimal(repr(float(value)))


def to_integer(value):
    """Nearest integer of a Decimal, halves away from zero."""
    return int(value.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def units_of(quantity, uom, product):
    """``quantity`` in the product's own unit: a box of six is six units."""
    if not uom or uom == product.uom_id:
        return quantity
    return uom._compute_quantity(quantity, product.uom_id, round=False, raise_if_failure=False)


def line_volume(unit_pv_e4, unit_cv_e4, quantity, discount, free=False):
    """PV and CV of a line, in ten-thousandths of a point.

    A discount cuts CV in proportion; free goods carry none (RULES 1).

    :param quantity: units, float as Odoo stores it
    :param discount: percent, float
    >>> line_volume(150000, 140000, 2, 10)
    {'pv_e4': 300000, 'cv_e4': 252000}
    >>> line_volume(150000, 140000, 2, 0, free=True)
    {'pv_e4': 0, 'cv_e4': 0}
    """
    kept = 1 - exact(discount or 0) / 100
    if free or kept <= 0:
        return {"pv_e4": 0, "cv_e4": 0}
    units = exact(quantity)
    return {
        "pv_e4": to_integer(unit_pv_e4 * units),
        "cv_e4": to_integer(unit_cv_e4 * units * kept),
    }
