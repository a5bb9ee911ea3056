from odoo import models


class MlmDistributor(models.Model):
    """The way from a person to the downline report."""

    _inherit = "mlm.distributor"

    def action_downline_report(self):
        """Open the report of everybody below this person, with its totals."""
        self.ensure_one()
        wizard = self.env["mlm.downline.wizard"].create(
            {"root_id": self.id, "company_id": self.company_id.id}
        )
        return {**wizard.action_show(), "target": "current"}
