from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.distributor.mlm_distributor_change import STEPS


class MlmPromoteWizard(models.TransientModel):
    """A customer becomes a preferred customer or a distributor."""

    _name = "mlm.promote.wizard"
    _description = "Promotion"
    _inherit = ["mlm.change.mixin"]

    old_kind = fields.Selection(related="distributor_id.kind", string="Current kind")
    kind = fields.Selection(
        [("preferred", "Preferred Customer"), ("distributor", "Distributor")],
        string="Becomes",
        required=True,
        default="distributor",
    )

    @api.model
    def _get_preview_dependencies(self):
        return [*super()._get_preview_dependencies(), "kind"]

    def _get_preview_lines(self):
        person = self.distributor_id._origin
        if not self.kind:
            return []
        try:
            person._ensure_promotable(self.kind)
        except UserError as error:
            return [("danger", error.args[0])]
        lines = [
            (
                "good",
                self.env._(
                    "Code %(code)s, sponsor %(sponsor)s and history stay.",
                    code=person.code,
                    sponsor=person.sponsor_id.display_name or "–",
                ),
            )
        ]
        if not person.position_ids and STEPS.index(person.kind) == 0:
            lines.append(
                ("info", self.env._("Waits in the holding tank until there is a position."))
            )
        texts = self.env["mlm.contract"]._get_for_member(person.company_id, self.kind)
        waiting = texts - person._get_accepted_contracts().get(person.id, texts.browse())
        if waiting:
            lines.append(
                (
                    "warning",
                    self.env._(
                        "Must then be accepted: %s.", ", ".join(waiting.mapped("display_name"))
                    ),
                )
            )
        return [*lines, self._get_moment_line()]

    def action_confirm(self):
        self.ensure_one()
        return self._finish(self.distributor_id._promote(self.kind, **self._get_arguments()))
