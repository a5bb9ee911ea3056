# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Codes and moments while a scenario is read, and where everything stood."""

from ..kernel.periods import bounds
from ..kernel.text import _
from ..plan.document import shown, suggestion

#: Hour that stands for a date without time: changes come before purchases.
MORNING, NOON = 0, 12
#: A scenario is a small company; a large one is imported into a database.
MOST_PEOPLE, MOST_ROWS = 20_000, 100_000
#: where what a scenario names is declared, if not under its own plural
_SECTIONS = {
    "company": "companies",
    "product": "plan.catalog",
    "bonus": "plan.bonuses",
    "rank": "plan.ranks",
    "package": "plan.packages",
}
#: what is looked up → what is said of a code that is none
_UNKNOWN = {
    "bonus": lambda **code: _("unknown bonus {code}", **code),
    "company": lambda **code: _("unknown company {code}", **code),
    "distributor": lambda **code: _("unknown distributor {code}", **code),
    "measure": lambda **code: _("unknown measure {code}", **code),
    "package": lambda **code: _("unknown package {code}", **code),
    "position": lambda **code: _("unknown position {code}", **code),
    "product": lambda **code: _("unknown product {code}", **code),
    "promotion": lambda **code: _("unknown promotion {code}", **code),
    "rank": lambda **code: _("unknown rank {code}", **code),
    "sale": lambda **code: _("unknown sale {code}", **code),
    "tree": lambda **code: _("unknown tree {code}", **code),
}


class Lookup:
    """What all readers of sections share: codes, moments, problems.

    ``people`` maps codes to ``Distributor``; ``places`` maps every model object
    to the path it was read from, for problems found later.
    """

    def __init__(self, check, plan, clock, numbers, companies):
        self.wrong = check.wrong
        self.check, self.plan, self.clock = check, plan, clock
        kind = next(iter(plan["periods"].values()))
        self.first_day = bounds(kind, numbers[0])[0]
        self.cycles = numbers
        self.companies = {one.code: one for one in companies}
        self.packages = [item["code"] for item in plan["packages"]]
        self.bonuses = [item["code"] for item in plan["bonuses"]]
        self.ranks = [item["code"] for item in plan["ranks"]]
        self.measures = {item["code"]: item for item in plan["measures"]}
        self.products = {item["code"]: item for item in plan["catalog"]}
        self.people = {}
        self.unread = set()  # of what a code could not be read: "distributor", "sale"
        self.positions = set()  # codes of further positions
        self.placed = set()  # (tree, code of a position)
        self.places = {}
        self.spots_taken = {}  # {(tree, parent): numbers of spots}
        self.first_free = {}  # {(tree, parent): no spot below this is free}

    def at(self, path, item):
        """Remember where an object was read."""
        self.places[id(item)] = path
        return item

    def moment(self, value, path, hour):
        try:
            return self.clock.moment(value, hour)
        except ValueError as error:
            self.wrong(path, str(error), _("Write YYYY-MM-DD or YYYY-MM-DD HH:MM"))
            return self.clock.start_of(self.first_day)

    def known(self, value, path, codes, what):
        """Return a code if it exists, else report it and return ``None``."""
        code = self.check.code(value, path)
        if code in codes:
            return code
        if code and what not in self.unread:
            section = _SECTIONS.get(what, f"{what}s")
            remedy = suggestion(code, codes) or _("Add it under `{section}`", section=section)
            self.wrong(path, _UNKNOWN[what](code=shown(code)), remedy)
        return None

    def person(self, value, path):
        return self.known(value, path, self.people, "distributor")

    def company(self, data, key, path, default):
        """Return the code of the company that an entry names, else ``default``."""
        if key not in data:
            return default
        if len(self.companies) == 1:
            remedy = _("Add `companies`, or remove `{key}`", key=key)
            self.wrong((*path, key), _("the network has only one company"), remedy)
            return default
        return self.known(data[key], (*path, key), self.companies, "company") or default

    def position(self, value, path):
        """Return the code of a position: somebody's own, or that of a further one."""
        code = self.check.code(value, path)
        if not code or code in self.positions or code in self.people:
            return code or None
        return self.known(code, path, [*self.people, *self.positions], "distributor")

    def _optional(self, data, key, path, codes, what):
        if data.get(key) is None:
            return None
        return self.known(data[key], (*path, key), codes, what)
