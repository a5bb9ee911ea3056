from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from .mlm_distributor_leave import PLACEMENTS


class MlmDistributor(models.Model):
    """One person enrolled twice: one membership goes on, the other one ends."""

    _inherit = "mlm.distributor"

    def _merge_into(self, survivor, reason, effective=None, placement="closed", document=None):
        """End this second enrolment of a person who goes on as ``survivor``.

        The frontline goes to the survivor where that one is above, so that nobody
        changes the line, and otherwise to the sponsor. Positions become closed spots
        that pass volume through. Ledger and earnings stay where they were made; what
        the contact of this enrolment buys from then on counts for the survivor.

        :param survivor: `mlm.distributor`, who keeps code, sponsor and positions
        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; later than now plans it
        :param str placement: "closed" or "rollup", for the open positions
        :param document: `ir.attachment` that shows why
        :raise UserError: one of the two has left, or heads a tree
        :return: the event, or the `mlm.operation` that waits
        """
        self.ensure_one()
        self._ensure_reason(reason)
        if placement not in dict(PLACEMENTS):
            raise ValueError(f"placement {placement!r}")
        self._ensure_mergeable(survivor)
        planned = self._plan_if_later(
            "_merge_into", reason, effective, document, survivor=survivor, placement=placement
        )
        if planned:
            return planned
        moment = self._get_moment(effective)
        (self | self.sponsor_id | survivor)._bump_sponsor_version()
        (self | survivor).invalidate_recordset(["parent_path", "sponsor_id", "state"])
        self._ensure_mergeable(survivor)
        event = self._record_event(
            "merged",
            moment,
            reason=reason,
            before={"code": self.code},
            after={"survivor_id": survivor.id, "survivor": survivor.code},
            document=document,
        )
        if self._get_merge_sponsor(survivor) == survivor:
            frontline = self._get_frontline()
            self._ensure_above_since(survivor, frontline, moment)
            frontline._relink(survivor, moment, event)
            self.invalidate_recordset(["child_ids"])
        self._terminate_one(reason, moment, "merge", placement, document)
        for row in self._get_open_holders().filtered(lambda row: row.role == "co_holder"):
            row._end(max(moment, row.valid_from))
        as_internal(self).write({"merged_into_id": survivor.id})
        self.flush_recordset()
        self.invalidate_recordset(["holder_ids", "co_holder_ids"])
        return event

    def _ensure_mergeable(self, survivor):
        self.ensure_one()
        if not survivor:
            raise UserError(self.env._("Choose the membership that goes on."))
        if survivor == self:
            raise UserError(self.env._("Choose another membership: this one ends."))
        if survivor.network_id != self.network_id:
            raise UserError(self.env._("%s belongs to another network.", survivor.display_name))
        if survivor.merged_into_id:
            raise UserError(
                self.env._(
                    "%(name)s ended in %(other)s itself. Merge into that one.",
                    name=survivor.display_name,
                    other=survivor.merged_into_id.display_name,
                )
            )
        survivor._ensure_state(("active", "suspended", "deceased"))
        self._ensure_terminable()
        frontline = self._get_frontline()
        if frontline and self._get_merge_sponsor(survivor).kind == "customer":
            raise UserError(
                self.env._(
                    "%(survivor)s is a customer and sponsors nobody, but %(name)s sponsors"
                    " people. Promote the survivor first, or merge the other way round.",
                    survivor=survivor.display_name,
                    name=self.display_name,
                )
            )

    def _get_merge_sponsor(self, survivor):
        """Return to whom the frontline goes: nobody ever changes the line."""
        return survivor if survivor.id in self._upline_ids() else self.sponsor_id

    def _ensure_above_since(self, survivor, frontline, moment):
        # sudo: links tell who was above whom, which the message names by code only
        above = set(self.env["mlm.link"].sudo()._upline_since(survivor, moment))
        below = frontline.filtered(lambda person: person.id in above)
        if frontline and (below or survivor.id not in self._upline_ids(moment)):
            raise UserError(
                self.env._(
                    "%(survivor)s was not above %(people)s all the time since %(date)s."
                    " Choose a later date.",
                    survivor=survivor.display_name,
                    people=", ".join((below or frontline)[:5].mapped("code")),
                    date=self.network_id._local_text(moment),
                )
            )
