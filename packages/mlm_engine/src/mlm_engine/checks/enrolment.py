# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pay for enrolment alone (Ley 1700 de 2013, art. 2): nobody may earn by signing people up.

A list of conditions *demands volume* when one of its conditions can only hold through
sales: points, an active person, a package, or a rank that itself demands volume.
"""

from .. import measures as kinds
from .. import rules
from ..kernel import codes
from ..kernel.text import _
from ..plan.finding import error

_LAW = "(Ley 1700 de 2013, art. 2)"


def check(plan):
    """Return what rules pay for people and nothing they bought."""
    asked = Demands(plan)
    found = []
    for index, bonus in enumerate(plan["bonuses"]):
        rule, params = rules.of(bonus)
        for path, code in rule.unsold(params, asked):
            found.append(_finding(("bonuses", index, "params", *path), code or bonus["code"]))
    return found


def _finding(path, code):
    return error(
        _(
            "{code} is paid for people who joined, whether anybody bought or not {law}",
            code=code,
            law=_LAW,
        ),
        _("Require volume, active people, or a rank that needs volume"),
        path,
    )


class Demands:
    """Which conditions of a plan can only hold through sales."""

    def __init__(self, plan):
        self._plan = plan
        self._ranks = {}

    def conditions(self, listed):
        """Whether a list of conditions demands volume."""
        return any(self.condition(one) for one in listed)

    def figure(self, named):
        """Whether what a rule counts (a condition, an index or nothing) demands volume."""
        if named is None or named == -1:
            return True
        if isinstance(named, int):
            return self.measure(named, 1)
        return self.condition({**named, "min": 1})

    def condition(self, one):
        """Whether one condition demands volume."""
        kind = one["kind"]
        if kind == "any":
            return all(self.conditions(listed) for listed in one["lists"])
        if kind == "package":
            return self._package(one["package"])
        if kind == "title":
            return self.rank(one["rank"])
        if one["min"] <= 0:
            return False
        if kind == "figure":
            return self.built_in(one["measure"])
        return self.measure(one["index"], one["min"])

    def rank(self, index):
        """Whether a rank demands volume: it and every higher one that would do instead."""
        if index <= 0:
            return False
        if index not in self._ranks:
            self._ranks[index] = True  # a circle is no way to a rank
            ranks = self._plan["ranks"]
            self._ranks[index] = all(self.conditions(one["requires"]) for one in ranks[index:])
        return self._ranks[index]

    def measure(self, index, least):
        """Whether a declared measure demands volume to reach a least above zero."""
        if least <= 0:
            return False
        item = self._plan["measures"][index]
        return kinds.get(item["kind"]).demands_volume(item["params"], self, least)

    def built_in(self, code):
        """Whether a figure that no measure declares demands volume."""
        if code == codes.Measure.ACTIVE:
            return self.activity()
        return codes.figure_unit(code) in ("pv", "cv")

    def activity(self):
        """Whether somebody is active by purchases only."""
        rule = self._plan["activity"]
        return rule is not None and rule["pv_e4"] > 0

    def _package(self, index):
        sold = [item for item in self._plan["catalog"] if item["package"] >= index]
        return all(item["cv_e4"] > 0 for item in sold)
