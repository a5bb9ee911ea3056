# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError

from ..version.mlm_plan_version_crossing import IN_FORCE


class MlmTree(models.Model):
    """A plan finds its tree by the code, which stays while a plan in force names it."""

    _inherit = "mlm.tree"

    def write(self, vals):
        for tree in self if "code" in vals else ():
            if tree.code != vals["code"]:
                tree._ensure_code_unread()
        return super().write(vals)

    def _ensure_code_unread(self):
        # sudo: whoever configures trees need not read plans
        versions = self.env["mlm.plan.version"].sudo()
        for version in versions.search(
            [("network_id", "=", self.network_id.id), ("state", "in", IN_FORCE)]
        ):
            if any(item["code"] == self.code for item in version._plan()["trees"]):
                raise UserError(
                    self.env._(
                        "%(version)s uses the code “%(code)s” of the tree %(tree)s, so the code "
                        "cannot change.",
                        version=version.display_name,
                        tree=self.display_name,
                        code=self.code,
                    )
                )
