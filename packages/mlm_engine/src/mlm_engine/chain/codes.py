# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a bonus, a rank, a measure … of one plan is in another: by its code."""


def by_code(section, before, plan):
    """Return ``{index in a plan before: index in plan}`` of the entries of a section.

    >>> by_code("ranks", {"ranks": [{"code": "a"}, {"code": "b"}]}, {"ranks": [{"code": "b"}]})
    {1: 0}
    """
    places = {item["code"]: place for place, item in enumerate(plan[section])}
    return {
        place: places[item["code"]]
        for place, item in enumerate(before[section])
        if item["code"] in places
    }


def trees(before, plan):
    """Return ``{index of a placement tree in a plan before: index in plan}``: by code, or the
    only one of its kind in both."""
    found = by_code("trees", before, plan)
    for place, item in enumerate(plan["trees"]):
        if place in found.values():
            continue
        alike = [
            index
            for index, one in enumerate(before["trees"])
            if one["kind"] == item["kind"] and index not in found
        ]
        if len(alike) == 1:
            found[alike[0]] = place
    kinds = [item["kind"] for item in plan["trees"]]
    return {
        index: place
        for index, place in found.items()
        if before["trees"][index]["kind"] == kinds[place]
    }
