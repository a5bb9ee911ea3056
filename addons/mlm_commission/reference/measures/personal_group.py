# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Group volume without the parts headed by somebody of a rank or higher."""

from .trees import column_of, tree_of


def value(run, item, member, least):
    tree, column = tree_of(run, item), column_of(item)
    boundary = run.plan.rank_index[str(item["boundary_rank"])]
    total = 0
    for node in tree.nodes(member):
        if item.get("own", True):
            total += run.people.own(member, column)
        group = list(tree.children(node))
        for one in group:
            owner = tree.owner(one)
            if owner >= 0 and run.ranks.seen(owner, member) >= boundary:
                continue
            total += run.people.own(owner, column) if owner >= 0 else 0
            group += tree.children(one)
    return total
