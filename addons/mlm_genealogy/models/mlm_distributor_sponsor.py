from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..internal import as_internal


class MlmDistributor(models.Model):
    """Who sponsors whom, and the change of it."""

    _inherit = "mlm.distributor"

    def _bump_sponsor_version(self):
        """Make every other enrolment or move under these sponsors collide with ours.

        At REPEATABLE READ two transactions that do not write the same row both
        commit, and leave an outdated path or even a cycle. Both write this counter,
        so that the later one fails with a serialization failure and is retried.
        """
        if not self:
            return
        self.flush_recordset()
        self.env.cr.execute(
            SQL(
                """UPDATE mlm_distributor SET sponsor_version = sponsor_version + 1
                    WHERE id = ANY(%s)""",
                sorted(self.ids),
            ),
            # a collision is met by a retry and is no error of the log
            log_exceptions=False,
        )
        self.invalidate_recordset(["sponsor_version", "parent_path"], flush=False)

    def _set_sponsor(self, new_sponsor, effective, reason):
        """Move this person with the whole downline under ``new_sponsor``.

        The caller has checked the right to do so.

        :param new_sponsor: `mlm.distributor`, not empty
        :param effective: naive UTC datetime from which the new link is valid; not
            before the present link began and not in the future
        :param str reason: why
        :raise UserError: the sponsor is not possible, or the date is not
        """
        self.ensure_one()
        old_sponsor = self.sponsor_id
        (old_sponsor | new_sponsor)._bump_sponsor_version()
        self.invalidate_recordset(["parent_path", "sponsor_id"])
        self._ensure_sponsor_possible(new_sponsor)
        if effective > fields.Datetime.now():
            raise UserError(self.env._("A sponsor change cannot begin in the future."))
        # sudo: links are written by the change only, never by a person
        self.env["mlm.link"].sudo()._replace_open(
            self, effective, parent_distributor_id=new_sponsor.id
        )
        as_internal(self).write({"sponsor_id": new_sponsor.id, "is_root": False})
        self.flush_recordset()
        self._record_event(
            "sponsor_changed",
            effective,
            reason=reason,
            before={"sponsor_id": old_sponsor.id, "sponsor": old_sponsor.code},
            after={"sponsor_id": new_sponsor.id, "sponsor": new_sponsor.code},
        )

    def _ensure_sponsor_possible(self, sponsor):
        self.ensure_one()
        if not sponsor:
            raise UserError(self.env._("Choose the new sponsor."))
        if sponsor.company_id != self.company_id:
            raise UserError(
                self.env._("%s belongs to the network of another company.", sponsor.display_name)
            )
        sponsor._ensure_can_sponsor()
        if self.id in [sponsor.id, *sponsor._upline_ids()]:
            raise UserError(
                self.env._(
                    "%(name)s cannot be placed under %(sponsor)s, who belongs to the own downline.",
                    name=self.display_name,
                    sponsor=sponsor.display_name,
                )
            )

    def _ensure_can_sponsor(self):
        for record in self:
            if record.kind == "customer":
                raise UserError(
                    self.env._(
                        "%s is a customer and sponsors nobody. Choose a distributor.",
                        record.display_name,
                    )
                )
            if record.state == "terminated":
                raise UserError(
                    self.env._(
                        "%s has left the network. Choose an active sponsor.",
                        record.display_name,
                    )
                )

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
        return (
            self.env["mlm.genealogy.event"]
            .sudo()
            .create(
                [
                    {
                        "kind": kind,
                        "distributor_id": record.id,
                        "company_id": record.company_id.id,
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
        )
