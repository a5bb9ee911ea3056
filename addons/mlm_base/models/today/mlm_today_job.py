from odoo import api, models


class MlmToday(models.AbstractModel):
    _inherit = "mlm.today"

    @api.model
    def _card_jobs(self):
        domain = [("deaths", ">", 0)]
        return self._count_card(
            "jobs",
            self.env._("Work that broke off"),
            self.env._("A process in the background died. The list says on what it worked."),
            15,
            "mlm.job",
            domain,
            "mlm_base.mlm_job_action",
            verb=self.env._("See why"),
            tone="danger",
            icon="fa-cogs",
        )
