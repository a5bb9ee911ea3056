# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Group volume without the parts headed by somebody of a rank or higher."""

from .trees import column_of, tree_of


def value(run, item, member, least):
    tree, column = tree_of(run, item), column_of(item)
    boundary = run.plan.rank_index[str(item["boundary_rank"])]
    total, figures = 0, getattr(run.inputs, column)
    for node in tree.nodes(member):
        if item.get("own", True):
            total += tree.own(node, column)
        group = list(tree.children(node))
        for one in group:
            owner = tree.owner(one)
            if owner >= 0 and run.ranks.seen(owner, member) >= boundary:
                continue
            total += tree.staying(owner, column)
            group += tree.children(one)
        for row, way, place in run.returned.through(tree.tree, node):
            # whose sale it is headed the place of it then, held now or not
            people = [run.inputs.row_member[row]]
            people += [tree.owner(one) for one, _below, _spot in way[1:place]]
            headed = any(one >= 0 and run.ranks.seen(one, member) >= boundary for one in people)
            total += figures[row] if place and not headed else 0
    return total
