from odoo import api, fields, models

from .mlm_distributor import PEOPLE


class MlmDistributor(models.Model):
    """The buttons that open the wizards of the operations."""

    _inherit = "mlm.distributor"

    planned_ids = fields.One2many(
        "mlm.operation",
        "distributor_id",
        string="Planned Changes",
        domain=[("state", "=", "planned")],
        groups=PEOPLE,
    )
    planned_text = fields.Char(compute="_compute_planned_text", groups=PEOPLE)

    def action_change_sponsor(self):
        return self._open_wizard("mlm.sponsor.wizard", self.env._("Change the Sponsor"))

    def action_terminate(self):
        return self._open_wizard("mlm.terminate.wizard", self.env._("Terminate"))

    def action_readmit(self):
        return self._open_wizard("mlm.readmit.wizard", self.env._("Readmit"))

    def action_suspend(self):
        return self._open_wizard("mlm.state.wizard", self.env._("Suspend"), action="suspend")

    def action_reinstate(self):
        return self._open_wizard("mlm.state.wizard", self.env._("Reinstate"), action="reinstate")

    def action_decease(self):
        return self._open_wizard("mlm.state.wizard", self.env._("Record a Death"), action="decease")

    def _open_wizard(self, model, title, **defaults):
        self.ensure_one()
        defaults = {f"default_{name}": value for name, value in defaults.items()}
        return {
            "type": "ir.actions.act_window",
            "name": f"{title}: {self.display_name}",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_distributor_id": self.id, **defaults},
        }

    @api.depends("planned_ids")
    @api.depends_context("lang")
    def _compute_planned_text(self):
        labels = dict(self.env["mlm.operation"]._fields["method"]._description_selection(self.env))
        for record in self:
            record.planned_text = " · ".join(
                self.env._(
                    "%(change)s on %(date)s",
                    change=labels[operation.method],
                    date=record.network_id._local_text(operation.effective_at),
                )
                for operation in record.planned_ids
            )

    def action_view_planned(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Planned Changes"),
            "res_model": "mlm.operation",
            "view_mode": "list,form",
            "domain": [("distributor_id", "=", self.id)],
        }
