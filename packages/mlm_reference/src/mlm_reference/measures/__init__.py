# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Measures of a person (rules.md §3): one file per kind, found by its name.

A file offers ``value(run, item, member, least)``: volumes in ten-thousandths, counts as
they are. ``least`` is what the asking condition wants (Fraction), None if nobody asks.
"""

from importlib import import_module

from ..conditions import measures_in
from ..numbers import E4, fraction
from .formula import names_in

COUNTS = ("sponsored", "qualified_legs", "volume_legs", "met")
#: Kinds that ask for ranks of this period.
OF_RANKS = ("personal_group", "qualified_legs")
_OWN = {"own_pv_period": "row_pv_e4", "own_cv_period": "row_cv_e4"}


class Measures:
    def __init__(self, run):
        self.run, self.plan = run, run.plan
        self._known = {}
        self._prior = None

    def value(self, name, member, least=None):
        """Return a declared or built-in measure of somebody, as integer."""
        key = name, member, least
        if key not in self._known:
            self._known[key] = self._value(name, member, least)
        return self._known[key]

    def _value(self, name, member, least):
        if name in self.plan.measure_index:
            item = self.plan.measures[self.plan.measure_index[name]]
            kind = import_module(f".{item['kind']}", __name__)
            return kind.value(self.run, item, member, least)
        if name in _OWN:
            return self.run.people.own(member, _OWN[name])
        if name == "own_pv":
            return self.run.people.own_pv(member)
        if name == "active":
            return int(self.run.people.active(member))
        bonus, _, figure = name.rpartition(".")
        return self.run.figure(bonus, figure, member)

    def is_count(self, name):
        if name not in self.plan.measure_index:
            return name == "active"
        item = self.plan.measures[self.plan.measure_index[name]]
        if item["kind"] == "accumulated":
            return self.is_count(str(item["of"]))
        return item["kind"] in COUNTS

    def reaches(self, name, least, member):
        """Tell whether a measure reaches a number of the document."""
        least = fraction(least)
        value = self.value(name, member, least if self.is_capped(name) else None)
        return value >= (least if self.is_count(name) else least * E4)

    def number(self, name, member):
        """Return a measure in points, or as a count: a Fraction."""
        value = fraction(self.value(name, member))
        return value if self.is_count(name) else value / E4

    def is_capped(self, name):
        index = self.plan.measure_index.get(name)
        return index is not None and self.plan.measures[index]["kind"] == "capped_group"

    def of_ranks(self, name):
        """Tell whether a measure asks, itself or through others, for ranks."""
        index = self.plan.measure_index.get(name)
        if index is None:
            return False
        item = self.plan.measures[index]
        if item["kind"] in OF_RANKS or item.get("min_rank") is not None:
            return True
        names = [name for name, _ in measures_in(item.get("requires"))]
        refers = {"accumulated": "of", "sponsored": "measure"}.get(item["kind"])
        names += [str(item[refers])] if item.get(refers) is not None else []
        if item["kind"] == "formula":
            names += names_in(str(item["formula"]))
        return any(self.of_ranks(one) for one in names)

    def before(self, index, age, member):
        """Return what a declared measure was some periods ago."""
        if self._prior is None:
            data = self.run.inputs
            keys = zip(data.prior_measure, data.prior_age, data.prior_member, strict=True)
            self._prior = dict(zip(keys, data.prior_value, strict=True))
        return self._prior.get((index, age, member), 0)
