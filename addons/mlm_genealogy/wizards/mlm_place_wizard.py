from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmPlaceWizard(models.TransientModel):
    """Placement of somebody who waits in the holding tank, or takes one more position."""

    _name = "mlm.place.wizard"
    _description = "Placement"
    _inherit = ["mlm.spot.mixin"]

    distributor_id = fields.Many2one(
        "mlm.distributor",
        required=True,
        domain="[('network_id.company_ids', '=', company_id), ('kind', '!=', 'customer'),"
        " ('state', '!=', 'terminated')]",
    )
    sponsor_id = fields.Many2one(related="distributor_id.sponsor_id")
    held_count = fields.Integer(
        string="Positions Already Held", compute="_compute_held_count", aggregator=None
    )

    @api.depends("distributor_id", "tree_id")
    def _compute_held_count(self):
        for wizard in self:
            wizard.held_count = len(
                wizard.distributor_id.position_ids.filtered(
                    lambda position, wizard=wizard: position.tree_id == wizard.tree_id
                )
            )

    def _get_sponsor_dependencies(self):
        return ["distributor_id"]

    def _get_sponsor(self):
        # another position of the same person is looked for below the first one
        own = self.distributor_id._origin
        if own and self.tree_id and own._get_position(self.tree_id):
            return own
        return own.sponsor_id

    def _get_spot_lines(self):
        if not self.distributor_id:
            return []
        lines = super()._get_spot_lines()
        if self.held_count >= self.tree_id.max_positions:
            text = self.env._(
                "Already holds %(count)s position(s), the most that the tree allows.",
                count=self.held_count,
            )
            lines.append(self._get_warning_line(text))
        return lines

    def action_place(self):
        """Place the person, and open the distributor."""
        self.ensure_one()
        self.distributor_id.check_access("write")
        if self.strategy == "holding":
            raise UserError(self.env._("Choose a spot."))
        placement = {"distributor": self.distributor_id, **self._prepare_spot()}
        if self.strategy != "spot" and self._get_sponsor() == self.distributor_id:
            spot = self._get_spot()
            if spot:
                placement.pop("strategy")
                placement.update(parent_id=spot[0].id, slot=spot[1])
        position = self.env["mlm.position"]._place_many([placement])
        if not position:
            raise UserError(
                self.env._(
                    "The matrix of the sponsor is full. Name a spot elsewhere, or let the"
                    " person wait."
                )
            )
        return {
            "type": "ir.actions.act_window",
            "res_model": "mlm.distributor",
            "res_id": position.distributor_id.id,
            "view_mode": "form",
        }
