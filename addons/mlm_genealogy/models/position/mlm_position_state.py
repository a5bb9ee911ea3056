from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

_NAMED = 5


class MlmPosition(models.Model):
    """The spot of somebody who left: closed, taken out of the tree, and back."""

    _inherit = "mlm.position"

    def _close(self, reason, effective=None, document=None, cause=None):
        """Close these spots: they stay in the tree and pass volume through.

        :param str reason: why, required
        :param effective: naive UTC datetime, by default now; later than now plans it
        :param document: `ir.attachment` that shows why
        :param cause: the event that brought this about
        :raise UserError: a position is not open
        :return: the events, or the `mlm.operation` that waits
        """
        self.distributor_id._ensure_reason(reason)
        effective = effective or fields.Datetime.now()
        planned = self._plan_if_later("_close", reason, effective, document)
        if planned:
            return planned
        return self._switch("open", "closed", "position_closed", effective, reason, document, cause)

    def _reopen(self, reason, effective=None, document=None, cause=None, parent=None, slot=0):
        """Give the position back to its person.

        A closed one opens on its spot. One that was removed needs a free spot:
        ``parent`` and ``slot``, by default the one that it had.

        :return: the event, or the `mlm.operation` that waits; see `_close`
        """
        self.ensure_one()
        self.distributor_id._ensure_reason(reason)
        effective = effective or fields.Datetime.now()
        values = {"parent": parent, "slot": slot} if parent else {}
        planned = self._plan_if_later("_reopen", reason, effective, document, **values)
        if planned:
            return planned
        if self.state != "removed":
            return self._switch(
                "closed", "open", "position_reopened", effective, reason, document, cause
            )
        moment = self._begin(effective)
        last = self._get_last_link()
        if not parent:
            parent, slot = last.parent_position_id, last.slot
        self._ensure_reopenable(parent, slot, moment, last.valid_to)
        return self._relocate(
            parent,
            slot,
            "position_reopened",
            moment,
            reason,
            cause=cause,
            document=document,
            state="open",
            # it was not in the tree in between
            placed_at=moment,
        )

    def _ensure_reopenable(self, parent, slot, moment, left):
        if moment < left:
            raise UserError(
                self.env._(
                    "%(name)s left the tree on %(date)s; it cannot come back before that.",
                    name=self.display_name,
                    date=self._get_moment_text(left),
                )
            )
        if parent:
            self.tree_id._ensure_slot(slot)
            self._ensure_free(parent, slot, moment)
        elif self.search_count(
            [
                ("tree_id", "=", self.tree_id.id),
                ("parent_id", "=", False),
                ("state", "!=", "removed"),
            ],
            limit=1,
        ):
            raise UserError(
                self.env._(
                    "%s was the head of the tree, which now has another one. Choose a free spot.",
                    self.display_name,
                )
            )

    def _get_last_link(self):
        # sudo: whoever may reopen a position may know where it stood
        return (
            self.env["mlm.link"]
            .sudo()
            .search(
                [("position_id", "=", self.id), ("superseded_at", "=", False)],
                order="valid_to desc, id desc",
                limit=1,
            )
        )

    def _switch(self, old, new, kind, effective, reason, document, cause):
        moment = self._begin(effective) if self else effective
        labels = dict(self._fields["state"]._description_selection(self.env))
        for record in self:
            if record.state != old:
                raise UserError(
                    self.env._(
                        "%(name)s is %(state)s, not %(expected)s.",
                        name=record.display_name,
                        state=labels[record.state].lower(),
                        expected=labels[old].lower(),
                    )
                )
        # sudo: positions are written by their operations only
        as_internal(self.sudo()).write({"state": new})
        self.flush_recordset()
        events = self.env["mlm.genealogy.event"].sudo()
        for record in self:
            events |= record.distributor_id._record_event(
                kind,
                moment,
                reason=reason,
                before={**record._get_spot_values(), "position_state": old},
                after={**record._get_spot_values(), "position_state": new},
                position=record,
                cause=cause,
                document=document,
            )
        return events

    def _remove(self, reason, effective=None, document=None, cause=None):
        """Take this position out of the tree; the only one below takes its spot.

        :param effective: naive UTC datetime, by default `mlm.network._close_moment`
        :raise UserError: two or more stand directly below, or did since that moment
        :return: the event, or the `mlm.operation` that waits; see `_close`
        """
        self.ensure_one()
        self.distributor_id._ensure_reason(reason)
        self._ensure_in_tree()
        effective = effective or self.network_id._close_moment()
        planned = self._plan_if_later("_remove", reason, effective, document)
        if planned:
            return planned
        moment = self._begin(effective)
        self._ensure_in_tree()
        child = self._get_only_child(moment)
        parent, slot = self.parent_id, self.slot
        before = self._get_spot_values()
        # sudo: positions and links are written by their operations only
        self.env["mlm.link"].sudo()._end_position(self, moment)
        as_internal(self.sudo()).write(
            {"parent_id": False, "slot": 0, "leg": False, "state": "removed"}
        )
        self.flush_recordset()
        event = self.distributor_id._record_event(
            "position_removed",
            moment,
            reason=reason,
            before=before,
            after={"position_state": "removed"},
            position=self,
            cause=cause,
            document=document,
        )
        if child:
            child._relocate(parent, slot, "moved", moment, reason, cause=event)
        return event

    def _get_only_child(self, moment):
        """Return the position below this one, empty if there is none.

        :raise UserError: there are more, or there was another one since ``moment``
        """
        children = self.search([("parent_id", "=", self.id)], order="slot", limit=_NAMED + 1)
        if len(children) > 1:
            names = children[:_NAMED].mapped("display_name")
            if len(children) > _NAMED:
                names.append("…")
            raise UserError(
                self.env._(
                    "%(name)s cannot be taken out of the tree, because more than one position is "
                    "directly below: %(children)s. Close the spot instead, or move all but one "
                    "of them first.",
                    name=self.display_name,
                    children=", ".join(names),
                )
            )
        self.env["mlm.link"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT position_id, valid_to FROM mlm_link
                    WHERE superseded_at IS NULL AND parent_position_id = %(id)s
                      AND valid_to > greatest(valid_from, %(moment)s)
                    ORDER BY valid_to DESC LIMIT 1""",
                id=self.id,
                moment=moment,
            )
        )
        for position_id, until in rows:
            raise UserError(
                self.env._(
                    "%(child)s was below %(name)s until %(date)s. Choose that moment or a later "
                    "one.",
                    child=self.browse(position_id).display_name,
                    name=self.display_name,
                    date=self._get_moment_text(until),
                )
            )
        return children
