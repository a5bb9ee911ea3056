# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models


class MlmInviteMixin(models.AbstractModel):
    """Whether somebody who is being enrolled gets the message to choose a password.

    A wizard says to which address (``_get_invited``) and calls `_invite` afterwards.
    """

    _name = "mlm.invite.mixin"
    _description = "Invitation to the Portal"

    invite = fields.Boolean(
        string="Invite to the Portal",
        default=True,
        help="Send an e-mail with which the person chooses a password.",
    )
    invite_problem = fields.Char(
        compute="_compute_invite_problem", help="Why no invitation is sent; else empty."
    )

    def _get_invited(self):
        """Return ``(contact or empty, e-mail address)`` of the person."""
        raise NotImplementedError()

    @api.depends("invite")
    def _compute_invite_problem(self):
        for wizard in self:
            wizard.invite_problem = wizard._get_invite_problem(*wizard._get_invited())

    @api.model
    def _get_invite_problem(self, partner, email):
        if not (email or "").strip():
            return self.env._("No e-mail address, so no invitation is sent.")
        if not self.env["mlm.application"]._can_mail():
            return self.env._("No invitation is sent: there is no outgoing mail server.")
        # sudo: whether somebody logs in with the address, and nothing about that person
        user = self.env["portal.wizard.user"].sudo().new({"email": email, "partner_id": partner.id})
        if user.is_portal or user.is_internal:
            return self.env._("The person has access already, so no invitation is sent.")
        return {
            "ko": self.env._("No invitation is sent: the e-mail address is not valid."),
            "exist": self.env._("No invitation is sent: another user logs in with this address."),
        }.get(user.email_state, "")

    def _invite(self, distributor):
        """Send the invitation to somebody who was enrolled, unless the box was cleared."""
        if self.invite:
            self._send_invitation(distributor)

    @api.model
    def _send_invitation(self, distributor):
        """Send the invitation where it can be sent; customers get none."""
        # sudo: who may enrol may invite whom they enrolled
        partner = distributor.partner_id.sudo()
        if distributor.kind == "customer" or self._get_invite_problem(partner, partner.email):
            return
        wizards = partner.env["portal.wizard"].with_company(distributor.company_id)
        wizard = wizards.create({"partner_ids": [(6, 0, partner.ids)]})
        wizard.user_ids.action_grant_access()


class MlmApplication(models.Model):
    _inherit = "mlm.application"

    def _go_on(self):
        """Whoever is accepted without staff is invited, too."""
        result = super()._go_on()
        if self.distributor_id:
            self.env["mlm.invite.mixin"]._send_invitation(self.distributor_id)
        return result


class MlmApplicationWizard(models.TransientModel):
    _name = "mlm.application.wizard"
    _inherit = ["mlm.application.wizard", "mlm.invite.mixin"]

    kind = fields.Selection(related="application_id.kind")

    def _get_invited(self):
        return self.env["res.partner"], self.application_id.email

    def _accept(self):
        distributor = super()._accept()
        self._invite(distributor)
        return distributor


class MlmEnrolWizard(models.TransientModel):
    _name = "mlm.enrol.wizard"
    _inherit = ["mlm.enrol.wizard", "mlm.invite.mixin"]

    def _get_invited(self):
        return self.partner_id, self.email

    @api.depends("email", "partner_id")
    def _compute_invite_problem(self):
        return super()._compute_invite_problem()

    def _after_enrolment(self, distributor):
        result = super()._after_enrolment(distributor)
        self._invite(distributor)
        return result
