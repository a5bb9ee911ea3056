from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

CAUSES = [
    ("resignation", "Resignation"),
    ("expulsion", "Expulsion"),
    ("inactivity", "Inactivity"),
    ("death", "Death without an Heir"),
    ("merge", "Second Enrolment of the Same Person"),
]
PLACEMENTS = [
    ("closed", "Closed spot, volume passes through"),
    ("rollup", "Roll up: the one below takes the spot"),
]


class MlmDistributor(models.Model):
    """Termination: the sponsor tree closes over the person who leaves."""

    _inherit = "mlm.distributor"

    def _terminate(
        self,
        reason,
        effective=None,
        cause="resignation",
        placement="closed",
        document=None,
    ):
        """End the membership of these people.

        Each one's frontline is linked to each one's sponsor, so that no hole stays;
        the person leaves both trees and all lists. The spot in a placement tree is
        closed and passes volume on, or the only position below takes it.

        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; later than now plans it.
            The rules want the close of the cycle: ``network._close_moment()``
        :param str cause: one of ``CAUSES``
        :param str placement: "closed" or "rollup", for all open positions
        :param document: `ir.attachment` that shows why
        :raise UserError: a root with a frontline, or a roll-up with two below
        :return: the events, or the `mlm.operation` that waits
        """
        self._ensure_reason(reason)
        if cause not in dict(CAUSES) or placement not in dict(PLACEMENTS):
            raise ValueError(f"cause {cause!r}, placement {placement!r}")
        self._ensure_terminable()
        planned = self._plan_if_later(
            "_terminate", reason, effective, document, cause=cause, placement=placement
        )
        if planned:
            return planned
        events = self.env["mlm.genealogy.event"]
        for record in self:
            moment = record._get_moment(effective)
            events |= record._terminate_one(reason, moment, cause, placement, document)
        return events

    def _terminate_one(self, reason, moment, cause, placement, document):
        sponsor = self.sponsor_id
        (self | sponsor)._bump_sponsor_version()
        self.invalidate_recordset(["parent_path", "sponsor_id", "state"])
        sponsor = self.sponsor_id
        self._ensure_terminable()
        self._ensure_after_states(moment)
        # sudo: links are written by their operations only; the person is written below as the user
        Link = self.env["mlm.link"].sudo()
        if sponsor:
            Link._ensure_began(Link._open_sponsor_link(self), moment)
        Link._ensure_nobody_later(self, moment)
        after = {"state": "terminated", "treatment": "compress"}
        event = self._record_event(
            "terminated",
            moment,
            reason=reason,
            before={
                **self._get_state_values(),
                "sponsor_id": sponsor.id,
                "sponsor": sponsor.code,
            },
            after={**after, "cause": cause, "placement": placement},
            document=document,
        )
        self._get_frontline()._relink(sponsor, moment, event)
        Link._end_open_sponsors(self, moment)
        as_internal(self).write(after)
        self.flush_recordset()
        self._hang_below(self.browse())
        # sudo: all positions of a person whom the user may write, and did just now
        positions = self.sudo().position_ids.filtered(lambda position: position.state == "open")
        for position in positions:
            if placement == "rollup":
                position._remove(reason, effective=moment, cause=event)
            else:
                position._close(reason, effective=moment, cause=event)
        return event

    def _ensure_terminable(self):
        self._ensure_state(("active", "suspended", "deceased"))
        for record in self:
            if not record.sponsor_id and record._get_frontline():
                raise UserError(
                    self.env._(
                        "%s heads a tree: without a sponsor above, the frontline would hang in"
                        " the air. Transfer the distributorship to somebody else, or move"
                        " the frontline first.",
                        record.display_name,
                    )
                )

    def _get_last_termination(self):
        """Return the event that ended this membership, empty if it never ended."""
        self.ensure_one()
        # sudo: the last one of this person, for the steps that come after it
        return (
            self.env["mlm.genealogy.event"]
            .sudo()
            .search(
                [("distributor_id", "=", self.id), ("kind", "=", "terminated")],
                order="id desc",
                limit=1,
            )
        )

    def _get_former_sponsor(self):
        """Return who sponsored this person until the last termination, or, where that
        one was a second enrolment, who goes on in that place."""
        self.ensure_one()
        before = self._get_last_termination().before or {}
        sponsor = self.browse(before.get("sponsor_id") or [])
        while sponsor.merged_into_id:
            sponsor = sponsor.merged_into_id
        return sponsor
