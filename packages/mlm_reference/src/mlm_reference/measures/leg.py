# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Volume of the strongest leg, of the weakest, or of all but the strongest."""

from .trees import column_of, tree_of


def value(run, item, member, least):
    tree, column = tree_of(run, item), column_of(item)
    legs = tree.leg_volumes(member, column)
    if not legs:
        return 0
    which = item.get("which", "strongest")
    if which == "side":
        return sum(legs) - max(legs)
    return max(legs) if which == "strongest" else min(legs)
