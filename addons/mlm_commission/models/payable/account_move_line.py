# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import fields, models
from odoo.exceptions import AccessError, UserError

from odoo.addons.mlm_base.formats import Formats


class AccountMoveLine(models.Model):
    """Journal items as the accountant reads and reconciles them.

    Odoo Community has no screen that reconciles items; what is done with them is its own.
    """

    _inherit = "account.move.line"

    mlm_document = fields.Char(
        related="partner_id.vat",
        string="Document Number",
        help="Of the person of the journal item.",
        groups="account.group_account_readonly",
    )

    def _mlm_action_items(self, name, domain, **context):
        """Open journal items with account, person, document number and label of each.

        :param domain: of ``account.move.line``
        """
        views = ("list", "kanban")
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": "account.move.line",
            "view_mode": ",".join(views),
            "mobile_view_mode": "kanban",
            "views": [
                (self.env.ref(f"mlm_commission.view_mlm_journal_item_{view}").id, view)
                for view in views
            ],
            "search_view_id": [self.env.ref("mlm_commission.view_mlm_journal_item_search").id],
            "domain": domain,
            "context": {"create": False, **context},
        }

    def action_mlm_reconcile(self):
        """Reconcile open items of one person on one account with each other.

        :raise UserError: why these items cannot be reconciled
        """
        if not self.env.user.has_group("mlm_base.group_accountant"):
            raise AccessError(self.env._("Journal items are reconciled by accountants."))
        self.check_access("write")
        self._mlm_ensure_reconcilable()
        self.reconcile()
        self.invalidate_recordset()
        rest = sum(self.mapped("amount_residual"))
        message = self.env._("%s journal items are reconciled.", len(self))
        if not self.company_currency_id.is_zero(rest):
            message = self.env._(
                "%(count)s journal items are reconciled; %(amount)s stays open.",
                count=len(self),
                amount=Formats(self.env, self.company_currency_id).money(abs(rest)),
            )
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "success",
                "message": message,
                "next": {"type": "ir.actions.client", "tag": "soft_reload"},
            },
        }

    def _mlm_ensure_reconcilable(self):
        """UserError that says what to leave out or to do first."""
        reason = self._mlm_get_obstacle()
        if reason:
            raise UserError(reason)

    def _mlm_get_obstacle(self):
        """Return why the items cannot be reconciled with each other, or None."""
        _ = self.env._
        if len(self) < 2:
            return _("Choose two journal items or more: what is owed, and what settles it.")
        drafts = self.filtered(lambda item: item.parent_state != "posted")
        if drafts:
            return _(
                "%s is not posted. Post it first, or leave it out.",
                drafts[:1].move_id.display_name,
            )
        done = self.filtered("reconciled")
        if done:
            return _(
                "%(item)s is reconciled already. Leave it out, or use “Unreconcile” first.",
                item=done[:1].display_name,
            )
        if len(self.company_id) > 1:
            return _(
                "These journal items belong to several companies: %s. Choose those of one.",
                self._mlm_listed(self.company_id),
            )
        if len(self.account_id) > 1:
            return _(
                "These journal items are on several accounts: %s. Choose those of one.",
                self._mlm_listed(self.account_id),
            )
        if not self.account_id.reconcile:
            return _(
                "Journal items of %s are not reconciled: nothing is owed on this account.",
                self.account_id.display_name,
            )
        nobody = self.filtered(lambda item: not item.partner_id)
        if nobody:
            return _(
                "%s names no person. Leave it out, or enter the person in the journal entry.",
                nobody[:1].display_name,
            )
        if len(self.partner_id) > 1:
            return _(
                "These journal items belong to several people: %s. Choose those of one.",
                self._mlm_listed(self.partner_id),
            )
        if len({item.amount_residual > 0 for item in self}) < 2:
            return _(
                "These journal items are all on the same side. Choose what is owed together"
                " with what settles it."
            )
        return None

    def _mlm_listed(self, records, most=3):
        names = records[:most].mapped("display_name")
        return ", ".join(names + ["…"] * (len(records) > most))
