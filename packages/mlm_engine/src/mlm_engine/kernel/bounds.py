# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What rules need to tell how much of the CV they can pay at most."""

from fractions import Fraction


def of_base(plan, base):
    """Return points of ``base`` (``cv`` or ``pv``) per point of CV at most.

    ``None`` when the catalog does not bound it: a product with PV and without CV, or
    no product at all.
    """
    if base == "cv":
        return Fraction(1)
    ratios = [Fraction(0)]
    for item in plan["catalog"]:
        if item["pv_e4"] > 0:
            if item["cv_e4"] <= 0:
                return None
            ratios.append(Fraction(item["pv_e4"], item["cv_e4"]))
    return max(ratios) if len(ratios) > 1 else None
