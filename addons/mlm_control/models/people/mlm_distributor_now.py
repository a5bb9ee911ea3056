# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models

SEES_CASES = ",".join(
    f"mlm_base.group_{role}" for role in ("manager", "approver", "accountant", "auditor")
)


class MlmDistributor(models.Model):
    """Cases that wait for a decision, where the people are."""

    _inherit = "mlm.distributor"

    mlm_open_cases = fields.Integer(
        string="Open Cases",
        compute="_compute_now",
        groups=SEES_CASES,
        help="Cases of a run that is not posted yet, in which this person occurs.",
    )

    def _get_now(self):
        found = super()._get_now()
        if self.env["mlm.run.check"].has_access("read"):
            counts = self.env["mlm.run.check"]._read_group(
                [("distributor_ids", "in", self.ids), *self._get_open_case_domain()],
                ["distributor_ids"],
                ["__count"],
            )
            for person, count in counts:
                if person.id in found:
                    found[person.id]["mlm_open_cases"] = count
        return found

    def _get_open_case_domain(self):
        return [("state", "=", "open"), ("run_id.state", "not in", ("posted", "cancelled"))]

    def action_mlm_open_cases(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Open Cases of %s", self.display_name),
            "res_model": "mlm.run.check",
            "view_mode": "list,form",
            "domain": [("distributor_ids", "in", self.ids), *self._get_open_case_domain()],
        }
