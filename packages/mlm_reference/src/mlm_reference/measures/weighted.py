# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Volume of somebody's rows, each product with a weight of its own."""

from ..numbers import fraction, rounded
from .trees import column_of


def value(run, item, member, least):
    plan, data = run.plan, run.inputs
    figures = getattr(data, column_of(item))
    weights = {plan.product_index[str(code)]: number for code, number in item["weights"].items()}
    total = fraction(0)
    for row in run.people.credited.get(member, ()):
        product = data.row_product[row] if data.row_product else -1
        total += figures[row] * fraction(weights.get(product, item.get("default", 0)))
    return rounded(total)
