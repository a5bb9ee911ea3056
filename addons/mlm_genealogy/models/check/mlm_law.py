from odoo import models

SEAL_CHECK = "event_seal"


class MlmLaw(models.AbstractModel):
    """The seals of the history are verified together with the laws."""

    _inherit = "mlm.law"

    def _get_checks(self):
        return super()._get_checks() | {
            SEAL_CHECK: {
                "module": "mlm_genealogy",
                "description": "What was sealed is unchanged: no row of the history differs,"
                " is gone or came in later.",
                "model": "mlm.event.seal",
            }
        }

    def _run_check(self, name, limit):
        if name == SEAL_CHECK:
            # sudo: the seals cover the rows of all companies
            return self.env["mlm.event.seal"].sudo()._verify(limit)
        return super()._run_check(name, limit)
