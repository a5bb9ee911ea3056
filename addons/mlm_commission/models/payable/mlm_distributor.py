# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmDistributor(models.Model):
    _inherit = "mlm.distributor"

    def action_mlm_items(self):
        """What was earned, withheld and paid: items of commission entries and of the accounts
        on which commissions are owed, of whoever holds or held the membership."""
        self.ensure_one()
        company = self.company_id
        people = self.partner_id | self._get_former_holders()[self.id]
        return self.env["account.move.line"]._mlm_action_items(
            self.env._("Journal items of %s", self.display_name),
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", people.ids),
                "|",
                ("account_id", "in", company._mlm_payable_accounts().ids),
                ("move_id", "in", self.statement_ids.move_id.ids),
            ],
            search_default_posted=1,
        )
