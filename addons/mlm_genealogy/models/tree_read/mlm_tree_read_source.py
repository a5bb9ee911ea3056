from odoo import models
from odoo.exceptions import UserError
from odoo.tools import SQL


class MlmTreeRead(models.AbstractModel):
    """Who hangs below whom: the present from the caches, the past from the links.

    Every statement goes by index from node to node. Joins are written as lateral
    subqueries with an offset, which the planner cannot turn into a scan.
    """

    _inherit = "mlm.tree.read"

    def _flush(self):
        for model in ("mlm.distributor", "mlm.position", "mlm.link", "mlm.genealogy.event"):
            self.env[model].flush_model()
        self.env["res.partner"].flush_model(["name"])

    # -- pieces of SQL -------------------------------------------------------

    def _source(self, scope):
        """Pieces of SQL of one tree.

        ``link``: the table of nodes and parents, with ``node``, ``parent`` and ``valid``;
        ``people``: what joins the person as ``c`` to it; ``slot`` and ``order``;
        ``hidden``: the condition of a node that no tree shows.
        """
        if scope.at:
            return self._source_at(scope)
        if not scope.tree:
            return {
                "link": SQL("mlm_distributor c"),
                "node": SQL("c.id"),
                "parent": SQL("c.sponsor_id"),
                "valid": SQL("TRUE"),
                "people": SQL(),
                "slot": SQL("NULL::integer"),
                "order": SQL("c.code, c.id"),
                "hidden": self._hidden(scope),
            }
        return {
            "link": SQL("mlm_position p"),
            "node": SQL("p.id"),
            "parent": SQL("p.parent_id"),
            "valid": SQL("p.tree_id = %s AND p.state <> 'removed'", scope.tree.id),
            "people": SQL("JOIN mlm_distributor c ON c.id = p.distributor_id"),
            "slot": SQL("NULLIF(p.slot, 0)"),
            "order": SQL("p.slot, p.id"),
            "hidden": SQL("FALSE"),
        }

    def _source_at(self, scope):
        valid = SQL(
            """l.superseded_at IS NULL AND l.valid_from <= %(at)s
               AND (l.valid_to IS NULL OR l.valid_to > %(at)s)""",
            at=scope.at,
        )
        if not scope.tree:
            return {
                "link": SQL("mlm_link l"),
                "node": SQL("l.distributor_id"),
                "parent": SQL("l.parent_distributor_id"),
                "valid": SQL("l.tree_id IS NULL AND %s", valid),
                "people": SQL("JOIN mlm_distributor c ON c.id = l.distributor_id"),
                "slot": SQL("NULL::integer"),
                "order": SQL("c.code, c.id"),
                "hidden": self._hidden(scope),
            }
        return {
            "link": SQL("mlm_link l"),
            "node": SQL("l.position_id"),
            "parent": SQL("l.parent_position_id"),
            "valid": SQL("l.tree_id = %s AND %s", scope.tree.id, valid),
            "people": SQL("JOIN mlm_distributor c ON c.id = l.distributor_id"),
            "slot": SQL("NULLIF(l.slot, 0)"),
            "order": SQL("l.slot, l.id"),
            "hidden": SQL("FALSE"),
        }

    def _gone(self, scope):
        """Condition of a person ``c`` who has left the network."""
        if not scope.at:
            return SQL("c.state = 'terminated'")
        # the history is asked only about people who have left at some time
        return SQL(
            """CASE WHEN c.state = 'terminated' OR c.id IN (
                         SELECT back.distributor_id FROM mlm_genealogy_event back
                          WHERE back.kind = 'readmitted')
                    THEN %s IS NOT DISTINCT FROM 'terminated' ELSE FALSE END""",
            self._state_at(scope),
        )

    def _state_at(self, scope):
        """The state of a person ``c`` at the moment asked about, NULL for active."""
        return SQL(
            """(SELECT e.after->>'state' FROM mlm_genealogy_event e
                 WHERE e.distributor_id = c.id AND e.effective_at <= %s
                   AND e.after->>'state' IS NOT NULL
                 ORDER BY e.effective_at DESC, e.id DESC LIMIT 1)""",
            scope.at,
        )

    def _hidden(self, scope):
        if scope.shows_customers:
            return self._gone(scope)
        return SQL("(%s OR c.kind = 'customer')", self._gone(scope))

    # -- questions -----------------------------------------------------------

    def _get_tops(self, scope):
        """Nodes at the top of what the reader may see, without the others' upline."""
        if scope.viewer is not None:
            return self._get_own_tops(scope)
        source = self._source(scope)
        rows = self.env.execute_query(
            SQL(
                """SELECT %(node)s FROM %(link)s %(people)s
                    WHERE %(parent)s IS NULL AND c.network_id = %(network)s
                      AND %(valid)s AND NOT %(hidden)s
                    ORDER BY %(order)s LIMIT 100""",
                network=scope.network.id,
                **{key: source[key] for key in source if key != "slot"},
            )
        )
        return [row[0] for row in rows]

    def _get_own_tops(self, scope):
        """The reader's own card; in a placement tree each own position that is not
        below another own one."""
        if not scope.tree:
            return scope.viewer.ids
        own = self._own_positions(scope)
        return [one.id for one in own if not set(one._ancestor_ids()) & set(own.ids)]

    def _own_positions(self, scope):
        own = scope.viewer.position_ids.filtered(lambda one: one.tree_id == scope.tree)
        return own.sorted("id")

    def _get_children(self, scope, parents, offset, limit, pinned=()):
        """A page of the children of each of ``parents``.

        :param pinned: nodes to add to the page of their parent wherever they stand
        :return: ``{parent: {"ids", "slots", "total", "next"}}``; ``next`` is the offset
            of the following page, or False
        """
        if not parents:
            return {}
        rows = self.env.execute_query(
            SQL(
                """SELECT above.id, child.id, child.slot, child.total
                     FROM unnest(%(parents)s) WITH ORDINALITY AS above(id, place),
                          LATERAL (SELECT %(node)s AS id, %(slot)s AS slot,
                                          count(*) OVER () AS total,
                                          row_number() OVER (ORDER BY %(order)s) AS place
                                     FROM %(link)s %(people)s
                                    WHERE %(parent)s = above.id
                                      AND %(valid)s AND NOT %(hidden)s
                                    ORDER BY %(order)s LIMIT %(limit)s OFFSET %(offset)s) child
                    ORDER BY above.place, child.place""",
                parents=list(parents),
                limit=limit,
                offset=offset,
                **self._source(scope),
            )
        )
        found = {one: {"ids": [], "slots": [], "total": 0, "next": False} for one in parents}
        for parent, child, slot, total in rows:
            found[parent]["ids"].append(child)
            found[parent]["slots"].append(slot)
            found[parent]["total"] = total
        for page in found.values():
            following = offset + len(page["ids"])
            page["next"] = following if following < page["total"] else False
        for parent, child, slot in self._get_places(scope, pinned):
            if parent in found and child not in found[parent]["ids"]:
                found[parent]["ids"].append(child)
                found[parent]["slots"].append(slot)
        return found

    def _get_places(self, scope, nodes):
        """``[(parent, node, slot)]`` of some nodes."""
        if not nodes:
            return []
        return self.env.execute_query(
            SQL(
                """SELECT %(parent)s, %(node)s, %(slot)s FROM %(link)s %(people)s
                    WHERE %(node)s = ANY(%(nodes)s) AND %(valid)s""",
                nodes=list(nodes),
                **{key: self._source(scope)[key] for key in _PLACE},
            )
        )

    def _count_children(self, scope, nodes):
        """``{node: children that the tree shows}``, without those that have none."""
        source = self._source(scope)
        return dict(
            self.env.execute_query(
                SQL(
                    """SELECT %(parent)s, count(*) FROM %(link)s %(people)s
                        WHERE %(parent)s = ANY(%(nodes)s) AND %(valid)s AND NOT %(hidden)s
                        GROUP BY 1""",
                    nodes=list(nodes),
                    **{key: source[key] for key in ("parent", "link", "people", "valid", "hidden")},
                )
            )
        )

    def _get_ancestors(self, scope, node):
        """Nodes above that the reader may see, nearest first."""
        if scope.at:
            above = self._get_ancestors_at(scope, node)
        elif scope.tree:
            above = self.env["mlm.position"].browse(node)._ancestor_ids()
        else:
            above = self.env["mlm.distributor"].browse(node)._upline_ids()
        if scope.viewer is None:
            return above
        tops = set(self._get_own_tops(scope))
        if node in tops:
            return []
        inside = []
        for one in above:
            inside.append(one)
            if one in tops:
                return inside
        return inside

    def _get_ancestors_at(self, scope, node):
        source = self._source(scope)
        rows = self.env.execute_query(
            SQL(
                """WITH RECURSIVE above(id, depth) AS (
                       SELECT %(start)s, 0
                   UNION ALL
                       SELECT (SELECT %(parent)s FROM %(link)s
                                WHERE %(node)s = above.id AND %(valid)s LIMIT 1), depth + 1
                         FROM above WHERE id IS NOT NULL
                   )
                   SELECT id FROM above WHERE depth > 0 AND id IS NOT NULL ORDER BY depth""",
                start=node,
                **{key: source[key] for key in ("parent", "link", "node", "valid")},
            )
        )
        return [row[0] for row in rows]

    def _get_node(self, scope, person):
        """The node of a person in this tree, the topmost of several.

        :raise UserError: the person has none
        """
        if not scope.tree:
            return person
        rows = self.env.execute_query(
            SQL(
                """SELECT %(node)s FROM %(link)s %(people)s
                    WHERE c.id = %(person)s AND %(valid)s ORDER BY 1 LIMIT 1""",
                person=person,
                **{key: self._source(scope)[key] for key in ("node", "link", "people", "valid")},
            )
        )
        if not rows:
            raise UserError(
                self.env._(
                    "This person has no position in the tree %s: in the holding tank, or not"
                    " placed yet on that date.",
                    scope.tree.display_name,
                )
            )
        return rows[0][0]

    def _ensure_visible(self, scope, node):
        """Return ``node`` where the reader may see it in this tree.

        :raise UserError: not there; for a distributor the same whether the node belongs
            to somebody else or to nobody
        """
        source = self._source(scope)
        rows = self.env.execute_query(
            SQL(
                """SELECT c.id, %(hidden)s FROM %(link)s %(people)s
                    WHERE %(node)s = %(wanted)s AND c.network_id = %(network)s
                      AND %(valid)s LIMIT 1""",
                wanted=node,
                network=scope.network.id,
                **{key: source[key] for key in ("hidden", "link", "people", "node", "valid")},
            )
        )
        if scope.viewer is not None:
            own = node in self._get_own_tops(scope)
            if not rows or (not own and (rows[0][1] or not self._is_below(scope, node))):
                raise UserError(self.env._("This person is not part of your team."))
            return node
        if not rows:
            raise UserError(self.env._("This person has no place in this tree on that date."))
        person = self.env["mlm.distributor"].browse(rows[0][0])
        person.check_access("read")
        if rows[0][1]:
            raise UserError(
                self.env._(
                    "%s has left the network. Choose an earlier date to see their place at that "
                    "time.",
                    person.display_name,
                )
            )
        return node

    def _is_below(self, scope, node):
        """Whether a node is below the reader."""
        tops = set(self._get_own_tops(scope))
        return bool(tops.intersection(self._get_ancestors(scope, node)))


_PLACE = ("parent", "node", "slot", "link", "people", "valid")
