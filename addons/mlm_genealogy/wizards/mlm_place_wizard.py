from odoo import api, fields, models
from odoo.exceptions import UserError


class MlmPlaceWizard(models.TransientModel):
    """Placement of somebody who waits in the holding tank."""

    _name = "mlm.place.wizard"
    _description = "Placement"
    _inherit = ["mlm.spot.mixin"]

    distributor_id = fields.Many2one(
        "mlm.distributor",
        required=True,
        domain="[('company_id', '=', company_id), ('kind', '!=', 'customer'),"
        " ('position_ids', '=', False), ('state', '!=', 'terminated')]",
    )
    sponsor_id = fields.Many2one(related="distributor_id.sponsor_id")

    @api.depends("distributor_id")
    def _compute_spot_preview(self):
        return super()._compute_spot_preview()

    def _get_spot_dependencies(self):
        return [*super()._get_spot_dependencies(), "distributor_id"]

    def _get_sponsor(self):
        return self.distributor_id.sponsor_id

    def action_place(self):
        """Place the person, and open the new position."""
        self.ensure_one()
        self.distributor_id.check_access("write")
        if self.strategy == "holding":
            raise UserError(self.env._("Choose a spot."))
        if self.distributor_id._get_position(self.tree_id):
            raise UserError(
                self.env._(
                    "%s has a position in this tree already, and a placement is final.",
                    self.distributor_id.display_name,
                )
            )
        placement = {"distributor": self.distributor_id, "tree_id": self.tree_id.id}
        if self.strategy == "spot":
            position, leg = self._get_spot()
            placement.update(parent_id=position.id, leg=leg)
        else:
            placement["strategy"] = self.strategy
        position = self.env["mlm.position"]._place_many([placement])
        return {
            "type": "ir.actions.act_window",
            "res_model": "mlm.distributor",
            "res_id": position.distributor_id.id,
            "view_mode": "form",
        }
