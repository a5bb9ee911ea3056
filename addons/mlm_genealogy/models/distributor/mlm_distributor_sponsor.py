from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from ...fields import PATH_HEAD, path_head


class MlmDistributor(models.Model):
    """Who sponsors whom, the change of it from a date on, and the correction of it: for one
    person, or for many at once.
    """

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

    def _change_sponsor(self, sponsor, reason, effective=None, leave_downline=False, document=None):
        """Put this person under ``sponsor`` from a date on.

        The caller has checked the right to do so.

        :param sponsor: `mlm.distributor`, not empty, outside the own downline
        :param str reason: why
        :param effective: naive UTC datetime, by default now; later than now plans it;
            not before the present link began, and in no closed cycle
        :param bool leave_downline: the frontline stays with the old sponsor
        :param document: `ir.attachment` that shows why
        :raise UserError: the sponsor is not possible, or the date is not
        :return: the event, or the `mlm.operation` that waits
        """
        self.ensure_one()
        self._ensure_reason(reason)
        self._ensure_member()
        self._ensure_sponsor_possible(sponsor)
        planned = self._plan_if_later(
            "_change_sponsor",
            reason,
            effective,
            document,
            sponsor=sponsor,
            leave_downline=leave_downline,
        )
        if planned:
            return planned
        moment = self._get_moment(effective)
        old = self._lock_sponsors(sponsor)
        self._ensure_other_sponsor(sponsor)
        if leave_downline and not old:
            raise UserError(
                self.env._(
                    "%s is the head of a tree: there is no sponsor for the downline to stay with.",
                    self.display_name,
                )
            )
        Link = self.env["mlm.link"].sudo()
        Link._ensure_began(Link._open_sponsor_link(self), moment)
        self._ensure_never_below(sponsor, moment)
        event = self._record_event(
            "sponsor_changed",
            moment,
            reason=reason,
            before={"sponsor_id": old.id, "sponsor": old.code},
            after={
                "sponsor_id": sponsor.id,
                "sponsor": sponsor.code,
                "leave_downline": bool(leave_downline),
            },
            document=document,
        )
        if leave_downline:
            self._get_frontline()._relink(old, moment, event)
        Link._end_open_sponsors(self, moment)
        Link._open_sponsors([(self, sponsor, event, moment)])
        self._hang_below(sponsor)
        return event

    def _correct_sponsor(self, sponsor, reason, effective=None, document=None):
        """Say that ``sponsor`` was the right one all the time.

        What was known before stays on record as superseded. Runs that are posted
        keep what was known then.

        :param effective: naive UTC datetime since when; by default since the present
            link began, or where that lies in a closed cycle, since the first moment
            that is not closed
        :raise UserError: the sponsor is not possible, or was not at some time since
        :return: the event
        """
        self.ensure_one()
        self._ensure_reason(reason)
        self._ensure_member()
        self._ensure_sponsor_possible(sponsor)
        moment = effective or self._get_correction_start()
        if moment > fields.Datetime.now():
            raise UserError(
                self.env._("A correction cannot begin in the future. Plan a change instead.")
            )
        moment = self._get_moment(moment)
        old = self._lock_sponsors(sponsor)
        self._ensure_member_since(moment)
        self._ensure_never_below(sponsor, moment)
        event = self._record_event(
            "sponsor_corrected",
            moment,
            reason=reason,
            before={"sponsor_id": old.id, "sponsor": old.code},
            after={"sponsor_id": sponsor.id, "sponsor": sponsor.code},
            document=document,
        )
        # sudo: links are written by operations only; the wizard has checked the right
        Link = self.env["mlm.link"].sudo()
        Link._supersede_sponsor_since(self, moment)
        Link._open_sponsors([(self, sponsor, event, moment)])
        self._hang_below(sponsor)
        return event

    def _get_correction_start(self):
        """Return the moment since when a correction counts by default."""
        self.ensure_one()
        # sudo: whoever may read the person may know since when the link is valid
        began = self.env["mlm.link"].sudo()._open_sponsor_link(self).valid_from
        earliest = self.network_id._earliest_change()
        return max(began, earliest) if earliest else began

    def _lock_sponsors(self, sponsor):
        """Bump the old and the new sponsor, read anew, and check again.

        :return: the old sponsor
        """
        (self.sponsor_id | sponsor | self)._bump_sponsor_version()
        self.invalidate_recordset(["parent_path", "sponsor_id", "state"])
        sponsor.invalidate_recordset(["parent_path", "sponsor_id", "state"])
        self._ensure_sponsor_possible(sponsor)
        return self.sponsor_id

    def _get_frontline(self):
        """Return everybody whom these people sponsor now, customers included."""
        return self.search([("sponsor_id", "in", self.ids)], order="id")

    def _ensure_member(self):
        for record in self:
            if record.state == "terminated":
                raise UserError(
                    self.env._(
                        "%s has left the network. Readmit the person first.",
                        record.display_name,
                    )
                )

    def _ensure_other_sponsor(self, sponsor):
        if self.sponsor_id == sponsor:
            raise UserError(
                self.env._(
                    "%(sponsor)s already sponsors %(name)s.",
                    sponsor=sponsor.display_name,
                    name=self.display_name,
                )
            )

    def _ensure_sponsor_possible(self, sponsor):
        self.ensure_one()
        if not sponsor:
            raise UserError(self.env._("Choose the new sponsor."))
        if sponsor.network_id != self.network_id:
            raise UserError(self.env._("%s belongs to another network.", sponsor.display_name))
        sponsor._ensure_can_sponsor()
        if self.id in [sponsor.id, *sponsor._upline_ids()]:
            raise UserError(
                self.env._(
                    "%(name)s cannot be placed under %(sponsor)s, who is in their own downline.",
                    name=self.display_name,
                    sponsor=sponsor.display_name,
                )
            )

    def _ensure_never_below(self, sponsor, moment):
        """Refuse a link that would close a circle, or hang in the air, at any time
        since ``moment``."""
        # sudo: links tell who was above whom, which the message names by code only
        if self.id in self.env["mlm.link"].sudo()._upline_since(sponsor, moment):
            raise UserError(
                self.env._(
                    "%(sponsor)s was in the downline of %(name)s after %(date)s, so the link "
                    "cannot begin then. Choose a later date.",
                    sponsor=sponsor.display_name,
                    name=self.display_name,
                    date=self.network_id._local_text(moment),
                )
            )
        if sponsor._kinds_at(moment)[sponsor.id] == "customer":
            raise UserError(
                self.env._(
                    "%(sponsor)s was a customer on %(date)s and could not sponsor anybody then. "
                    "Choose a later date.",
                    sponsor=sponsor.display_name,
                    date=self.network_id._local_text(moment),
                )
            )
        since = sponsor._get_member_since()
        if since > moment:
            raise UserError(
                self.env._(
                    "%(sponsor)s has only been in the network since %(since)s; the link cannot "
                    "begin on %(date)s.",
                    sponsor=sponsor.display_name,
                    since=self.network_id._local_text(since),
                    date=self.network_id._local_text(moment),
                )
            )

    def _ensure_member_since(self, moment):
        """Refuse a correction that reaches back to before a departure."""
        since = self._get_member_since()
        if moment < since:
            raise UserError(
                self.env._(
                    "%(name)s has been in the network without a break since %(since)s; a "
                    "correction cannot begin on %(date)s.",
                    name=self.display_name,
                    since=self.network_id._local_text(since),
                    date=self.network_id._local_text(moment),
                )
            )

    def _get_member_since(self):
        """Return the moment since when this person belongs to the network without a
        break: the enrolment, or the last readmission."""
        self.ensure_one()
        # sudo: a date of the own history, for a check
        event = (
            self.env["mlm.genealogy.event"]
            .sudo()
            .search(
                [("distributor_id", "=", self.id), ("kind", "=", "readmitted")],
                order="effective_at desc",
                limit=1,
            )
        )
        return max(event.effective_at, self.joined_at) if event else self.joined_at

    def _ensure_can_sponsor(self):
        for record in self:
            if record.kind == "customer":
                raise UserError(
                    self.env._(
                        "%s is a customer and cannot sponsor anybody. Choose a distributor.",
                        record.display_name,
                    )
                )
            if record.state == "terminated":
                raise UserError(
                    self.env._(
                        "%s has left the network. Choose somebody else as sponsor.",
                        record.display_name,
                    )
                )

    def _relink(self, sponsor, moment, cause):
        """Hang these people, each with the whole downline, below ``sponsor``.

        They have one sponsor in common, or none. The caller has bumped the versions
        and checked that none of them is above ``sponsor``.

        :param sponsor: `mlm.distributor`
        :param moment: naive UTC datetime; who came later is linked from then on
        :param cause: the event that brings this about
        """
        if not self:
            return
        # sudo: links and events are written by operations only; callers have checked the right
        Link = self.env["mlm.link"].sudo()
        ended = Link._end_open_sponsors(self, moment)
        codes = self._get_codes([end[0] for end in ended.values()] + [sponsor.id])
        # sudo: links and events are written by operations only
        events = as_internal(self.env["mlm.genealogy.event"].sudo()).create(
            [
                {
                    "kind": "relinked",
                    "distributor_id": person.id,
                    "company_id": person.company_id.id,
                    "network_id": person.network_id.id,
                    "effective_at": ended[person.id][1],
                    "cause_id": cause.id,
                    "before": {
                        "sponsor_id": ended[person.id][0],
                        "sponsor": codes.get(ended[person.id][0]),
                    },
                    "after": {"sponsor_id": sponsor.id, "sponsor": sponsor.code},
                }
                for person in self
            ]
        )
        Link._open_sponsors(
            [
                (person, sponsor, event, ended[person.id][1])
                for person, event in zip(self, events, strict=True)
            ]
        )
        self._hang_below(sponsor)

    def _hang_below(self, sponsor):
        """Write the sponsor of these people and the paths of their downlines, in two
        statements however many they are.

        :param sponsor: `mlm.distributor`, or empty: each one becomes a head, alone
        """
        self.flush_model(["sponsor_id", "parent_path"])
        cr = self.env.cr
        cr.execute(
            SQL(
                """UPDATE mlm_distributor
                      SET sponsor_id = %s, is_root = NULL,
                          write_uid = %s, write_date = now() AT TIME ZONE 'UTC'
                    WHERE id = ANY(%s)""",
                sponsor.id or None,
                self.env.uid,
                self.ids,
            )
        )
        column = SQL.identifier("node", "parent_path")
        head = path_head(column)
        cr.execute(
            SQL(
                """WITH moved AS MATERIALIZED (
                       SELECT parent_path AS low,
                              left(parent_path, -1) || '0' AS high,
                              length(parent_path) - length(id::text) AS start
                         FROM mlm_distributor WHERE id = ANY(%(ids)s)
                   ), prefix AS (
                       SELECT coalesce(
                           (SELECT parent_path FROM mlm_distributor WHERE id = %(sponsor)s), ''
                       ) AS path
                   )
                   UPDATE mlm_distributor node
                      SET parent_path = prefix.path || substr(node.parent_path, moved.start)
                     FROM moved, prefix
                    WHERE %(head)s >= left(moved.low, %(size)s) COLLATE "C"
                      AND %(head)s <= left(moved.high, %(size)s) COLLATE "C"
                      AND %(column)s COLLATE "C" >= moved.low COLLATE "C"
                      AND %(column)s COLLATE "C" < moved.high COLLATE "C" """,
                ids=self.ids,
                sponsor=sponsor.id or None,
                head=head,
                column=column,
                size=SQL(str(PATH_HEAD)),
            )
        )
        self.env["mlm.distributor"].invalidate_model(
            [
                "sponsor_id",
                "is_root",
                "parent_path",
                "child_ids",
                "level",
                "frontline_count",
                "write_uid",
                "write_date",
            ],
            flush=False,
        )
        # what other models store of the sponsor, such as who is credited with an offer
        self.modified(["sponsor_id"])

    def action_change_sponsor(self):
        return self._open_wizard("mlm.sponsor.wizard", self.env._("Change the Sponsor"))
