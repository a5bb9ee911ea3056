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
    ("rollup", "Roll up: the position below takes the spot"),
]


class MlmDistributor(models.Model):
    """Somebody leaves, and may come back.

    Termination: the sponsor tree closes over the person who leaves. Readmission: to whom, and
    with which downline.
    """

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
                        "%s is the head of a tree: without a sponsor above, the frontline would "
                        "have no line. Transfer the membership to somebody else, or move the "
                        "frontline first.",
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

    def _readmit(self, sponsor, reason, effective=None, downline=None, document=None):
        """Take back somebody whose membership was terminated.

        The code, the title rank and the closed spots come back; carry that expired
        does not, and terms are not prolonged (rules of the plan).

        :param sponsor: `mlm.distributor`: the one of old, or another
        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; not before the termination
        :param downline: `mlm.distributor` of the former frontline who come back below
            the person, each with the own downline; see `_get_former_frontline`
        :param document: `ir.attachment` that shows why
        :raise UserError: the sponsor is not possible, or one of ``downline`` is bound
            elsewhere by now
        :return: the event, or the `mlm.operation` that waits
        """
        self.ensure_one()
        self._ensure_reason(reason)
        self._ensure_readmissible(sponsor)
        downline = self.browse() if downline is None else downline
        planned = self._plan_if_later(
            "_readmit", reason, effective, document, sponsor=sponsor, downline=downline
        )
        if planned:
            return planned
        moment = self._get_moment(effective)
        (self | sponsor | downline.sponsor_id)._bump_sponsor_version()
        self.invalidate_recordset(["state", "sponsor_id", "parent_path"])
        downline.invalidate_recordset(["state", "sponsor_id", "parent_path"])
        self._ensure_readmissible(sponsor)
        ended = self._get_last_termination()
        if moment < ended.effective_at:
            raise UserError(
                self.env._(
                    "%(name)s left on %(date)s and cannot come back before that.",
                    name=self.display_name,
                    date=self.network_id._local_text(ended.effective_at),
                )
            )
        self._ensure_returning(downline, sponsor)
        # sudo: links are written by their operations only; the person is written below as the user
        Link = self.env["mlm.link"].sudo()
        self._ensure_never_below(sponsor, moment)
        self._ensure_never_above(downline, sponsor, moment)
        after = {"state": "active", "treatment": "earn"}
        event = self._record_event(
            "readmitted",
            moment,
            reason=reason,
            before=self._get_state_values(),
            after={
                **after,
                "sponsor_id": sponsor.id,
                "sponsor": sponsor.code,
                "downline": downline.mapped("code"),
            },
            document=document,
        )
        Link._open_sponsors([(self, sponsor, event, moment)])
        # the sponsor first: without one, an active person would be a second root
        self._hang_below(sponsor)
        as_internal(self).write(after)
        self.flush_recordset()
        for old, people in downline.grouped("sponsor_id").items():
            (old | self)._bump_sponsor_version()
            people._relink(self, moment, event)
        # sudo: all positions of a person whom the user may write, and did just now
        for position in self.sudo().position_ids.filtered(lambda spot: spot.state == "closed"):
            position._reopen(reason, effective=moment, cause=event)
        return event

    def _ensure_readmissible(self, sponsor):
        self.ensure_one()
        self._ensure_state(("terminated",))
        if self.merged_into_id:
            raise UserError(
                self.env._(
                    "%(name)s was the second enrolment of a person who continues as "
                    "%(survivor)s. Use that membership.",
                    name=self.display_name,
                    survivor=self.merged_into_id.display_name,
                )
            )
        self._ensure_sponsor_possible(sponsor)

    def _ensure_returning(self, downline, sponsor):
        former = {item["person"]: item for item in self._get_former_frontline(sponsor)}
        for person in downline:
            item = former.get(person)
            if not item:
                raise UserError(
                    self.env._(
                        "%(person)s was not sponsored by %(name)s at the termination.",
                        person=person.display_name,
                        name=self.display_name,
                    )
                )
            if item["conflict"]:
                raise UserError(
                    self.env._(
                        "%(person)s cannot come back: %(conflict)s",
                        person=person.display_name,
                        conflict=item["conflict"],
                    )
                )

    def _ensure_never_above(self, downline, sponsor, moment):
        """Refuse people who were above the sponsor at some time since ``moment``: their
        links would close a circle in the past."""
        # sudo: links tell who was above whom, which the message names by code only
        above = {sponsor.id, *self.env["mlm.link"].sudo()._upline_since(sponsor, moment)}
        circle = downline.filtered(lambda person: person.id in above)
        if circle:
            raise UserError(
                self.env._(
                    "%(people)s were above %(sponsor)s after %(date)s, so they cannot come back "
                    "as of that date. Choose a later date.",
                    people=", ".join(circle.mapped("code")),
                    sponsor=sponsor.display_name,
                    date=self.network_id._local_text(moment),
                )
            )

    def _get_former_frontline(self, sponsor=None):
        """Return the people whom the last termination linked to somebody else.

        :param sponsor: `mlm.distributor` under whom the person would come back
        :return: list of ``{"person", "sponsor", "conflict"}``: the person, the present
            sponsor, and why the person cannot come back, empty if nothing hinders
        """
        self.ensure_one()
        # sudo: links of people whom the user may read, asked for who opened them
        events = self._get_last_termination().sudo()
        relinked = events.search([("cause_id", "=", events.id), ("kind", "=", "relinked")])
        if not events or not relinked:
            return []
        # sudo: as above
        open_links = (
            self.env["mlm.link"]
            .sudo()
            .search(
                [
                    ("distributor_id", "in", relinked.distributor_id.ids),
                    ("tree_id", "=", False),
                    ("superseded_at", "=", False),
                    ("valid_to", "=", False),
                ]
            )
        )
        link_of = {link.distributor_id.id: link for link in open_links}
        above = {sponsor.id, *sponsor._upline_ids()} if sponsor else set()
        found = []
        for event in relinked:
            person = self.browse(event.distributor_id.id)
            link = link_of.get(person.id)
            found.append(
                {
                    "person": person,
                    "sponsor": person.sponsor_id,
                    "conflict": person._get_return_conflict(event, link, above, sponsor),
                }
            )
        return sorted(found, key=lambda item: item["person"].code)

    def _get_return_conflict(self, event, link, above, sponsor):
        """Say why this person cannot come back with the sponsor of old."""
        if self.state == "terminated":
            return self.env._("has left the network.")
        if not link or link.event_id != event:
            kinds = dict(event._fields["kind"]._description_selection(self.env))
            if link and link.event_id.kind == "relinked":
                return self.env._(
                    "was relinked when somebody else left, on %s.",
                    self.network_id._local_text(link.valid_from),
                )
            return self.env._(
                "has since agreed to something else: %(what)s on %(date)s.",
                what=kinds.get(link.event_id.kind, "") if link else "",
                date=self.network_id._local_text(link.valid_from) if link else "",
            )
        if self.id in above:
            return self.env._("is above the new sponsor, or is that sponsor.")
        return False

    def action_terminate(self):
        return self._open_wizard("mlm.terminate.wizard", self.env._("Terminate"))

    def action_readmit(self):
        return self._open_wizard("mlm.readmit.wizard", self.env._("Readmit"))
