from odoo import fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL


class MlmPosition(models.Model):
    """When an operation on a position takes effect, and what must be true since then."""

    _inherit = "mlm.position"

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
                    "%(parent)s is in the tree since %(date)s; nobody stands below earlier.",
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
