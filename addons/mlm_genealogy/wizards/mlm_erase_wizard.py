from odoo import api, fields, models


class MlmEraseWizard(models.TransientModel):
    """Erasure of what people wrote about events; the events themselves stay."""

    _name = "mlm.erase.wizard"
    _description = "Erase Reasons"

    event_ids = fields.Many2many("mlm.genealogy.event", string="Events", readonly=True)
    text_ids = fields.Many2many(
        "mlm.event.text", string="What Is Erased", compute="_compute_text_ids"
    )
    text_count = fields.Integer(string="Texts", compute="_compute_text_ids")
    ground = fields.Selection(
        lambda self: (
            self.env["mlm.event.erasure"]._fields["ground"]._description_selection(self.env)
        ),
        required=True,
        default="request",
    )
    reference = fields.Char(
        help="Number of the request or court order. It is kept for good: no names, no personal text."
    )

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        if self.env.context.get("active_model") == "mlm.genealogy.event":
            values.setdefault("event_ids", [(6, 0, self.env.context.get("active_ids", []))])
        return values

    @api.depends("event_ids")
    def _compute_text_ids(self):
        for wizard in self:
            texts = self.env["mlm.event.text"].search([("event_id", "in", wizard.event_ids.ids)])
            wizard.text_ids = texts
            wizard.text_count = len(texts)

    def action_erase(self):
        self.ensure_one()
        self.env["mlm.event.text"].check_access("read")
        self.event_ids._erase_reason(self.ground, self.reference)
        return {"type": "ir.actions.act_window_close"}
