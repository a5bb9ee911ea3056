from odoo import fields, models


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
            ("mistake", "Should Never Have Been Written"),
            ("retention", "End of the Retention Period"),
        ],
        required=True,
    )
    reference = fields.Char(
        help="Number of the request or order. It stays for good: no names, no personal text."
    )

    _event_uniq = models.Constraint("UNIQUE(event_id)", "The text of this event is erased.")
