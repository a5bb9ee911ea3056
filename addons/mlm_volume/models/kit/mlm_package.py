# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmPackage(models.Model):
    _inherit = "mlm.package"

    def _is_above(self, other):
        """Whether this package is the higher one of the two (`sequence`)."""
        self.ensure_one()
        return self.sequence > other.sequence

    def _get_upgrade_problem(self, target, held):
        """Why a kit from this package to ``target`` does not fit whoever holds ``held``.

        :return: ``(problem, package)``, or ``(False, empty)`` where it fits: ``"held"`` with
            the package that is as high as the kit's; ``"higher"`` with the one held between
            the two; ``"missing"``
        """
        self.ensure_one()
        reached = held.filtered(lambda one: one == target or one._is_above(target))
        between = held.filtered(lambda one: one != self and one._is_above(self)) - reached
        for problem, found in (("held", reached), ("higher", between)):
            if found:
                return problem, found.sorted("sequence")[-1:]
        return (False, self.browse()) if self in held else ("missing", self.browse())

    def _get_selling_product(self, held, company):
        """Product that sells this package to somebody whose highest one is ``held``.

        :param held: `mlm.package`; none: the product of the whole package
        :return: `product.template`, empty where none is sold
        """
        self.ensure_one()
        return self.env["product.template"].search(
            [
                ("mlm_package_id", "=", self.id),
                ("mlm_package_from_id", "=", held.id),
                ("sale_ok", "=", True),
                ("company_id", "in", (False, company.id)),
            ],
            order="id",
            limit=1,
        )
