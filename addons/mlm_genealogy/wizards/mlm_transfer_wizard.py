from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmTransferWizard(models.TransientModel):
    """Transfer of a membership: what goes along, and what stays with the old tax number."""

    _name = "mlm.transfer.wizard"
    _description = "Transfer of a Membership"
    _inherit = ["mlm.change.mixin"]

    old_partner_id = fields.Many2one(
        related="distributor_id.own_partner_id", string="Current holder"
    )
    partner_id = fields.Many2one(
        "res.partner",
        string="New Holder",
        required=True,
        domain="[('type', '=', 'contact'), ('id', '!=', old_partner_id),"
        " ('company_id', 'in', [company_id, False])]",
    )

    @api.model
    def _get_default_timing(self):
        return "close"

    @api.model
    def _get_preview_dependencies(self):
        return [*super()._get_preview_dependencies(), "partner_id"]

    def _get_preview_lines(self):
        person, partner = self.distributor_id._origin, self.partner_id._origin
        lines = []
        deadline = person._get_heir_deadline()
        if deadline:
            lines.append(
                (
                    "info",
                    self.env._("An heir may take over until %s.", self._get_text(deadline)),
                )
            )
        try:
            person._ensure_heir_in_time(self.effective_at or fields.Datetime.now())
            if partner:
                person._ensure_transferable(partner)
        except UserError as error:
            return [*lines, ("danger", error.args[0])]
        if not partner:
            return lines
        lines += [("good", text) for text in person._get_moving_texts()]
        lines += [
            ("warning", text) for text in person._get_staying_texts(person.partner_id.display_name)
        ]
        if person.state == "deceased":
            lines.append(("good", self.env._("The membership continues.")))
        if not partner.vat:
            lines.append(
                (
                    "warning",
                    self.env._("%s has no document number yet.", partner.display_name),
                )
            )
        others = person.co_holder_ids - partner
        if others:
            lines.append(
                (
                    "warning",
                    self.env._(
                        "%s is still co-holder. End that too if it no longer applies.",
                        ", ".join(others.mapped("display_name")),
                    ),
                )
            )
        return [*lines, self._get_moment_line()]

    def action_confirm(self):
        self.ensure_one()
        return self._finish(self.distributor_id._transfer(self.partner_id, **self._get_arguments()))
