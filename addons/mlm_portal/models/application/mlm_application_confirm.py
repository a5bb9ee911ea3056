# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import secrets
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import consteq, email_normalize
from odoo.tools.misc import hash_sign, verify_hash_signed

from odoo.addons.mlm_base.internal import as_internal

from .mlm_form_limit import DAY

_SCOPE = "mlm_application_confirm"
#: messages that one address gets in a day, whoever enters it
_MAILS = 3
#: after so long nobody will confirm any more
_FORGOTTEN = timedelta(days=30)


class MlmApplication(models.Model):
    """That the person exists and wants to join, before a code is given for good.

    The person opens a link that came by e-mail: signed, with an end, good once. Whoever came
    by a link of the sponsor may be confirmed by the sponsor instead; anybody by staff.
    """

    _inherit = "mlm.application"
    _guarded = ("confirm_nonce",)

    confirm_nonce = fields.Char(readonly=True, groups=fields.NO_ACCESS, copy=False)

    def _needs_confirmation(self):
        company = self.company_id
        # without mail it is the sponsor of a link who confirms, or staff who decide anyway
        by_sponsor = self.channel == "referral" and not company.mlm_referral_review
        return company.mlm_application_confirm and (self._can_mail() or by_sponsor)

    def _needs_review(self):
        # nobody has said that the person exists, so staff do
        unknown = self.company_id.mlm_application_confirm and not self.confirmed_by
        return unknown or super()._needs_review()

    def _ask_to_confirm(self):
        result = super()._ask_to_confirm()
        self._send_confirmation()
        return result

    def write(self, vals):
        result = super().write(vals)
        if "email" in vals:
            # a link sent to the address before confirms nothing about the new one
            # sudo: the key of the link is nobody's to read or write
            waiting = self.sudo().filtered("confirm_nonce")
            as_internal(waiting).write({"confirm_nonce": False})
        return result

    def _send_confirmation(self):
        """Send the link; an earlier one is worth nothing from then on.

        :return: whether a message was sent: not without mail, nor too often to one address
        """
        self.ensure_one()
        if self.state != "unconfirmed" or not self._can_mail():
            return False
        address = email_normalize(self.email)
        key = f"{self.company_id.id}/mail/{address}/day"
        if not self.env["mlm.form.limit"]._count([(key, DAY, _MAILS)]):
            return False
        # sudo: as above
        as_internal(self.sudo()).write({"confirm_nonce": secrets.token_urlsafe(24)})
        self._notify("confirm")
        return True

    def _get_template(self, what):
        if what == "confirm":
            return "mlm_portal.mail_template_application_confirm"
        return super()._get_template(what)

    def _get_confirmation_url(self):
        """Return the address that confirms this application, for the message to the person."""
        # sudo: as above; the message goes to the person only
        application = self.sudo()
        token = hash_sign(
            application.env,
            _SCOPE,
            {"id": application.id, "nonce": application.confirm_nonce},
            expiration_hours=application.company_id.mlm_confirm_hours,
        )
        return f"{application.get_base_url()}/mlm/confirm/{token}"

    @api.model
    def _from_confirmation(self, token):
        """Return the application (sudo) that a token confirms.

        Empty when it is forged, too old, used, or of an application that was decided.
        """
        # sudo: a visitor; the signature says that it is whom the message was sent to
        applications = self.sudo()
        try:
            values = verify_hash_signed(applications.env, _SCOPE, token or "")
        except ValueError:
            values = None
        if not values:
            return applications.browse()
        found = applications.browse(values["id"]).exists()
        if found.state != "unconfirmed" or not found.confirm_nonce:
            return applications.browse()
        return found if consteq(found.confirm_nonce, values["nonce"]) else found.browse()

    def _mark_confirmed(self, who):
        # sudo: the link is used
        as_internal(self.sudo()).write({"confirm_nonce": False})
        return super()._mark_confirmed(who)

    def _sponsor_decides(self, distributor, what):
        """Carry out what a sponsor asks about somebody who came by the own link.

        :param distributor: the sponsor (sudo), who is the reader
        :param str what: ``confirm``, or ``again`` to send the link once more
        :raise UserError: not under this sponsor, or not possible (any more)
        """
        # sudo: a distributor reads no applications; those of the reader's own people go on
        found = self.sudo().filtered(
            lambda one: one.sponsor_id == distributor and one.state == "unconfirmed"
        )
        if not found:
            raise UserError(self.env._("This application is no longer waiting for confirmation."))
        if what == "again":
            if not found._send_confirmation():
                raise UserError(
                    self.env._(
                        "No more e-mails can be sent to this address today. Try again tomorrow."
                    )
                )
        elif what == "confirm" and found.channel == "referral" and distributor._can_refer():
            found._confirm("sponsor")
        else:
            raise UserError(
                self.env._("People you entered yourself confirm with the link in the e-mail.")
            )

    def action_send_confirmation(self):
        """Send the link once more, for staff."""
        self.ensure_one()
        self.check_access("write")
        if not self._send_confirmation():
            raise UserError(
                self.env._(
                    "No message was sent: three have already gone to this address today, there "
                    "is no outgoing mail server, or the application is already confirmed."
                )
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {"type": "success", "message": self.env._("The link was sent.")},
        }

    @api.autovacuum
    def _gc_unconfirmed(self):
        """Turn down what nobody confirmed, so that the document may apply anew."""
        until = fields.Datetime.now() - _FORGOTTEN
        found = self.search(
            [("state", "=", "unconfirmed"), ("submitted_at", "<", until)], limit=1000
        )
        for one in found:
            one._decide("rejected", self.env._("Nobody confirmed it."))
