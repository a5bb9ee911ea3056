# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).

from odoo import api, models

from odoo.addons.mlm_base.internal import as_internal, as_system
from odoo.addons.mlm_commission.failpoint import hit

# Up to so many members the verdict is there as soon as the button is pressed.
INLINE_MEMBERS = 1_000
# Differences are counted to the last one; so many are kept to be read.
KEPT = 1_000


class MlmRunAudit(models.Model):
    _inherit = "mlm.run.audit"

    @api.model
    def _request(self, run, scope=None, size=0, distributor=None, automatic=False):
        """Queue an audit of a run, or make it at once where the network is small.

        :param scope: as the field; None: everybody, or a sample where there are many
        """
        network = run.network_id
        # sudo: how many there are, of everybody; the caller has checked who may audit or submit
        members = run.sudo()._count_members(max(network.audit_whole, INLINE_MEMBERS) + 1)
        if scope is None:
            scope = "all" if members <= network.audit_whole else "sample"
        # sudo: nobody creates an audit but here, where its values are known
        audit = as_internal(self.sudo()).create(
            {
                "run_id": run.id,
                "scope": scope,
                "size": (size or network.audit_sample) if scope == "sample" else 0,
                "distributor_id": distributor.id if scope == "person" else False,
                "requested_by_id": self.env.uid,
                "is_automatic": automatic,
                "digest": run.digest,
                "snapshot_sha": run.snapshot_sha,
            }
        )
        if members <= INLINE_MEMBERS:
            # sudo: a verdict owes nothing to the context or the defaults of who asks
            as_system(audit)._finish()
        else:
            # sudo: who may audit may wake the work
            self.env.ref("mlm_control.cron_audit").sudo()._trigger()
        return audit

    def _finish(self, progress=None):
        """Recompute and keep the verdict. Repeatable after a kill: nothing is kept before."""
        self.ensure_one()
        run = self.run_id
        verdict = run._audit(
            scope=self.scope, size=self.size, distributor=self.distributor_id, progress=progress
        )
        found = verdict["differences"]
        hit("audit.compared")
        self.difference_ids.unlink()
        as_internal(self.env["mlm.run.audit.difference"]).create(
            [{**values, "audit_id": self.id} for values in found[:KEPT]]
        )
        as_internal(self).write(
            {
                "state": "different" if found else "clean",
                "people": verdict["people"],
                "note": verdict["note"],
                "difference_count": len(found),
                "error": False,
                "finished_at": self.env.cr.now(),
            }
        )
        hit("audit.stored")
        if found:
            run.message_post(
                body=self.env._(
                    "The audit found %(count)s differences between the run and its recomputation.",
                    count=len(found),
                )
            )

    # -- background ----------------------------------------------------------

    def _do_waiting(self):
        people = self.run_id._count_members(None) if self.scope == "all" else self.size or 1
        report = self.env["mlm.run.progress"]._watch(self.run_id, "audit", people)
        # one stage only, which the state names already
        self._finish(lambda fraction: report("", fraction))

    def _keep_failure(self, message):
        as_internal(self).write(
            {"state": "failed", "error": message, "finished_at": self.env.cr.now()}
        )
