# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from odoo.addons.mlm_base.formats import Formats


class MlmToday(models.AbstractModel):
    """The day of who keeps the books: what is owed, and what would fall into a locked period."""

    _inherit = "mlm.today"

    @api.model
    def _get_cards(self, room):
        cards = super()._get_cards(room)
        if room == "commissions" and self._keeps_books():
            cards += [*self._cards_payable(), self._card_locked()]
        return cards

    @api.model
    def _keeps_books(self):
        """Whether the reader sees journal items and has to do with them."""
        roles = ("accountant", "auditor")
        return self.env["account.move.line"].has_access("read") and any(
            self.env.user.has_group(f"mlm_base.group_{role}") for role in roles
        )

    @api.model
    def _cards_payable(self):
        """Commissions that are posted and not paid, one card for each company that owes some."""
        payables = self.env["mlm.payable"]
        groups = payables.has_access("read") and payables._read_group(
            [("company_id", "in", self.env.companies.ids)],
            ["company_id"],
            ["partner_id:count_distinct", "total:sum"],
        )
        return [
            self._card(
                f"payable-{company.id}",
                self.env._("Commissions to pay")
                + (f" · {company.name}" if len(groups) > 1 else ""),
                self.env._("People to whom posted commissions are owed: %s.", people),
                20,
                amount=Formats(self.env, company.currency_id).money(amount),
                open={
                    "action": "mlm_commission.action_mlm_payable",
                    "model": "mlm.payable",
                    "domain": [("company_id", "=", company.id)],
                },
                icon="fa-money",
                waits=False,
            )
            for company, people, amount in groups or ()
        ]

    @api.model
    def _card_locked(self):
        """Runs on their way whose entries would be dated in a locked period."""
        runs = self.env["mlm.run"].search([("state", "in", ("submitted", "approved"))])
        locked = runs.filtered(self._is_locked)
        if not locked:
            return None
        return self._card(
            "locked",
            self.env._("Entries in a locked period"),
            self.env._(
                "If they are posted as they are, they get the date of the first open day. Change "
                "the accounting date, or leave it."
            ),
            7,
            count=len(locked),
            open={
                "action": "mlm_commission.action_mlm_run",
                "model": "mlm.run",
                "domain": [("id", "in", locked.ids)],
            },
            tone="warning",
            icon="fa-calendar-times-o",
        )

    @api.model
    def _is_locked(self, run):
        date = run._posting_date()
        homes = run.network_id._get_homes() & self.env.companies
        return any(day != date for day in run._get_open_dates(homes, date).values())
