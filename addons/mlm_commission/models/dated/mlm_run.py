# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models
from odoo.exceptions import UserError


class MlmRun(models.Model):
    """The entries of a run belong in the fiscal year in which its cycle ends."""

    _name = "mlm.run"
    _inherit = ["mlm.run", "mlm.dated"]

    def _get_posting_days(self):
        if self.state not in ("preview", "submitted", "approved"):
            return {}
        return self._get_open_dates(self.network_id.company_ids, self._posting_date())

    def _get_day_due(self):
        return self.period_id.date_end

    def _get_date_askers(self):
        return self.computed_by_id | self.submitted_by_id

    def _ensure_not_allowed_by_me(self):
        """UserError for who allowed the date and would post alone what nobody else dated so."""
        # sudo: users only
        if self.env.user == self.sudo().date_allowed_by_id:
            raise UserError(
                self.env._(
                    "You allowed the date of %s yourself. Somebody else has to post it.",
                    self.display_name,
                )
            )
