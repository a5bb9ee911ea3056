from odoo import api, fields, models


class MlmStateWizard(models.TransientModel):
    """Suspension, the end of it, or death."""

    _name = "mlm.state.wizard"
    _description = "Suspension, Reinstatement or Death"
    _inherit = ["mlm.change.mixin"]

    action = fields.Selection(
        [
            ("suspend", "Suspend"),
            ("reinstate", "Reinstate"),
            ("decease", "Record a Death"),
        ],
        required=True,
        readonly=True,
    )
    treatment = fields.Selection(
        [
            ("compress", "Earns nothing; bonuses skip the person"),
            ("hold", "Keeps earning; the payout waits"),
        ],
        string="Earnings Meanwhile",
        required=True,
        default="compress",
    )

    @api.model
    def _get_preview_dependencies(self):
        return [*super()._get_preview_dependencies(), "action", "treatment"]

    def _get_preview_lines(self):
        name = self.distributor_id.display_name
        if self.action == "decease":
            lines = [
                ("info", self.env._("%s keeps their place, and the downline stays.", name)),
                (
                    "info",
                    self.env._(
                        "Earnings continue and wait for the heirs; nobody can log in any more."
                    ),
                ),
                (
                    "info",
                    self.env._("An heir takes over by a transfer; without one, terminate."),
                ),
            ]
        elif self.action == "reinstate":
            lines = [
                ("good", self.env._("%s earns again.", name)),
                (
                    "info",
                    self.env._(
                        "The title rank comes back; the paid-as rank has to be earned again. "
                        "Terms are not extended."
                    ),
                ),
            ]
        elif self.treatment == "hold":
            lines = [("info", self.env._("%s keeps earning; nothing is paid out meanwhile.", name))]
        else:
            lines = [
                (
                    "warning",
                    self.env._("%s earns nothing meanwhile; bonuses skip the person.", name),
                )
            ]
        return [*lines, self._get_moment_line()]

    def action_confirm(self):
        self.ensure_one()
        arguments = self._get_arguments()
        person = self.distributor_id
        if self.action == "suspend":
            result = person._suspend(treatment=self.treatment, **arguments)
        elif self.action == "decease":
            result = person._decease(**arguments)
        else:
            result = person._reinstate(**arguments)
        return self._finish(result)
