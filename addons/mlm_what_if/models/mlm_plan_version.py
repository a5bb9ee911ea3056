# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models


class MlmPlanVersion(models.Model):
    """A plan version is tried before it is adopted."""

    _inherit = "mlm.plan.version"

    what_if_count = fields.Integer(compute="_compute_what_if_count", string="What-Ifs tried")

    def _compute_what_if_count(self):
        what_ifs = self.env["mlm.what.if"]
        of_these = [("version_id", "in", self.ids)]
        # who reads plans need not read what was tried
        counts = what_ifs.has_access("read") and dict(
            what_ifs._read_group(of_these, ["version_id"], ["__count"])
        )
        for version in self:
            version.what_if_count = counts.get(version, 0) if counts else 0

    def action_try(self):
        """A new what-if of this version."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Try on past cycles"),
            "res_model": "mlm.what.if",
            "view_mode": "form",
            "context": {"default_version_id": self.id, "default_name": self.display_name},
        }

    def action_what_ifs(self):
        self.ensure_one()
        return {
            **self.env["ir.actions.act_window"]._for_xml_id("mlm_what_if.action_mlm_what_if"),
            "domain": [("version_id", "=", self.id)],
        }
