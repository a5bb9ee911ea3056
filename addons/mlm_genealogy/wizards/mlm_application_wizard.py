from odoo import api, fields, models


class MlmApplicationWizard(models.TransientModel):
    """The decision on an application, with what follows from it."""

    _name = "mlm.application.wizard"
    _description = "Decision on an Application"

    application_id = fields.Many2one("mlm.application", required=True, readonly=True)
    action = fields.Selection(
        [("accept", "Accept"), ("reject", "Reject")], required=True, readonly=True
    )
    duplicate_warning = fields.Html(related="application_id.duplicate_warning", sanitize=False)
    consequence = fields.Char(compute="_compute_consequence")
    needs_reason = fields.Boolean(compute="_compute_consequence")
    reason = fields.Char()

    @api.depends("application_id", "action")
    def _compute_consequence(self):
        for wizard in self:
            application = wizard.application_id
            wizard.needs_reason = wizard.action == "reject" or bool(application.duplicate_warning)
            wizard.consequence = wizard._get_consequence(application)

    def _get_consequence(self, application):
        if self.action == "reject":
            return self.env._("%s is not enrolled.", application.name)
        sponsor = application.sponsor_id.display_name
        if application._prepare_placement():
            legs = dict(application._fields["leg"]._description_selection(self.env))
            return self.env._(
                "%(name)s is enrolled under %(sponsor)s and placed: %(leg)s.",
                name=application.name,
                sponsor=sponsor,
                leg=legs[application.leg or "auto"],
            )
        if application.kind == "customer":
            return self.env._(
                "%(name)s is enrolled as a customer of %(sponsor)s.",
                name=application.name,
                sponsor=sponsor,
            )
        return self.env._(
            "%(name)s is enrolled under %(sponsor)s and waits in the holding tank.",
            name=application.name,
            sponsor=sponsor,
        )

    def action_confirm(self):
        """Carry out the decision; open the new distributor."""
        self.ensure_one()
        application = self.application_id
        application.check_access("write")
        if self.action == "reject":
            application._reject(self.reason)
            return {"type": "ir.actions.act_window_close"}
        self._accept()
        return application.action_view_distributor()

    def _accept(self):
        """Enrol the person; return the new distributor."""
        return self.application_id._accept(self.reason)
