from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.distributor.mlm_distributor_departure import CAUSES, PLACEMENTS


class MlmTerminateWizard(models.TransientModel):
    """The end of a membership, with a look at who is linked to whom then."""

    _name = "mlm.terminate.wizard"
    _description = "Termination"
    _inherit = ["mlm.change.mixin"]

    cause = fields.Selection(
        [cause for cause in CAUSES if cause[0] != "merge"], required=True, default="resignation"
    )
    has_position = fields.Boolean(compute="_compute_has_position")
    placement = fields.Selection(
        PLACEMENTS, string="Spot in the Placement Tree", required=True, default="closed"
    )

    @api.model
    def _get_default_timing(self):
        return "close"

    @api.model
    def _get_preview_dependencies(self):
        return [*super()._get_preview_dependencies(), "placement"]

    @api.depends("distributor_id")
    def _compute_has_position(self):
        for wizard in self:
            wizard.has_position = bool(wizard._get_positions())

    def _get_positions(self):
        return self.distributor_id.position_ids.filtered(lambda spot: spot.state == "open")

    def _get_preview_lines(self):
        person = self.distributor_id
        try:
            person._ensure_terminable()
        except UserError as error:
            return [("danger", error.args[0])]
        lines = []
        frontline = person._get_frontline()
        if frontline:
            lines.append(
                (
                    "info",
                    self.env._(
                        "Linked to %(sponsor)s from then on: %(people)s.",
                        sponsor=person.sponsor_id.display_name,
                        people=self._render_people(frontline),
                    ),
                )
            )
        else:
            lines.append(("info", self.env._("This person has not sponsored anybody personally.")))
        lines += [self._get_position_line(position) for position in self._get_positions()]
        lines.append(self._get_moment_line())
        lines.append(
            (
                "info",
                self.env._(
                    "What was earned until then is computed and paid. The history stays, and"
                    " the person can be readmitted with the same code."
                ),
            )
        )
        return lines

    def _get_position_line(self, position):
        below = position.child_ids
        if self.placement == "closed":
            return "info", self.env._(
                "Position %s becomes a closed spot that lets volume pass through.", position.code
            )
        if len(below) > 1:
            return "danger", self.env._(
                "Position %(code)s cannot roll up: %(names)s are below it. Keep a closed spot, "
                "or move one of them first.",
                code=position.code,
                names=", ".join(below.mapped("display_name")),
            )
        if below:
            return "warning", self.env._(
                "Position %(code)s leaves the tree, and %(name)s takes its spot with everybody"
                " below.",
                code=position.code,
                name=below.display_name,
            )
        return "info", self.env._("Position %s leaves the tree.", position.code)

    def action_confirm(self):
        self.ensure_one()
        arguments = self._get_arguments()
        return self._finish(
            self.distributor_id._terminate(cause=self.cause, placement=self.placement, **arguments)
        )
