# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmPackage(models.Model):
    """A package that a plan names keeps its code: swapped codes would swap what is earned."""

    _inherit = "mlm.package"

    def _is_used(self):
        return super()._is_used() or any(
            self.code == one["code"]
            for version in self._get_versions()
            for one in version._plan()["packages"]
        )

    def _get_versions(self):
        """Plan versions in force or once in force where this package is sold."""
        domain = [("state", "in", ("published", "active", "retired"))]
        if self.network_id:
            domain.append(("network_id", "=", self.network_id.id))
        # sudo: plans of other networks, too, which share the package
        return self.env["mlm.plan.version"].sudo().search(domain)
