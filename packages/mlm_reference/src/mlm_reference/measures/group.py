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
        own = tree.own(node, column)
        if item.get("own", True):
            total += own
        if not deepest:
            total += tree.group(node, column) - own
            continue
        for one, level in tree.below(node, passes):
            if level <= deepest and tree.owner(one) >= 0:
                total += tree.staying(tree.owner(one), column)
        total += _returned(run, tree, node, column, deepest, passes)
    return total


def _returned(run, tree, node, column, deepest, passes):
    """Return what sales below a node take back, on the level where each was counted."""
    total = 0
    for row, way, place in run.returned.through(tree.tree, node):
        between = [tree.owner(one) for one, _below, _spot in way[1:place]]
        level = 1 + sum(one >= 0 and (passes is None or passes(one)) for one in between)
        if place and level <= deepest:
            total += getattr(run.inputs, column)[row]
    return total
