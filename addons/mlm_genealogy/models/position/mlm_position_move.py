from odoo import models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.internal import as_internal

from .mlm_position import SLOT_LEGS


class MlmPosition(models.Model):
    """Moves: a position goes to a free spot, and everybody below goes along."""

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
            raise UserError(self.env._("Choose the position below which the free spot lies."))
        parent._ensure_in_tree()
        if parent.tree_id != self.tree_id:
            raise UserError(self.env._("The spot lies in another tree."))
        if slot or self.tree_id._get_width():
            self.tree_id._ensure_slot(slot)
        if self.parent_id == parent and self.slot == slot:
            raise UserError(self.env._("%s stands on this spot already.", self.display_name))
        if self._is_above(parent, since):
            raise UserError(
                self.env._(
                    "%(name)s cannot be moved below %(parent)s, which stands below it or"
                    " stood there at that time.",
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
