# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Sums over everybody below: one walk from the leaves up, for each tree."""


def over_tree(nodes, parent, own):
    """Return ``{node: own and all below}``.

    ``parent`` maps a node to the one above or -1; ``own`` gives a node's own number.
    """
    waiting = dict.fromkeys(nodes, 0)
    for node in nodes:
        if parent(node) >= 0:
            waiting[parent(node)] += 1
    total = {node: own(node) for node in nodes}
    ready = [node for node in nodes if not waiting[node]]
    for node in ready:
        above = parent(node)
        if above >= 0:
            total[above] += total[node]
            waiting[above] -= 1
            if not waiting[above]:
                ready.append(above)
    return total
