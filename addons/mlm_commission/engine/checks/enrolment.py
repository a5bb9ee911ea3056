# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Pay for enrolment alone (Ley 1700 de 2013, art. 2): nobody may earn by signing people up.

A list of conditions *demands volume* when one of its conditions can only hold through
sales: points, an active person, a package, or a rank that itself demands volume.
"""

from .. import measures as kinds
from ..kernel import codes, formulas
from ..plan.finding import error

_LAW = "(Ley 1700 de 2013, art. 2)"


def check(plan):
    """Return the awards, contests and pools that count people and nothing they bought."""
    asked = Demands(plan)
    found = []
    for index, bonus in enumerate(plan["bonuses"]):
        path, params = ("bonuses", index, "params"), bonus["params"]
        if bonus["rule"] == "award":
            for place, award in enumerate(params["awards"]):
                # An award that asks for nothing is the rule's own finding.
                if award["requires"] and not asked.conditions(award["requires"]):
                    found.append(_finding((*path, "awards", place, "requires"), award["code"]))
        for rule, key in (("contest", "measure"), ("pool", "points")):
            if bonus["rule"] == rule and not asked.figure(params[key]):
                found.append(_finding((*path, key), bonus["code"]))
    return found


def _finding(path, code):
    return error(
        f"{code} is paid for people who joined, whether anybody bought or not {_LAW}",
        "Ask for volume, for active people, or for a rank that needs volume",
        path,
        f"{code} se paga por personas que se vinculan, aunque nadie compre {_LAW}",
        "Pida volumen, personas activas o un rango que necesite volumen",
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
            return self._figure(one["measure"])
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
        item = self._plan["measures"][index]
        kind, params = item["kind"], item["params"]
        if least <= 0:
            return False
        if kind == "sponsored":
            return self._sponsored(params)
        if kind == "qualified_legs":
            return (params["active"] and self._activity()) or self.rank(params["rank"])
        if kind == "volume_legs":
            return params["min_e4"] > 0
        if kind == "accumulated":
            return self.measure(params["of"], least)
        if kind == "met":
            return self.conditions(params["requires"])
        if kind == "formula":
            return self._formula(params["formula"])
        return kinds.is_volume(kind)

    def _sponsored(self, params):
        if params["state"] == "active" and self._activity():
            return True
        if params["measure"] >= 0 and self.measure(params["measure"], params["min_e4"]):
            return True
        return self.rank(params["min_rank"])

    def _formula(self, formula):
        """Only volume can raise it: no count of people that does not demand volume."""
        parts = formulas.measures_in(formula)
        return all(self.measure(index, 1) for index in parts) and all(
            self._figure(code) for _bonus, code in formulas.figures_in(formula)
        )

    def _figure(self, code):
        if code == codes.Measure.ACTIVE:
            return self._activity()
        return codes.figure_unit(code) in ("pv", "cv")

    def _activity(self):
        rule = self._plan["activity"]
        return rule is not None and rule["pv_e4"] > 0

    def _package(self, index):
        sold = [item for item in self._plan["catalog"] if item["package"] >= index]
        return all(item["cv_e4"] > 0 for item in sold)
