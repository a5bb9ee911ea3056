# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmRun(models.Model):
    """What is still owed of a posted run: its open items on the accounts of commissions."""

    _inherit = "mlm.run"

    def _owed_domain(self):
        # sudo: which accounts commissions are owed on, of a run that is read
        chunks = self.sudo().chunk_ids
        accounts = self.env["account.account"].union(
            *(company._mlm_payable_accounts() for company in chunks.company_id)
        )
        return [("move_id", "in", chunks.move_id.ids), ("account_id", "in", accounts.ids)]

    def _get_owed(self):
        """Return ``{company: (people, amount)}`` of what is not paid yet, a float of the
        company's currency as its books say it; empty: all is paid."""
        self.ensure_one()
        # sudo: how much of the run is open, for who sees its amounts
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(
                [*self._owed_domain(), ("reconciled", "=", False)],
                ["company_id"],
                ["partner_id:count_distinct", "amount_residual:sum"],
            )
        )
        return {company: (count, -amount) for company, count, amount in groups}

    def _get_paid_at(self):
        """Return the moment (naive UTC) at which the last item was settled, or False."""
        # sudo: as above
        partials = self.env["account.partial.reconcile"].sudo()
        [(moment,)] = partials._read_group(
            [("credit_move_id", "any", self._owed_domain())], [], ["create_date:max"]
        )
        return moment or False

    def action_owed(self):
        """The open items of the run, one for each person, to be paid."""
        self.ensure_one()
        return self.env["account.move.line"]._mlm_action_items(
            self.env._("To pay · %(run)s", run=self.display_name),
            self._owed_domain(),
            search_default_unreconciled=1,
        )
