# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models


class MlmToday(models.AbstractModel):
    """The controller's daily list: what others have left open, and in whose hands it is."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions" and self._controls():
            cards += [self._card_uninvoiced(), self._card_unmatched()]
        return cards

    @api.model
    def _controls(self):
        roles = ("accountant", "auditor")
        return any(self.env.user.has_group(f"mlm_base.group_{role}") for role in roles)

    @api.model
    def _card_uninvoiced(self):
        """Orders with volume that somebody confirmed and nobody invoiced."""
        domain = [
            ("state", "=", "sale"),
            ("invoice_status", "=", "to invoice"),
            ("mlm_distributor_id", "!=", False),
            ("company_id", "in", self.env.companies.ids),
        ]
        return self._count_card(
            "uninvoiced",
            self.env._("Orders without an invoice"),
            self.env._("They are confirmed and count for nobody until they are invoiced and paid."),
            13,
            "sale.order",
            domain,
            "sale.action_orders",
            owner="user_id",
            tone="warning",
            icon="fa-file-text-o",
        )

    @api.model
    def _card_unmatched(self):
        """Payments of customers that settle no invoice, or not with all of their amount."""
        domain = [
            ("payment_type", "=", "inbound"),
            ("partner_type", "=", "customer"),
            ("state", "in", ("in_process", "paid")),
            ("is_reconciled", "=", False),
            # without a journal entry only the invoice says what it settled
            "|",
            ("move_id", "!=", False),
            ("invoice_ids", "=", False),
            ("company_id", "in", self.env.companies.ids),
        ]
        return self._count_card(
            "unmatched",
            self.env._("Payments without an invoice"),
            self.env._("Payments from customers that are not fully applied to invoices."),
            14,
            "account.payment",
            domain,
            "account.action_account_payments",
            owner="create_uid",
            tone="warning",
            icon="fa-question-circle-o",
        )
