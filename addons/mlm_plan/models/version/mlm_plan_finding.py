# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.internal import as_internal, is_internal


class MlmPlanFinding(models.Model):
    """A remark of the validator about a plan version; made by it, never by hand.

    An error keeps the version a draft. A warning asks for a reason: what the company
    knows that the validator does not.
    """

    _name = "mlm.plan.finding"
    _description = "Plan Finding"
    _inherit = "mlm.guarded"
    _order = "version_id, severity, sequence, id"
    _server_only = True
    _free = ("reason",)

    version_id = fields.Many2one("mlm.plan.version", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="version_id.network_id", store=True, index=True)
    sequence = fields.Integer()
    severity = fields.Selection([("error", "Error"), ("warning", "Warning")], required=True)
    path = fields.Char(help="Its place in the document, e.g. bonuses.1.params.step_cv.")
    wording = fields.Char(help="As the validator words it: the same in every language.")
    place = fields.Char(translate=True)
    text = fields.Char(required=True, translate=True, string="Finding")
    remedy = fields.Char(string="What to do", translate=True)
    reason = fields.Char(string="Why it is acceptable")
    acknowledged_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    acknowledged_at = fields.Datetime(string="Acknowledged on", readonly=True)

    @api.depends("text")
    def _compute_display_name(self):
        for finding in self:
            finding.display_name = finding.text

    @api.model_create_multi
    def create(self, vals_list):
        if not is_internal(self.env):
            raise AccessError(self.env._("The validator writes the findings."))
        return super().create(vals_list)

    def write(self, vals):
        """People give reasons for warnings, and nothing else."""
        if not is_internal(self.env):
            self._admit(vals)
            self.check_access("write")
            self._ensure_may_be_acknowledged()
            known = bool((vals.get("reason") or "").strip())
            vals = {
                "reason": (vals.get("reason") or "").strip() or False,
                "acknowledged_by_id": self.env.uid if known else False,
                "acknowledged_at": self.env.cr.now() if known else False,
            }
        return super(MlmPlanFinding, as_internal(self)).write(vals)

    def _get_guarded_message(self, names):
        return self.env._("Only the reason of a finding can be edited.")

    def _ensure_may_be_acknowledged(self):
        for finding in self:
            if finding.severity == "error":
                raise UserError(
                    self.env._(
                        "An error cannot be waived: %(text)s. %(remedy)s",
                        text=finding.text,
                        remedy=finding.remedy or "",
                    )
                )
            finding.version_id._ensure_draft()
