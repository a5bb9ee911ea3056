from odoo import fields, models
from odoo.tools import SQL

#: Nodes that are walked below one card; above, the figure comes from `mlm.tree.total`.
BRANCH_LIMIT = 2000


class MlmTreeRead(models.AbstractModel):
    """How many people a branch has, and what it sells."""

    _inherit = "mlm.tree.read"

    def _add_branches(self, scope, cards):
        """Set ``branch`` of each card: ``{"count", "more", "as_of"}`` and the measures.

        Without the person. ``more``: the count is a lower bound; ``as_of``: ISO moment of
        a figure kept since then, or False for one of now.
        """
        found = {} if scope.at else self.env["mlm.tree.total"]._get(scope, list(cards))
        found |= self._count_branches(scope, [node for node in cards if node not in found])
        for node, card in cards.items():
            card["branch"] = found[node]

    def _get_branch_measures(self, scope):
        """Sums over a branch, the person included: ``[(names, SQL)]``.

        The SQL selects one value for each of ``names`` for a person ``c`` and, in a
        placement tree, a position whose id is ``walked.id``. Modules above add theirs.
        """
        return []

    def _count_branches(self, scope, nodes):
        if not nodes:
            return {}
        source = self._source(scope)
        measures = self._get_branch_measures(scope)
        names = [name for own, __ in measures for name in own]
        person = SQL("SELECT c.* FROM mlm_distributor c WHERE c.id = walked.id OFFSET 0")
        if scope.tree:
            person = SQL(
                """SELECT c.* FROM mlm_position spot, mlm_distributor c
                    WHERE spot.id = walked.id AND c.id = spot.distributor_id OFFSET 0"""
            )
        rows = self.env.execute_query(
            SQL(
                """SELECT card.id, found.*
                     FROM unnest(%(nodes)s) AS card(id), LATERAL (
                       WITH RECURSIVE walk(id) AS (
                           SELECT card.id
                       UNION ALL
                           SELECT child.id FROM walk, LATERAL (
                               SELECT %(node)s AS id FROM %(link)s
                                WHERE %(parent)s = walk.id AND %(valid)s OFFSET 0) child
                       )
                       SELECT count(*),
                              count(*) FILTER (WHERE walked.id <> card.id AND NOT gone.gone
                                               AND c.kind <> 'customer'),
                              count(*) FILTER (WHERE walked.id <> card.id AND NOT gone.gone
                                               AND c.kind = 'customer')
                              %(sums)s
                         FROM (SELECT id FROM walk LIMIT %(limit)s) walked,
                              LATERAL (%(person)s) c,
                              LATERAL (SELECT %(gone)s AS gone) gone
                              %(measures)s
                     ) found""",
                nodes=list(nodes),
                sums=SQL().join(
                    SQL(", sum(%s)", SQL.identifier("measure", name)) for name in names
                ),
                measures=SQL().join(
                    SQL(
                        ", LATERAL (%s) measure(%s)",
                        query,
                        SQL(", ").join(map(SQL.identifier, own)),
                    )
                    for own, query in measures
                ),
                limit=BRANCH_LIMIT + 2,
                person=person,
                gone=self._gone(scope),
                **{key: source[key] for key in ("node", "link", "parent", "valid")},
            )
        )
        found = {}
        for node, walked, people, customers, *sums in rows:
            found[node] = {
                "count": people + (customers if scope.shows_customers else 0),
                "more": walked > BRANCH_LIMIT + 1,
                "as_of": False,
                **{name: int(value or 0) for name, value in zip(names, sums, strict=True)},
            }
        return found

    def _kept_dict(self, scope, kept, names):
        """The branch of a card from a row of `mlm.tree.total`."""
        return {
            "count": kept["people"] + (kept["customers"] if scope.shows_customers else 0),
            "more": False,
            "as_of": fields.Datetime.to_string(kept["moment"]),
            **{name: int(kept[name] or 0) for name in names},
        }
