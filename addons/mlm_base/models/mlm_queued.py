# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, models

from ..background import attempt


class MlmQueued(models.AbstractModel):
    """Records whose work waits for the background and is done one after the other.

    The state says that it waits. The work of a record is one transaction; a failure leaves
    nothing of it but a message (``_keep_failure``).
    """

    _name = "mlm.queued"
    _description = "Work That Waits"

    @api.model
    def _get_waiting(self):
        """Return the states in which a record waits for its work."""
        return ("queued",)

    @api.model
    def _cron_work(self):
        """Do what waits, the oldest first."""
        for record in self.search([("state", "in", self._get_waiting())], order="id"):
            record._work()
            self.env["ir.cron"]._commit_progress(1)

    @api.model
    def _mlm_needs_process(self, cron):
        return bool(self.search_count([("state", "in", self._get_waiting())], limit=1))

    def _work(self):
        """Do the work of one record unless somebody else is at it."""
        self.ensure_one()
        if self.try_lock_for_update(allow_referencing=True):
            attempt(self, self._work_once)

    def _work_once(self):
        """One attempt, unless somebody took or stopped it before."""
        waits = self.try_lock_for_update(allow_referencing=True)
        if waits and self.state in self._get_waiting():
            self._do_waiting()

    def _do_waiting(self):
        """Do the work; the record is locked and waits."""
        raise NotImplementedError
