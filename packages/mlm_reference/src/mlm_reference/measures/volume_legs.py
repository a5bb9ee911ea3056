# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number of legs whose volume reaches a least."""

from ..numbers import points
from .trees import column_of, tree_of


def value(run, item, member, least):
    tree, column = tree_of(run, item), column_of(item)
    enough = points(item["min"])
    return sum(volume >= enough for volume in tree.leg_volumes(member, column))
