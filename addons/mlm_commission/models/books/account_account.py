# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class AccountAccount(models.Model):
    _inherit = "account.account"

    def _action_unmerge(self):
        self.ensure_one()
        base = self.env.company if self.env.company in self.company_ids else self.company_ids[:1]
        # sudo: companies that the user does not see lose the account, too
        self._mlm_ensure_not_sealed(self.sudo().company_ids - base)
        return super()._action_unmerge()

    def _mlm_ensure_not_sealed(self, companies):
        """Refuse to book the items of sealed entries of ``companies`` to another account."""
        # sudo: entries that the user does not see are sealed too
        seal = (
            self.env["mlm.sealed.move"]
            .sudo()
            .search(
                [
                    ("company_id", "in", companies.ids),
                    ("move_id.line_ids.account_id", "in", self.ids),
                ],
                limit=1,
            )
        )
        if seal:
            # sudo: only the name of the account
            raise UserError(
                self.env._(
                    "%(account)s is used in %(entry)s, which stays as it was posted, so the "
                    "account cannot be merged or split.",
                    account=(seal.move_id.line_ids.account_id & self.sudo())[:1].display_name,
                    entry=seal.name,
                )
            )
