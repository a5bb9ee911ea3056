# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.formats import Formats


class MlmPeriod(models.Model):
    """The last step of a cycle: what its run owes is paid."""

    _inherit = "mlm.period"

    def _get_steps(self, run):
        steps = super()._get_steps(run)
        if self.env["mlm.run"].has_access("read"):
            steps.append(self._get_pay_step(run))
        return steps

    def _get_pay_step(self, run):
        note, action, owed = "", False, {}
        if run.state == "posted":
            owed = run._get_owed()
            note = " · ".join(
                self.env._(
                    "%(amount)s owed, people: %(count)s",
                    amount=Formats(self.env, company.currency_id).money(amount),
                    count=count,
                )
                for company, (count, amount) in owed.items()
            )
            # who invoices reads items of invoices and none of these
            items = self.env["account.move.line"]
            if items.has_access("read") and items.search_count(run._owed_domain(), limit=1):
                label = self.env._("What is still to be paid")
                action = self._step_action(run, "action_owed", label)
        return self._step(
            "pay",
            60,
            self.env._("Pay"),
            done=run.state == "posted" and not owed,
            when=run.state == "posted" and not owed and run._get_paid_at(),
            note=note,
            action=action,
        )
