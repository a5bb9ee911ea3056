# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class AccountAccount(models.Model):
    _inherit = "account.account"

    def _action_unmerge(self):
        self.ensure_one()
        base = self.env.company if self.env.company in self.company_ids else self.company_ids[:1]
        self._mlm_ensure_not_sealed(self.sudo().company_ids - base)
        return super()._action_unmerge()

    def _mlm_ensure_not_sealed(self, companies):
        """Refuse to book the items of sealed entries of ``companies`` to another account."""
        # sudo: entries that the user does not see are sealed too
        lines = self.env["account.move.line"].sudo()
        groups = lines._read_group(
            [("account_id", "in", self.ids), ("company_id", "in", companies.ids)],
            ["account_id", "move_id"],
        )
        account_of = {move.id: account for account, move in groups}
        seal = lines.move_id.browse(account_of)._mlm_seals()[:1]
        if seal:
            raise UserError(
                self.env._(
                    "%(account)s stands in %(entry)s, which stays as it was posted, so that the"
                    " account cannot be merged into another one or split.",
                    account=account_of[seal.move_id.id].display_name,
                    entry=seal.name,
                )
            )
