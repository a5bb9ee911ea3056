# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Conditions about a person (rules.md §3)."""


class Conditions:
    def __init__(self, run):
        self.run = run

    def hold(self, conditions, member):
        """Tell whether all of a list of written conditions hold for somebody."""
        return all(self._one(item, member) for item in conditions or ())

    def _one(self, item, member):
        run = self.run
        if "any" in item:
            return any(self.hold(one, member) for one in item["any"])
        if "package" in item:
            wanted = run.plan.package_index[str(item["package"])]
            if item.get("in_term", False):
                return run.packages.in_term(member, wanted)
            return run.packages.highest(member) >= wanted
        if "title" in item:
            wanted = run.plan.rank_index[str(item["title"])]
            return run.inputs.member_title[member] >= wanted
        return run.measures.reaches(str(item["measure"]), item["min"], member)


def measures_in(conditions):
    """Yield ``(measure, least)`` of every condition about a measure, nested ones too."""
    for item in conditions or ():
        for one in item.get("any", ()):
            yield from measures_in(one)
        if "measure" in item:
            yield str(item["measure"]), item["min"]
