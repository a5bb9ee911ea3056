# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Group volume in which each leg, and by choice the own volume, counts up to a cap.

Two different rules: a part of what the condition *requires*, or of the *actual*
group volume.
"""

from ..conditions import measures_in
from ..numbers import E4, floored, fraction
from .trees import column_of, tree_of


def value(run, item, member, least):
    tree, column = tree_of(run, item), column_of(item)
    nodes = tree.nodes(member)
    own = sum(tree.own(node, column) for node in nodes) if item.get("own", True) else 0
    legs = tree.leg_volumes(member, column)
    share = fraction(item["cap_pct"]) / 100
    if item.get("of", "required") == "actual":
        whole = fraction(own + sum(legs))
    else:
        wanted = least if least is not None else _of_highest_rank(run, item)
        if wanted is None:
            return own + sum(legs)
        whole = wanted * E4
    cap = max(0, floored(share * whole))
    if item.get("cap_own", False):
        own = min(own, cap)
    return own + sum(min(leg, cap) for leg in legs)


def _of_highest_rank(run, item):
    found = None
    for index in range(len(run.plan.ranks)):
        for name, least in measures_in(run.ranks.conditions(index)):
            if name == str(item["code"]):
                found = fraction(least)
    return found
