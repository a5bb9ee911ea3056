from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from odoo.addons.mlm_base.internal import as_internal

from .mlm_position import SLOT_LEGS


class MlmPosition(models.Model):
    """Moves: a position goes to a free spot, and everybody below goes along. When that takes
    effect, and what must be true since then.
    """

    _inherit = "mlm.position"

    def _move(self, parent, slot, reason, effective=None, document=None):
        """Move this position with all below to a free spot of the same tree.

        One row and its link change, however many positions move along. The caller has
        checked the right to do so.

        :param parent: `mlm.position` below which the spot lies
        :param int slot: number of the spot; in a binary tree 1 is left, 2 is right; 0
            takes the next one below a position of a free tree
        :param str reason: why, required
        :param effective: naive UTC datetime; by default `mlm.network._close_moment`, so that a
            move counts from the next cycle on; later than now plans it
        :param document: `ir.attachment` that shows why
        :raise UserError: the spot is not possible, or the moment is not
        :return: the event, or the `mlm.operation` that waits
        """
        self.ensure_one()
        self.distributor_id._ensure_reason(reason)
        effective = effective or self.network_id._close_moment()
        self._ensure_movable(parent, slot)
        planned = self._plan_if_later(
            "_move", reason, effective, document, parent=parent, slot=slot
        )
        if planned:
            return planned
        moment = self._begin(effective)
        self._ensure_movable(parent, slot, since=moment)
        slot = slot or parent._free_slot()
        self._ensure_free(parent, slot, moment)
        return self._relocate(parent, slot, "moved", moment, reason, document=document)

    def _ensure_movable(self, parent, slot, since=None):
        """Refuse a move that is not possible whatever spots are free.

        :param since: naive UTC datetime from which on the move is valid, None: now
        """
        self._ensure_in_tree()
        if not parent:
            raise UserError(self.env._("Choose the position above the free spot."))
        parent._ensure_in_tree()
        if parent.tree_id != self.tree_id:
            raise UserError(self.env._("The spot is in another tree."))
        if slot or self.tree_id._get_width():
            self.tree_id._ensure_slot(slot)
        if self.parent_id == parent and self.slot == slot:
            raise UserError(self.env._("%s is already on this spot.", self.display_name))
        if self._is_above(parent, since):
            raise UserError(
                self.env._(
                    "%(name)s cannot be moved below %(parent)s, which is below it, or was at "
                    "that time.",
                    name=self.display_name,
                    parent=parent.display_name,
                )
            )

    def _relocate(self, parent, slot, kind, moment, reason, cause=None, document=None, **values):
        """Put this position on a spot, with link and event.

        :param str kind: of the event
        :param values: other columns that change
        :return: the event
        """
        # sudo: positions and links are written by their operations only
        Link = self.env["mlm.link"].sudo()
        before = self._get_spot_values()
        if self.state != "removed":
            Link._end_position(self, moment)
        binary = self.tree_id.kind == "binary"
        # sudo: as for the link; the caller has checked the right on the person
        as_internal(self.sudo()).write(
            {
                "parent_id": parent.id,
                "slot": slot,
                "leg": binary and SLOT_LEGS.get(slot, False),
                **values,
            }
        )
        self.flush_recordset()
        event = self.distributor_id._record_event(
            kind,
            moment,
            reason=reason,
            before=before,
            after=self._get_spot_values(),
            position=self,
            cause=cause,
            document=document,
        )
        Link._open_position(self, moment, event)
        return event

    def _plan_if_later(self, method, reason, effective, document=None, **values):
        """Plan the operation of one position whose moment is still to come.

        :return: the `mlm.operation`, or None when it has to happen at once
        """
        Operation = self.env["mlm.operation"]
        if Operation._is_running() or effective <= fields.Datetime.now():
            return None
        return Operation._plan(method, self, effective, reason, document, **values)

    def _begin(self, effective):
        """Make the trees of these positions ours, and check the moment.

        :raise UserError: it lies in a time that is closed
        :return: the moment (naive UTC)
        """
        self.tree_id._bump_version()
        self._forget()
        self.network_id._ensure_open(effective, self)
        return effective

    def _ensure_free(self, parent, slot, moment):
        """Refuse a spot that somebody holds at ``moment`` or later, or that is not
        there yet.

        :param moment: naive UTC datetime
        """
        parent._ensure_in_tree()
        self.env["mlm.link"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT position_id, valid_to FROM mlm_link
                    WHERE superseded_at IS NULL
                      AND parent_position_id = %(parent)s AND slot = %(slot)s
                      AND (valid_to IS NULL OR valid_to > greatest(valid_from, %(moment)s))
                    ORDER BY valid_to DESC NULLS FIRST LIMIT 1""",
                parent=parent.id,
                slot=slot,
                moment=moment,
            )
        )
        names = {"spot": parent._get_spot_name(slot), "parent": parent.display_name}
        for position_id, until in rows:
            names["name"] = self.browse(position_id).display_name
            if until:
                raise UserError(
                    self.env._(
                        "The %(spot)s spot below %(parent)s was taken by %(name)s until"
                        " %(date)s: choose that moment or a later one.",
                        date=self._get_moment_text(until),
                        **names,
                    )
                )
            raise UserError(
                self.env._(
                    "The %(spot)s spot below %(parent)s is taken by %(name)s. Choose another one.",
                    **names,
                )
            )
        if moment < parent.placed_at:
            raise UserError(
                self.env._(
                    "%(parent)s has been in the tree since %(date)s; nobody can be below it "
                    "before that.",
                    parent=parent.display_name,
                    date=self._get_moment_text(parent.placed_at),
                )
            )

    def _get_moment_text(self, moment):
        return self.network_id[:1]._local_text(moment)

    def _is_above(self, position, since):
        """Tell whether this position is above ``position``, or was at some time since
        the moment ``since`` (None: only now)."""
        self.ensure_one()
        self.env["mlm.link"].flush_model()
        valid = SQL("link.valid_to IS NULL")
        if since:
            valid = SQL(
                "(link.valid_to IS NULL OR link.valid_to > greatest(link.valid_from, %s))", since
            )
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE above(id) AS (
                       SELECT %(start)s
                   UNION
                       SELECT found.id FROM above, LATERAL (
                           SELECT link.parent_position_id AS id FROM mlm_link link
                            WHERE link.position_id = above.id
                              AND link.superseded_at IS NULL AND %(valid)s
                           OFFSET 0) found
                        WHERE found.id IS NOT NULL
                   )
                   SELECT FROM above WHERE id = %(self)s LIMIT 1""",
                start=position.id,
                valid=valid,
                self=self.id,
            )
        )
        return bool(rows)
