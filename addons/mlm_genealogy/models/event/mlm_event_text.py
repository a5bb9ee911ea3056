import hashlib
import secrets

from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmEventText(models.Model):
    """What people wrote about an event, apart from the event itself.

    The event is never changed and holds only a salted hash of the text. The text is
    personal data: it can be erased here, and the history stays whole and provable.
    """

    _name = "mlm.event.text"
    _description = "Text of a Genealogy Event"
    _inherit = "mlm.guarded"
    _log_access = False
    _rec_name = "event_id"
    _server_only = True

    event_id = fields.Many2one(
        "mlm.genealogy.event", required=True, readonly=True, ondelete="restrict"
    )
    salt = fields.Char(required=True, readonly=True)
    text = fields.Text(required=True, readonly=True)

    _event_uniq = models.Constraint("UNIQUE(event_id)", "An event has one text.")

    @api.model
    def _seal_text(self, text):
        """Return (salt, hash in hexadecimal) of a text; the hash goes to the event."""
        salt = secrets.token_hex(16)
        return salt, hashlib.sha256((salt + text).encode()).hexdigest()

    def write(self, vals):  # pylint: disable=method-required-super
        raise UserError(
            self.env._(
                "The reason of an event cannot be changed. Record what is right as a new"
                " event; an administrator can erase personal text."
            )
        )


class MlmEventErasure(models.Model):
    """Whose text of which event was erased, by whom, when and on what ground."""

    _name = "mlm.event.erasure"
    _description = "Erasure of an Event's Text"
    _inherit = ["mlm.append.only"]
    _order = "id desc"
    _rec_name = "event_id"
    _log_access = False

    event_id = fields.Many2one("mlm.genealogy.event", required=True, ondelete="restrict")
    company_id = fields.Many2one("res.company", required=True, index=True, ondelete="restrict")
    distributor_id = fields.Many2one(
        "mlm.distributor", required=True, index=True, ondelete="restrict"
    )
    ground = fields.Selection(
        [
            ("request", "Request of the Person"),
            ("order", "Order of an Authority"),
            ("mistake", "Should not have been recorded"),
            ("retention", "End of the Retention Period"),
        ],
        required=True,
    )
    reference = fields.Char(
        help="Number of the request or court order. It is kept for good: no names, no personal text."
    )

    _event_uniq = models.Constraint("UNIQUE(event_id)", "The text of this event has been erased.")
