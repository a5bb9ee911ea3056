# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class AccountMergeWizard(models.TransientModel):
    _inherit = "account.merge.wizard"

    @api.model
    def _action_merge(self, accounts):
        # sudo: which companies have entries on an account, also those one does not see
        accounts[1:]._mlm_ensure_not_sealed(accounts.sudo().company_ids)
        return super()._action_merge(accounts)
