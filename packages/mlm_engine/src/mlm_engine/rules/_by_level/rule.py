# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Rules that pay people up the line of a sale, and those that do so level by level."""

from ..base import Rule
from . import params as shared
from . import pay


class ByRow(Rule):
    """Pays single volume rows to people up the line; ``Params`` has ``params.OfRows``.

    It walks up from ``lines.of_bonus_rows``, and its telling is a ``sales.OfSales``: so a plan
    may have one earning row for all sales of a buyer.
    """

    tree = "any"
    as_of = ("sale", "period_end")
    by_source = True

    def points(self, params):
        return params.base

    def customers(self, params):
        return params.customers


class ByLevel(ByRow):
    """Pays a rate to each level; ``Params`` has ``params.Levels``."""

    def check(self, params, plan):
        """Rates must be clear, and compression must fit them."""
        return [
            *shared.validate_rates(params, plan),
            *shared.validate_compression(params.compression, plan),
        ]

    def check_settings(self, bonus, plan):
        """Compression must fit the tree."""
        return shared.validate_tree(bonus, plan)

    def ceiling(self, params, plan):
        """Sum of the highest rate of each level."""
        share = shared.ceiling_of_rates(params, plan, self.height(params), params.compression)
        return shared.of_cv(share, params, plan)

    def compression(self, params):
        return params.compression

    def boundary(self, params):
        return params.boundary_rank

    def compute(self, ctx, bonus):
        """Add one earning per row and level."""
        pay.rows(ctx, bonus, self.height(bonus.params))
