# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models


class MlmRun(models.Model):
    """Reports of runs, which `mlm.commission.report` writes."""

    _inherit = "mlm.run"

    def _xlsx_report(self, kind="detail", people=None):
        """Return the bytes of the workbook of these runs."""
        return self.env["mlm.commission.report"]._get_xlsx(self, kind, people)

    def action_reports(self):
        """Choose a report of these runs."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Reports"),
            "res_model": "mlm.commission.wizard",
            "view_mode": "form",
            "target": "new",
            "context": {"default_run_ids": [(6, 0, self.ids)]},
        }

    def action_chart(self):
        """What each bonus paid, as a picture."""
        self.ensure_one()
        action = self._action_earnings(
            title=self.env._("Earned by bonus · %(run)s", run=self.display_name)
        )
        action["view_mode"] = "graph,pivot,list,form"
        action["context"] = {
            "graph_mode": "pie",
            "graph_groupbys": ["bonus_id"],
            "graph_measure": "amount",
        }
        return action

    def action_xlsx(self):
        """Download the commission report."""
        cycles = "-".join(str(run.period_id.number) for run in self)
        name = self.env._("commissions")
        self.check_access("read")
        # who may read the run may read the report that is kept with it, unless each company
        # reads of its own people only
        shared = any(network._is_shared() for network in self.network_id)
        where = {} if shared else {"res_model": "mlm.run", "res_id": self[:1].id}
        # sudo: no right on attachments is needed for it
        attachment = (
            self.env["ir.attachment"]
            .sudo()
            .create(
                {
                    "name": f"{name}-{cycles}.xlsx",
                    "raw": self._xlsx_report(),
                    **where,
                }
            )
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{attachment.id}?download=true",
        }
