# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmPackage(models.Model):
    """A package of the compensation plan, as a thing that is sold.

    What it earns (percentages, terms, amounts) is said by each plan version.
    """

    _name = "mlm.package"
    _description = "Package"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _order = "sequence, code"
    _rec_names_search = ["code", "name"]
    _free = ("code", "name", "sequence", "active", "network_id")

    code = fields.Char(required=True)
    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10, help="The higher package has the higher sequence.")
    active = fields.Boolean(default=True)
    network_id = fields.Many2one(
        required=False, readonly=False, help="Empty: all networks sell it."
    )

    _code_uniq = models.UniqueIndex(
        "(code, COALESCE(network_id, 0))", "A package of this network already has this code."
    )

    @api.model
    def _of_network(self, network):
        """What a network sells or has sold: its own packages and those that all share."""
        return self.with_context(active_test=False).search(
            [("network_id", "in", (network.id, False))]
        )

    @api.model
    def _check_company_domain(self, companies):
        return super()._check_company_domain(companies) | fields.Domain("network_id", "=", False)

    def write(self, vals):
        for package in self:
            if ("code" in vals and package.code != vals["code"]) or (
                "network_id" in vals and (package.network_id.id or False) != vals["network_id"]
            ):
                package._ensure_unused()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_unused(self):
        for package in self:
            package._ensure_unused()

    def _ensure_unused(self):
        """UserError when plans or sales know the package by its code and network."""
        self.ensure_one()
        if self._is_used():
            raise UserError(
                self.env._(
                    "Plans and sales use the code of %(package)s, so its code and network cannot "
                    "change. Change the name, or create another package.",
                    package=self.display_name,
                )
            )

    def _is_used(self):
        """Whether something was sold as this package; add-ons that know packages extend it."""
        # sudo: in companies, too, that the user does not see
        lines = self.sudo().env["sale.order.line"]
        items = self.sudo().env["account.move.line"]
        return bool(
            lines.search_count([("mlm_package_id", "=", self.id)], limit=1)
            or items.search_count([("mlm_package_id", "=", self.id)], limit=1)
            or lines.search_count([("mlm_package_from_id", "=", self.id)], limit=1)
            or items.search_count([("mlm_package_from_id", "=", self.id)], limit=1)
        )
