# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import models

from odoo.addons.mlm_base.internal import as_system
from odoo.addons.queue_job.delay import group


class MlmRun(models.Model):
    """Entries and statements of a run, a job for each part and one that seals it."""

    _inherit = "mlm.run"

    def _wake_posting(self):
        """Have the queue post what is left, on whatever host; nothing is woken here.

        The hourly action still takes what a job has left.
        """
        # sudo: who may post was checked before anything was woken; the words of the entries are the
        # system's, whoever pressed the button
        run = as_system(self)
        seal = run.delayable(description=run.display_name)._queue_seal()
        parts = [
            run.delayable(
                description=f"{run.display_name} · {chunk.company_id.name} · {chunk.number}",
                identity_key=f"mlm-post-{chunk.id}",
            )._queue_post(chunk.id)
            for chunk in run.chunk_ids.filtered(lambda chunk: not chunk.move_id)
        ]
        (group(*parts).on_done(seal) if parts else seal).delay()

    def _queue_post(self, chunk_id):
        """Job: one part, unless it has its entry or somebody has stopped the posting."""
        if self.state == "posting" and not self._is_stopped():
            self._watch_posting()
            self._post_chunk(self.env["mlm.run.chunk"].browse(chunk_id))

    def _queue_seal(self):
        """Job: the end of the posting, once every part has its entry."""
        if self.state == "posting" and all(chunk.move_id for chunk in self.chunk_ids):
            self._watch_posting()
            self._finish_posting()

    def _queue_failed(self, exc_message="", **values):
        """What has become of a job is told on the run, and by it on the page of the day."""
        self._keep_failure(exc_message)
