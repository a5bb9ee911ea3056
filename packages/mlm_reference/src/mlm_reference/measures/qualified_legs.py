# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Number of legs with somebody of a rank or higher."""

from .trees import tree_of


def value(run, item, member, least):
    tree = tree_of(run, item)
    deepest = int(item.get("depth", 0))
    return sum(_qualified(run, item, member, tree, leg, deepest) for leg in tree.legs(member))


def _qualified(run, item, member, tree, leg, deepest):
    above = tree.owner(leg) >= 0
    found = [(leg, 1)]
    found += [(node, level + above) for node, level in tree.below(leg)]
    return any(
        (not deepest or level <= deepest) and _meets(run, item, member, tree.owner(node))
        for node, level in found
    )


def _meets(run, item, member, person):
    if person < 0:
        return False
    if run.ranks.seen(person, member) < run.plan.rank_index[str(item["rank"])]:
        return False
    if item.get("active", False) and not run.people.active(person):
        return False
    return not item.get("enrolled", False) or run.inputs.sponsor[person] == member
