"""SQL of the walk down from a leader, in either tree, now or as of a moment."""

from odoo.tools import SQL

# what a membership was after each event, where the event does not say so itself
_STATES = {
    "suspended": "suspended",
    "reinstated": "active",
    "deceased": "deceased",
    "terminated": "terminated",
    "readmitted": "active",
}


def get_walk(root, tree, at, generation_end):
    """Return ``WITH RECURSIVE walk(…) AS (…)``.

    Nodes are distributors in the sponsor tree and positions in a placement tree, where
    ``leg`` is the spot below the first position of the leader.

    :param root: `mlm.distributor` at level 0
    :param tree: `mlm.tree`, or an empty one for the sponsor tree
    :param at: naive UTC datetime, or None for the present
    :param generation_end: SQL condition on ``walk``: this person ends a generation
    """
    return SQL(
        """WITH RECURSIVE walk(node, distributor_id, parent, level, leg, generation) AS (
               %(start)s
           UNION ALL
               SELECT child.node, child.distributor_id, walk.node, walk.level + 1,
                      CASE WHEN walk.level = 0 THEN child.leg ELSE walk.leg END,
                      walk.generation
                      + CASE WHEN walk.level = 0 OR %(generation_end)s THEN 1 ELSE 0 END
                 FROM walk, LATERAL (%(children)s OFFSET 0) child
           )""",
        start=_get_start(root, tree),
        children=_get_children(tree, at),
        generation_end=generation_end,
    )


def _get_start(root, tree):
    if not tree:
        return SQL("SELECT %s, %s, NULL::int, 0, NULL::int, 0", root.id, root.id)
    return SQL(
        """(SELECT id, distributor_id, NULL::int, 0, NULL::int, 0 FROM mlm_position
             WHERE tree_id = %s AND distributor_id = %s ORDER BY id LIMIT 1)""",
        tree.id,
        root.id,
    )


def _get_children(tree, at):
    # OFFSET 0 after each keeps the planner from hashing the whole table on each level
    if at is None and not tree:
        return SQL(
            """SELECT id AS node, id AS distributor_id, NULL::int AS leg
                 FROM mlm_distributor WHERE sponsor_id = walk.node"""
        )
    if at is None:
        return SQL(
            """SELECT id AS node, distributor_id, slot AS leg
                 FROM mlm_position WHERE parent_id = walk.node"""
        )
    if not tree:
        return SQL(
            """SELECT distributor_id AS node, distributor_id, NULL::int AS leg
                 FROM mlm_link
                WHERE parent_distributor_id = walk.node AND tree_id IS NULL AND %s""",
            _get_valid("mlm_link", at),
        )
    return SQL(
        """SELECT position_id AS node, distributor_id, slot AS leg
             FROM mlm_link WHERE parent_position_id = walk.node AND %s""",
        _get_valid("mlm_link", at),
    )


def _get_valid(table, at):
    return SQL(
        """%(table)s.superseded_at IS NULL AND %(table)s.valid_from <= %(at)s
           AND (%(table)s.valid_to IS NULL OR %(table)s.valid_to > %(at)s)""",
        table=SQL.identifier(table),
        at=at,
    )


def get_sponsor(tree, at):
    """Return the SQL of the sponsor's id of ``member``."""
    if at is None:
        return SQL("member.sponsor_id")
    if not tree:
        return SQL("walk.parent")
    return SQL(
        """(SELECT parent_distributor_id FROM mlm_link
             WHERE distributor_id = member.id AND tree_id IS NULL AND %s)""",
        _get_valid("mlm_link", at),
    )


def get_state(at):
    """Return the SQL of the state of ``member``."""
    if at is None:
        return SQL("member.state")
    cases = SQL(" ").join(SQL("WHEN %s THEN %s", kind, state) for kind, state in _STATES.items())
    return SQL(
        """coalesce((
               SELECT coalesce(event.after->>'state', CASE event.kind %(cases)s END)
                 FROM mlm_genealogy_event event
                WHERE event.distributor_id = member.id AND event.effective_at <= %(at)s
                  AND (event.kind = ANY(%(kinds)s) OR event.after->>'state' IS NOT NULL)
                ORDER BY event.effective_at DESC, event.id DESC LIMIT 1), 'active')""",
        cases=cases,
        kinds=list(_STATES),
        at=at,
    )


def get_kind(at):
    """Return the SQL of the kind of ``member``."""
    if at is None:
        return SQL("member.kind")
    return SQL(
        """coalesce((
               SELECT event.after->>'kind' FROM mlm_genealogy_event event
                WHERE event.distributor_id = member.id AND event.effective_at <= %(at)s
                  AND event.kind IN ('enrolled', 'kind_changed')
                  AND event.after->>'kind' IS NOT NULL
                ORDER BY event.effective_at DESC, event.id DESC LIMIT 1), member.kind)""",
        at=at,
    )
