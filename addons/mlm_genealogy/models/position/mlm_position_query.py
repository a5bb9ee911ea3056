from odoo import models
from odoo.tools import SQL

# Legs are counted up to these numbers one after the other: how big the bigger leg is
# does not matter as soon as the smaller one is known.
_COUNT_STEPS = (100, 10_000, None)
_DEEPEST = 2**31 - 1


class MlmPosition(models.Model):
    """Questions to the placement tree, each one recursive query or one for each level.

    Whatever looks a row up inside a recursion does so by a subquery (or a lateral one
    that ``OFFSET 0`` keeps from being flattened) and not by a join, which the planner
    might hash anew for each of 10,000 levels.
    """

    _inherit = "mlm.position"

    def _ancestor_ids(self, at=None):
        """Return the ids of the positions above, nearest first.

        :param at: naive UTC datetime, for who was above then; by default now
        """
        self.ensure_one()
        if at:
            self.env["mlm.link"].flush_model()
            above = SQL(
                """SELECT link.parent_position_id FROM mlm_link link
                    WHERE link.position_id = child.id AND link.superseded_at IS NULL
                      AND link.valid_from <= %(at)s
                      AND (link.valid_to IS NULL OR link.valid_to > %(at)s)""",
                at=at,
            )
        else:
            self.flush_model(["parent_id"])
            above = SQL("SELECT parent_id FROM mlm_position node WHERE node.id = child.id")
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE child(id, depth) AS (
                       SELECT %s, 0
                   UNION ALL
                       SELECT (%s), depth + 1 FROM child WHERE id IS NOT NULL
                   )
                   SELECT id FROM child WHERE id IS NOT NULL AND depth > 0 ORDER BY depth""",
                self.id,
                above,
            )
        )
        return [row[0] for row in rows]

    def _spot_at(self, at):
        """Return (position above, slot) of the moment ``at``: an empty position and
        zero for the head of the tree, None while this position stood nowhere.

        :param at: naive UTC datetime
        """
        self.ensure_one()
        self.env["mlm.link"].flush_model()
        rows = self.env.execute_query(
            SQL(
                """SELECT parent_position_id, COALESCE(slot, 0) FROM mlm_link
                    WHERE position_id = %(id)s AND superseded_at IS NULL
                      AND valid_from <= %(at)s AND (valid_to IS NULL OR valid_to > %(at)s)""",
                id=self.id,
                at=at,
            )
        )
        return (self.browse(rows[0][0]), rows[0][1]) if rows else None

    def _count_below(self, limit=None):
        """Return how many positions stand below this one, at most ``limit``."""
        self.ensure_one()
        self.flush_model(["parent_id", "slot"])
        return self._count_tree(SQL(""), limit)

    def _count_tree(self, condition, limit):
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE below(id) AS (
                       SELECT id FROM mlm_position
                        WHERE tree_id = %(tree)s AND parent_id = %(start)s %(condition)s
                   UNION ALL
                       SELECT child.id FROM below, LATERAL (
                           SELECT node.id FROM mlm_position node
                            WHERE node.tree_id = %(tree)s AND node.parent_id = below.id
                           OFFSET 0) child
                   )
                   SELECT count(*) FROM (SELECT FROM below LIMIT %(limit)s) counted""",
                tree=self.tree_id.id,
                start=self.id,
                condition=condition,
                limit=limit,
            )
        )
        return rows[0][0]

    def _leg_counts(self, limit=None):
        """Return how many positions each leg has, as ``{slot: count}``; empty legs are
        missing.

        :param int limit: where to stop counting a leg
        """
        self.ensure_one()
        self.flush_model(["parent_id", "slot"])
        slots = self.env.execute_query(
            SQL(
                "SELECT slot FROM mlm_position WHERE tree_id = %s AND parent_id = %s ORDER BY slot",
                self.tree_id.id,
                self.id,
            )
        )
        return {slot: self._count_tree(SQL("AND slot = %s", slot), limit) for (slot,) in slots}

    def _smallest_leg(self, width):
        """Return the slot of the leg with the fewest positions, the first on a tie."""
        for limit in _COUNT_STEPS:
            counts = self._leg_counts(limit)
            slot = min(range(1, width + 1), key=lambda slot: (counts.get(slot, 0), slot))
            if limit is None or counts.get(slot, 0) < limit:
                return slot
        return None

    def _child_at(self, slot):
        """Return the position on a spot below this one, empty where it is free."""
        self.ensure_one()
        return self.search(
            [("tree_id", "=", self.tree_id.id), ("parent_id", "=", self.id), ("slot", "=", slot)]
        )

    def _walk_outer(self, slot):
        """Return (position, depth) at the end of the line that follows ``slot``."""
        self.ensure_one()
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE walk(id, depth) AS (
                       SELECT %(start)s, 0
                   UNION ALL
                       SELECT (SELECT node.id FROM mlm_position node
                                WHERE node.tree_id = %(tree)s
                                  AND node.parent_id = walk.id
                                  AND node.slot = %(slot)s), depth + 1
                         FROM walk WHERE id IS NOT NULL
                   )
                   SELECT id, depth FROM walk WHERE id IS NOT NULL
                    ORDER BY depth DESC LIMIT 1""",
                start=self.id,
                slot=slot,
                tree=self.tree_id.id,
                to_flush=self._fields["slot"],
            )
        )
        return self.browse(rows[0][0]), rows[0][1]

    def _walk_breadth(self, width, depth=None):
        """Return (position, slot, level) of the first free spot, level by level.

        Every level above the one that is found is full, so that a tree of a million
        has no more than twenty of them.

        :param int depth: how many levels to look at; None without a limit
        :return: None where all spots are taken
        """
        self.ensure_one()
        if depth is not None and depth < 1:
            return None
        self.flush_model(["parent_id", "slot"])
        # Rows come out of nested lateral subqueries in the order in which they go in:
        # sorting half a million of them for nothing would take as long as reading them.
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE level(number, ids) AS (
                       SELECT 1, ARRAY[%(start)s]
                   UNION ALL
                       SELECT level.number + 1, below.ids FROM level, LATERAL (
                           SELECT array_agg(child.id) AS ids
                             FROM unnest(level.ids) parent(id), LATERAL (
                                  SELECT node.id FROM mlm_position node
                                   WHERE node.tree_id = %(tree)s AND node.parent_id = parent.id
                                   ORDER BY node.slot OFFSET 0) child
                           OFFSET 0) below
                        WHERE level.number < %(depth)s
                          AND cardinality(below.ids) = cardinality(level.ids) * %(width)s
                   ), last AS (
                       SELECT number, ids FROM level ORDER BY number DESC LIMIT 1
                   )
                   SELECT parent.id, last.number
                     FROM last, unnest(last.ids) WITH ORDINALITY parent(id, place)
                    WHERE (SELECT count(*) FROM mlm_position node
                            WHERE node.tree_id = %(tree)s AND node.parent_id = parent.id)
                          < %(width)s
                    LIMIT 1""",
                start=self.id,
                tree=self.tree_id.id,
                width=width,
                depth=_DEEPEST if depth is None else depth,
            )
        )
        if not rows:
            return None
        position = self.browse(rows[0][0])
        return position, position._free_slot(width), rows[0][1]

    def _free_slot(self, width=None):
        """Return the first free slot of a limited width, or the next one at the end.

        :return: None where all are taken
        """
        self.ensure_one()
        self.flush_model(["parent_id", "slot"])
        if width is None:
            query = SQL(
                "SELECT COALESCE(max(slot), 0) + 1 FROM mlm_position"
                " WHERE tree_id = %s AND parent_id = %s",
                self.tree_id.id,
                self.id,
            )
        else:
            query = SQL(
                """SELECT min(slot) FROM generate_series(1, %s) slot
                    WHERE NOT EXISTS (SELECT FROM mlm_position node
                                       WHERE node.tree_id = %s AND node.parent_id = %s
                                         AND node.slot = slot.slot)""",
                width,
                self.tree_id.id,
                self.id,
            )
        return self.env.execute_query(query)[0][0]
