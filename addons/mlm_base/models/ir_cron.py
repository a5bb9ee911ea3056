from odoo import fields, models

from .. import background


class IrCron(models.Model):
    _name = "ir.cron"
    _inherit = ["mlm.guarded", "ir.cron"]
    _free = ("mlm_own_process",)

    mlm_own_process = fields.Boolean(
        string="In a Process of Its Own",
        help="The server only starts and watches the work: the server's limits of time and "
        "memory do not stop it, and it cannot bring the server down.",
    )

    def _callback(self, cron_name, server_action_id):
        if self._mlm_goes_apart(server_action_id):
            return self.env["mlm.job"]._wake(self)
        return super()._callback(cron_name, server_action_id)

    def _mlm_goes_apart(self, server_action_id):
        # sudo: whoever runs an action needs no right to read it
        cron = self.sudo()
        if not cron.mlm_own_process or background.is_together():
            return False
        model = cron.env["ir.actions.server"].browse(server_action_id).model_name
        return self.env[model]._mlm_needs_process(cron)
