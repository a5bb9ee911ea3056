import numpy as np

from odoo import api, fields, models
from odoo.tools import SQL

#: Branches of so many nodes are kept; smaller ones are counted when they are shown.
KEPT_FROM = 500
_CHUNK = 100_000


class MlmTreeTotal(models.Model):
    """Sizes of the large branches, as of the last count.

    A branch of a hundred thousand people is not counted while a page waits. One pass
    over a tree counts them all; a screen says since when a figure is known.
    """

    _name = "mlm.tree.total"
    _description = "Kept Total of a Branch"
    _inherit = ["mlm.guarded", "mlm.of.network"]
    _log_access = False
    _order = "id"
    _rec_name = "node_id"
    _server_only = True

    network_id = fields.Many2one(ondelete="cascade")
    tree_id = fields.Many2one(
        "mlm.tree", index=True, ondelete="cascade", help="Empty for the sponsor tree."
    )
    node_id = fields.Integer(
        required=True,
        aggregator=None,
        help="Distributor in the sponsor tree, position in a placement tree.",
    )
    people = fields.Integer(help="Distributors and preferred customers below.")
    customers = fields.Integer(help="Customers below.")
    moment = fields.Datetime(required=True)

    _node_uniq = models.UniqueIndex("(node_id, COALESCE(tree_id, 0))", "Already counted.")

    @api.model
    def _get(self, scope, nodes):
        """``{node: branch}`` of the branches that are kept, see `mlm.tree.read`."""
        reader = self.env["mlm.tree.read"]
        names = [name for own, __ in reader._get_branch_measures(scope) for name in own]
        # sudo: counts of branches that the caller has been allowed to see
        kept = self.sudo().search_read(
            [("node_id", "in", nodes), ("tree_id", "=", scope.tree.id or False)],
            [*self._get_kept_names(), *names],
        )
        return {row["node_id"]: reader._kept_dict(scope, row, names) for row in kept}

    def _get_kept_names(self):
        """Fields that a card's branch is made of, beside the measures."""
        return ["node_id", "people", "customers", "moment"]

    @api.model
    def _cron_refresh(self):
        """Count the branches of every tree again."""
        jobs = [
            (network, tree)
            for network in self.env["mlm.network"].search([])
            for tree in (
                self.env["mlm.tree"],
                *self.env["mlm.tree"].search([("network_id", "=", network.id)]),
            )
        ]
        for done, (network, tree) in enumerate(jobs, 1):
            self._refresh(network, tree)
            self.env["ir.cron"]._commit_progress(1, remaining=len(jobs) - done)

    @api.model
    def _refresh(self, network, tree):
        """Count the branches of one tree again, in one pass.

        :param tree: `mlm.tree`, empty for the sponsor tree
        :return: number of branches kept
        """
        self.flush_model()
        self.env["mlm.distributor"].flush_model()
        self.env["mlm.position"].flush_model()
        ids, above, kinds = self._load(network, tree)
        parent = _index(ids, above)
        columns = {
            "nodes": np.ones(ids.size, dtype=np.int64),
            "people": (kinds == 1).astype(np.int64),
            "customers": (kinds == 2).astype(np.int64),
        }
        own = {name: columns[name].copy() for name in ("people", "customers")}
        for name, (nodes, values) in self._get_measures(network, tree).items():
            column = np.zeros(ids.size, dtype=np.int64)
            place = _index(ids, nodes)
            np.add.at(column, place[place >= 0], values[place >= 0])
            columns[name] = column
        accumulate(parent, list(columns.values()))
        for name, column in own.items():
            columns[name] -= column
        large = np.flatnonzero(columns.pop("nodes") > KEPT_FROM)
        self._replace(network, tree, ids[large], {n: c[large] for n, c in columns.items()})
        return int(large.size)

    def _load(self, network, tree):
        """Ids, parents' ids (0 at the top) and 0 for gone, 1 for people, 2 for customers."""
        kind = SQL(
            "CASE WHEN c.state = 'terminated' THEN 0 WHEN c.kind = 'customer' THEN 2 ELSE 1 END"
        )
        query = SQL(
            """SELECT c.id, COALESCE(c.sponsor_id, 0), %s FROM mlm_distributor c
                WHERE c.network_id = %s ORDER BY c.id""",
            kind,
            network.id,
        )
        if tree:
            query = SQL(
                """SELECT p.id, COALESCE(p.parent_id, 0), %s FROM mlm_position p
                     JOIN mlm_distributor c ON c.id = p.distributor_id
                    WHERE p.tree_id = %s AND p.state <> 'removed' ORDER BY p.id""",
                kind,
                tree.id,
            )
        return self._fetch(query, 3)

    def _fetch(self, query, width):
        """Columns of a query as arrays of 64 bits, read in chunks."""
        self.env.cr.execute(query)
        chunks = [np.empty((0, width), dtype=np.int64)]
        while rows := self.env.cr.fetchmany(_CHUNK):
            chunks.append(np.array(rows, dtype=np.int64))
        return list(np.concatenate(chunks).T)

    def _get_measures(self, network, tree):
        """``{field: (nodes, values)}``: what each node adds to its branches and itself.

        Modules above add theirs, with a field of that name on this model.
        """
        return {}

    def _get_constants(self, network, tree):
        """``{column: value}`` of every row of one count."""
        return {
            "network_id": network.id,
            "tree_id": tree.id or None,
            "moment": fields.Datetime.now(),
        }

    def _replace(self, network, tree, nodes, columns):
        cr = self.env.cr
        cr.execute(
            SQL(
                "DELETE FROM mlm_tree_total WHERE network_id = %s AND tree_id IS NOT DISTINCT FROM %s",
                network.id,
                tree.id or None,
            )
        )
        constants = self._get_constants(network, tree)
        names = [SQL.identifier(name) for name in (*constants, "node_id", *columns)]
        rows = [
            (*constants.values(), *values)
            for values in zip(
                nodes.tolist(), *(column.tolist() for column in columns.values()), strict=True
            )
        ]
        if rows:
            query = SQL("INSERT INTO mlm_tree_total (%s) VALUES ", SQL(", ").join(names))
            cr.execute_values(query.code + "%s", rows, page_size=1000)
        self.invalidate_model()


def _index(ids, wanted):
    """Place of each of ``wanted`` in the sorted ``ids``, -1 for none."""
    if not ids.size:
        return np.full(wanted.size, -1)
    place = np.minimum(np.searchsorted(ids, wanted), ids.size - 1)
    return np.where(ids[place] == wanted, place, -1)


def accumulate(parent, columns):
    """Add every node's values to all nodes above it, in place.

    :param parent: place of each node's parent, -1 at the top
    :param columns: arrays of 64-bit integers, one value a node
    """
    order = np.argsort(parent, kind="stable")
    starts = np.searchsorted(parent[order], np.arange(-1, parent.size + 1))
    levels = [order[: starts[1]]]
    while levels[-1].size:
        first, last = starts[levels[-1] + 1], starts[levels[-1] + 2]
        sizes = last - first
        offsets = np.repeat(first - np.cumsum(sizes) + sizes, sizes)
        levels.append(order[offsets + np.arange(sizes.sum())])
    for level in reversed(levels[1:]):
        for column in columns:
            np.add.at(column, parent[level], column[level])
