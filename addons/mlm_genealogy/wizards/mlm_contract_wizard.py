from odoo import api, fields, models


class MlmContractWizard(models.TransientModel):
    """Acceptance of texts by somebody who is enrolled already."""

    _name = "mlm.contract.wizard"
    _description = "Acceptance of Contracts"
    _inherit = ["mlm.acceptance.mixin"]

    distributor_id = fields.Many2one("mlm.distributor", required=True, readonly=True)
    acceptance = fields.Selection(required=True)

    @api.depends("distributor_id")
    def _compute_contract_ids(self):
        for wizard in self:
            wizard.contract_ids = wizard.distributor_id.waiting_contract_ids

    def action_confirm(self):
        self.ensure_one()
        self.distributor_id.check_access("write")
        self._ensure_accepted()
        self._accept_for(self.distributor_id)
        return {"type": "ir.actions.act_window_close"}
