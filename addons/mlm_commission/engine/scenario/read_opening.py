# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read how things stand before the first cycle."""

from ..document import suggestion
from ..exact import E4
from . import model
from .lookup import NOON, Lookup


class OpeningReader(Lookup):
    """Adds ``opening``."""

    def opening(self, value):
        keys = ("carry", "packages", "purchases", "titles")
        data = self.check.mapping(value or {}, ("opening",), (), keys)
        titles = {}
        for code, rank in self.check.mapping(data.get("titles") or {}, ("opening",)).items():
            path = ("opening", "titles", code)
            if self.person(code, path) and rank in self.ranks:
                titles[code] = rank
            elif rank not in self.ranks:
                self.wrong(path, f"unknown rank {rank!r}", suggestion(rank, self.ranks))
        return model.Opening(
            self._carry(data.get("carry") or {}),
            self._held(data.get("packages")),
            self._purchases(data.get("purchases")),
            titles,
        )

    def _carry(self, value):
        result = {}
        path = ("opening", "carry")
        for code, by_bonus in self.check.mapping(value, path).items():
            self.person(code, (*path, code))
            for bonus, figures in self.check.mapping(by_bonus, (*path, code)).items():
                where = (*path, code, bonus)
                self.known(bonus, where, self.bonuses, "bonus")
                for name, amount in self.check.mapping(figures, where).items():
                    if name not in ("carry_left", "carry_right"):
                        remedy = suggestion(name, ("carry_left", "carry_right"))
                        self.wrong((*where, name), f"unknown measure {name!r}", remedy)
                    found = self.check.number(amount, (*where, name), E4)
                    result.setdefault(code, {}).setdefault(bonus, {})[name] = found
        return result

    def _held(self, value):
        rows = []
        for path, item in self.check.sequence(value, ("opening", "packages")):
            data = self.check.mapping(item, path, ("distributor", "package", "at"), ("from",))
            moment = self.moment(data.get("at"), (*path, "at"), NOON)
            if moment >= self.clock.start_of(self.first_day):
                remedy = "Write it as a sale, or an earlier date"
                self.wrong((*path, "at"), "not before the first cycle", remedy)
            rows.append(
                model.HeldPackage(
                    self.person(data.get("distributor"), (*path, "distributor")),
                    self.known(data.get("package"), (*path, "package"), self.packages, "package"),
                    self._optional(data, "from", path, self.packages, "package"),
                    moment,
                )
            )
        return tuple(sorted(rows, key=lambda row: row.at))

    def _purchases(self, value):
        rows = []
        keys = ("distributor", "cycle", "pv")
        for path, item in self.check.sequence(value, ("opening", "purchases")):
            data = self.check.mapping(item, path, keys, ("package_pv",))
            cycle = self.check.integer(data.get("cycle", 0), (*path, "cycle"))
            if cycle >= self.cycles[0]:
                remedy = "Write it as a sale"
                self.wrong((*path, "cycle"), f"cycle {cycle} is not before the first", remedy)
            package_pv = data.get("package_pv", 0)
            rows.append(
                model.EarlierPurchase(
                    self.person(data.get("distributor"), (*path, "distributor")),
                    cycle,
                    self.check.number(data.get("pv"), (*path, "pv"), E4),
                    self.check.number(package_pv, (*path, "package_pv"), E4),
                )
            )
        return tuple(rows)
