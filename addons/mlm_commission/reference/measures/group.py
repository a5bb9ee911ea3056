# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Volume of somebody and everybody below, to a depth."""

from .trees import column_of, tree_of


def value(run, item, member, least):
    tree, column = tree_of(run, item), column_of(item)
    deepest = int(item.get("levels", 0))
    passes = run.people.present if item.get("compressed", False) else None
    total = 0
    for node in tree.nodes(member):
        own = run.people.own(member, column)
        if item.get("own", True):
            total += own
        if not deepest:
            total += tree.group(node, column) - own
            continue
        for one, level in tree.below(node, passes):
            if level <= deepest and tree.owner(one) >= 0:
                total += run.people.own(tree.owner(one), column)
    return total
