# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read how things stand before the first cycle."""

from ..kernel.codes import FIGURES, STREAK, is_state
from ..kernel.exact import E4
from ..kernel.text import _
from ..plan.document import shown, suggestion
from . import model
from .lookup import MOST_ROWS, NOON, Lookup

#: Figures of a position that are carried, and their scales.
CARRIED = {"carry_left": E4, "carry_right": E4, "inactive_periods": 1}


def state_code(name):
    """Return the code of a member's state by name, ``None`` for anything else."""
    streak = name.removeprefix("streak_")
    if streak != name and streak.isdecimal() and len(streak) < 4:
        code = STREAK + int(streak) - 1
    else:
        code = FIGURES.get(name, -1)
    return int(code) if is_state(code) else None


class OpeningReader(Lookup):
    """Adds ``opening``."""

    def opening(self, value):
        keys = ("carry", "packages", "purchases", "titles", "ranks", "measures", "state")
        data = self.check.mapping(value or {}, ("opening",), (), keys)
        return model.Opening(
            self._carry(data.get("carry") or {}),
            self._held(data.get("packages")),
            self._purchases(data.get("purchases")),
            {code: rank for code, rank, _path in self._ranked(data, "titles")},
            {code: found for code, found, _path in self._ranked(data, "ranks", misses=True)},
            self._measures(data.get("measures") or {}),
            self._state(data.get("state") or {}),
        )

    def _ranked(self, data, section, misses=False):
        """Yield ``(code, rank, path)``; with ``misses`` the rank is ``(rank, misses)``."""
        for code, value in self.check.mapping(
            data.get(section) or {}, ("opening", section)
        ).items():
            path = ("opening", section, code)
            missed = 0
            if misses and isinstance(value, dict):
                row = self.check.mapping(value, path, ("rank",), ("misses",))
                missed = self.check.integer(row.get("misses", 0), (*path, "misses"), 0)
                value = row.get("rank")
            if self.person(code, path) and value in self.ranks:
                yield code, (value, missed) if misses else value, path
            elif value not in self.ranks:
                self.wrong(
                    path,
                    _("unknown rank {code}", code=shown(value)),
                    suggestion(value, self.ranks),
                )

    def _measures(self, value):
        """Values of declared measures in periods before: one, or a list, newest first."""
        result = {}
        for code, row in self.check.mapping(value, ("opening", "measures")).items():
            path = ("opening", "measures", code)
            self.person(code, path)
            for name, values in self.check.mapping(row, path).items():
                where = (*path, name)
                if self.known(name, where, self.measures, "measure") is None:
                    continue
                scale = E4 if self.measures[name]["volume"] else 1
                listed = values if isinstance(values, list) else [values]
                found = [self.check.number(one, where, scale) for one in listed]
                result.setdefault(code, {})[name] = found
        return result

    def _state(self, value):
        """What members carry in a bonus: awards had, streaks, standings."""
        result = {}
        for code, by_bonus in self.check.mapping(value, ("opening", "state")).items():
            path = ("opening", "state", code)
            self.person(code, path)
            for bonus, figures in self.check.mapping(by_bonus, path).items():
                self.known(bonus, (*path, bonus), self.bonuses, "bonus")
                for name, amount in self.check.mapping(figures, (*path, bonus)).items():
                    where = (*path, bonus, name)
                    code_of = state_code(str(name))
                    if code_of is None:
                        self.wrong(
                            where,
                            _("unknown state {name}", name=shown(name)),
                            _("Known: {listed}", listed="awarded, standing, streak_1"),
                        )
                        continue
                    scale = E4 if name == "standing" else 1
                    found = self.check.number(amount, where, scale)
                    result.setdefault(code, {}).setdefault(bonus, {})[code_of] = found
        return result

    def _carry(self, value):
        result = {}
        path = ("opening", "carry")
        for code, by_bonus in self.check.mapping(value, path).items():
            position = self.position(code, (*path, code))
            for bonus, figures in self.check.mapping(by_bonus, (*path, code)).items():
                where = (*path, code, bonus)
                found = self.known(bonus, where, self.bonuses, "bonus")
                if position and found:
                    self._stands(position, found, where)
                for name, amount in self.check.mapping(figures, where).items():
                    if name not in CARRIED:
                        remedy = suggestion(name, CARRIED)
                        self.wrong(
                            (*where, name), _("unknown measure {name}", name=shown(name)), remedy
                        )
                    found = self.check.number(amount, (*where, name), CARRIED.get(name, E4))
                    result.setdefault(code, {}).setdefault(bonus, {})[name] = found
        return result

    def _stands(self, position, bonus, path):
        """A further position has to stand in the tree of the bonus that carries."""
        if position in self.people or any(
            problem.path[:1] == ("distributors",) for problem in self.check.problems
        ):
            return
        codes = [item["code"] for item in self.plan["trees"]]
        tree = self.plan["bonuses"][self.bonuses.index(bonus)]["tree"]
        if (codes.index(tree) if tree in codes else 0, position) not in self.placed:
            text = _(
                "{position} is not a position in the tree of {bonus}",
                position=position,
                bonus=bonus,
            )
            self.wrong(path, text, _("Choose a position of that tree"))

    def _held(self, value):
        rows = []
        for path, item in self.check.sequence(value, ("opening", "packages"), MOST_ROWS):
            data = self.check.mapping(item, path, ("distributor", "package", "at"), ("from",))
            moment = self.moment(data.get("at"), (*path, "at"), NOON)
            if moment >= self.clock.start_of(self.first_day):
                remedy = _("Write it as a sale, or an earlier date")
                self.wrong((*path, "at"), _("not before the first cycle"), remedy)
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
        for path, item in self.check.sequence(value, ("opening", "purchases"), MOST_ROWS):
            data = self.check.mapping(item, path, keys, ("package_pv",))
            cycle = self.check.integer(data.get("cycle", 0), (*path, "cycle"))
            if cycle >= self.cycles[0]:
                remedy = _("Write it as a sale")
                self.wrong(
                    (*path, "cycle"),
                    _("cycle {cycle} is not before the first", cycle=cycle),
                    remedy,
                )
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
