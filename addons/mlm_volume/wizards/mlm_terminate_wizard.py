# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmTerminateWizard(models.TransientModel):
    _inherit = "mlm.terminate.wizard"

    def _get_preview_lines(self):
        lines = super()._get_preview_lines()
        person = self.distributor_id
        orders = person._mlm_open_orders()
        if orders and person.sponsor_id:
            lines.append(
                (
                    "warning",
                    self.env._(
                        "%(count)s confirmed orders of customers are not in the ledger yet: their"
                        " volume will go to %(sponsor)s.",
                        count=len(orders),
                        sponsor=person.sponsor_id.display_name,
                    ),
                )
            )
        return lines
