from odoo import models

from odoo.addons.mlm_base.internal import as_internal


class MlmDistributor(models.Model):
    """The history that operations write."""

    _inherit = "mlm.distributor"

    def _record_event(
        self,
        kind,
        effective,
        reason=False,
        before=None,
        after=None,
        position=None,
        cause=None,
        document=None,
    ):
        """Add one row to the history of each of these people.

        :param dict before: codes and ids only, never personal text
        :param cause: the event that brought this one about
        :param document: `ir.attachment` that shows why
        :return: the events, as sudo records
        """
        # sudo: nobody may write the history by hand; the author stays the user
        return as_internal(self.env["mlm.genealogy.event"].sudo()).create(
            [
                {
                    "kind": kind,
                    "distributor_id": record.id,
                    "company_id": record.company_id.id,
                    "network_id": record.network_id.id,
                    "position_id": position.id if position else False,
                    "effective_at": effective,
                    "reason": reason,
                    "before": before,
                    "after": after,
                    "cause_id": cause.id if cause else False,
                    "attachment_id": document.id if document else False,
                }
                for record in self
            ]
        )
