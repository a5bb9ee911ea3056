# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a scenario expects of its cycles, and where the results differ.

An expectation is partial: only what it names is compared, an amount left out is
not zero. ``complete: true`` also forbids earnings that it does not name, and wants the
parts of a bonus to add up to the whole.
"""

from dataclasses import dataclass

from ..kernel.codes import FIGURES, RateSource, Reason, figure_unit
from ..kernel.exact import E4, E6
from ..kernel.text import _
from ..plan.document import shown, suggestion
from .read_opening import CARRIED

#: Key of breakage that no person could have earned.
COMPANY = "company"
_TOTALS = ("earnings", "breakage", "withheld", "payable", "debit", "credit")
_OF_COMPANY = ("earned", "withheld", "payable")
_SALE = ("pv", "cv", "price", "retail")
_SECTIONS = (
    "start",
    "end",
    "pay_date",
    "earnings",
    "breakage",
    "ranks",
    "titles",
    "carry",
    "measures",
    "totals",
    "companies",
    "sales",
    "complete",
)
SCALE = {"pv": E4, "cv": E4, "rate": E6 // 100}
#: Figures that are a rank.
RANKED = ("rank", "title", "rank_earned")
WORDS = {"reason": Reason, "rate_source": RateSource}


@dataclass(frozen=True)
class Difference:
    """One figure that is not as expected; texts as shown to people."""

    where: str
    expected: str
    actual: str

    @property
    def text(self):
        return _(
            "{where}: expected {expected}, got {actual}",
            where=self.where,
            expected=self.expected,
            actual=self.actual,
        )

    def __str__(self):
        return self.text


def read(check, value, scenario, line):
    """Check ``expect`` and return it as ``{cycle or (kind, number): {section: ...}}``."""
    reader = _Reader(check, scenario)
    result = {}
    played = [one for cycle in scenario.cycles for one in line.completed(cycle)]
    for name, item in check.mapping(value or {}, ("expect",)).items():
        path = ("expect", name)
        kind, _space, number = str(name).rpartition(" ")
        number = int(number) if number.isdecimal() and len(number) < 19 else number
        key = (kind, number) if kind else number
        if key not in (played if kind else scenario.cycles):
            labels = [*map(str, scenario.cycles), *(f"{one} {place}" for one, place in played)]
            what = name if kind else f"cycle {name}"
            check.wrong(
                path,
                _("{what} is not computed", what=what),
                _("Computed: {labels}", labels=", ".join(labels)),
            )
            continue
        result[key] = reader.cycle(item, path)
    return result


class _Reader:
    """Every figure ends as ``{path tuple: (value, shown)}`` in scaled integers."""

    def __init__(self, check, scenario):
        self.check = check
        plan = scenario.plan
        self.people = {person.code: person for person in scenario.distributors}
        self.positions = scenario.positions
        self.bonuses = [item["code"] for item in plan["bonuses"]]
        self.measures = {item["code"]: item for item in plan["measures"]}
        self.ranks = [item["code"] for item in plan["ranks"]]
        self.sales = [sale.id for sale in scenario.sales]
        self.companies = [one.code for one in scenario.companies]

    def cycle(self, value, path):
        data = self.check.mapping(value, path, (), _SECTIONS)
        figures = {}
        for key in ("start", "end", "pay_date"):
            if key in data:
                figures[(key,)] = self.check.day(data[key], (*path, key))
        for section, people in (
            ("earnings", self.people),
            ("breakage", [*self.people, COMPANY]),
        ):
            where = (*path, section)
            for code, row in self.entries(data, section, where, people):
                for bonus, amount in self.entries(row, None, (*where, code), self.bonuses):
                    place = (*where, code, bonus)
                    if isinstance(amount, list):
                        self._parts(amount, place, figures)
                        continue
                    figures[section, code, bonus] = self.check.number(amount, place, E4)
        for section in ("ranks", "titles"):
            where = (*path, section)
            for code, rank in self.entries(data, section, where, self.people):
                figures[section, code] = self.check.choice(rank, (*where, code), self.ranks)
        self._carry(data, path, figures)
        self._measures(data, path, figures)
        self._totals(data, path, figures)
        where = (*path, "sales")
        for code, row in self.entries(data, "sales", where, self.sales):
            for name, amount in self.entries(row, None, (*where, code), _SALE):
                place = (*where, code, name)
                figures["sales", code, name] = self.check.number(amount, place, E4)
        complete = self.check.flag(data.get("complete", False), (*path, "complete"))
        return {"figures": figures, "complete": complete}

    def _totals(self, data, path, figures):
        """Read sums: of one company, or of each of several."""
        several = len(self.companies) > 1
        section, other = ("companies", "totals") if several else ("totals", "companies")
        if other in data:
            remedy = _("Write `{section}`", section=section)
            text = _("the network has only one company")
            if several:
                text = _("the network has several companies, each with its own totals")
            self.check.wrong((*path, other), text, remedy)
        where = (*path, section)
        if not several:
            for name, amount in self.entries(data, section, where, _TOTALS):
                figures[section, name] = self.check.number(amount, (*where, name), E4)
            return
        for code, row in self.entries(data, section, where, self.companies):
            for name, amount in self.entries(row, None, (*where, code), _OF_COMPANY):
                place = (*where, code, name)
                figures[section, code, name] = self.check.number(amount, place, E4)

    def entries(self, data, section, path, known):
        """Yield the known entries of a mapping and report the others."""
        value = data if section is None else data.get(section, {})
        for code, item in self.check.mapping(value, path).items():
            name = str(code)
            if name in known:
                yield name, item
            else:
                remedy = suggestion(name, known)
                self.check.wrong((*path, code), _("unknown code {name}", name=shown(name)), remedy)

    def _parts(self, value, path, figures):
        """Read what one bonus paid by source and level: a list, each entry with one or both."""
        for place, item in self.check.sequence(value, path):
            data = self.check.mapping(item, place, ("amount",), ("source", "level"))
            source, level = data.get("source"), data.get("level")
            amount = self.check.number(data.get("amount"), (*place, "amount"), E4)
            if source is None and level is None:
                remedy = _("Add `source: CODE`, `level: 1` or both")
                self.check.wrong(
                    place, _("a part of a bonus needs a source, a level or both"), remedy
                )
                continue
            if source is not None:
                source = self.check.code(source, (*place, "source"))
                if source and source not in self.people:
                    remedy = suggestion(source, self.people)
                    self.check.wrong(
                        (*place, "source"), _("unknown code {source}", source=shown(source)), remedy
                    )
                if source not in self.people:
                    continue
            if level is not None:
                level = self.check.integer(level, (*place, "level"), 0, default=-1)
                if level < 0:
                    continue
            key = (*path[2:], source or "", level)
            if key in figures:
                self.check.wrong(place, _("this part appears twice"))
            figures[key] = amount

    def _carry(self, data, path, figures):
        where = (*path, "carry")
        for code, row in self.entries(data, "carry", where, self.positions):
            for bonus, item in self.entries(row, None, (*where, code), self.bonuses):
                for name, value in self.entries(item, None, (*where, code, bonus), CARRIED):
                    place = (*where, code, bonus, name)
                    scale = CARRIED[name]
                    figures["carry", code, bonus, name] = self.check.number(value, place, scale)

    def _measures(self, data, path, figures):
        where = (*path, "measures")
        for code, row in self.entries(data, "measures", where, self.people):
            known = [*FIGURES, *self.measures, *self.bonuses]
            for name, item in self.entries(row, None, (*where, code), known):
                place = (*where, code, name)
                if name in FIGURES or name in self.measures:
                    figures["measures", code, "", name] = self._figure(name, item, place)
                    continue
                for inner, value in self.entries(item, None, place, list(FIGURES)):
                    figure = self._figure(inner, value, (*place, inner))
                    figures["measures", code, name, inner] = figure

    def _figure(self, name, value, path):
        if name in WORDS:
            known = {item.name.lower(): int(item) for item in WORDS[name]}
            return known[self.check.choice(value, path, known)]
        if name in self.measures and name not in FIGURES:
            scale = E4 if self.measures[name]["volume"] else 1
            return self.check.number(value, path, scale)
        if name in RANKED:
            known = {code: place for place, code in enumerate(self.ranks)}
            return known.get(self.check.choice(value, path, known), 0)
        if isinstance(value, bool):
            return int(value)
        return self.check.number(value, path, SCALE.get(figure_unit(FIGURES[name]), 1))


def compare(expected, actual):
    """Return the ``Difference`` list between an expectation and a played cycle.

    ``expected``: an entry of ``Scenario.expect``. ``actual``: has ``figure(key)``
    returning an integer or a code, ``shown(key, value)`` for people and
    ``earning_keys()``.
    """
    found = []
    for key, value in expected["figures"].items():
        got = actual.figure(key)
        if got != value:
            where = ".".join(str(part) for part in key if part not in ("", None))
            shown = actual.shown(key, value), actual.shown(key, got)
            found.append(Difference(where, *shown))
    return found + _missed(expected["figures"], actual) if expected["complete"] else found


def _missed(figures, actual):
    """Return where a complete expectation names less than was earned, or the same twice."""
    found, parts = [], {}
    for key, value in figures.items():
        if key[0] == "earnings" and len(key) > 3:
            parts[key[:3]] = parts.get(key[:3], 0) + value
    for key in dict.fromkeys([*actual.earning_keys(), *parts]):
        got, named = actual.figure(key), parts.get(key)
        if key not in figures and got != named:
            wanted = _("nothing") if named is None else actual.shown(key, named)
            found.append(Difference(".".join(key), wanted, actual.shown(key, got)))
    return found
