# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What live figures say of people, wherever they come from."""

from types import SimpleNamespace

from mlm_engine.kernel import codes
from mlm_engine.telling import entitled, rank_steps
from mlm_engine.telling.view import View

from ..rows.mlm_measure import OWN_COLUMN, parts_of


class Now:
    """The open cycle as if it ended now.

    ``as_of``: the moment of the figures (naive, UTC), or None where they are immediate;
    ``view``: a `View` without inputs and results, for the words of the plan.
    """

    def __init__(self, period, version, read, as_of=None):
        self.as_of, self._read = as_of, read
        known = SimpleNamespace(
            plan=version._plan(),
            period_kind=period.kind,
            period_number=period.number,
            period_end=period.date_end.toordinal(),
        )
        self.view = View(known, None, lang=version._short_lang())
        self.plan = known.plan

    def people(self, distributors):
        """Return ``{id: Person}``; who joined after the figures is absent."""
        return {key: Person(self.view, row) for key, row in self._read(distributors.ids).items()}


class Person:
    """The figures of one person; ``row``: those of `TYPES` by name, integers."""

    def __init__(self, view, row):
        self._view, self._plan, self.row = view, view.plan, row

    def figures(self, positions):
        """Rows ``(measure, bonus, position, integer)``, names of codes, as those of a run.

        :param positions: of the person, whose codes are told
        """
        places = {one.id: one.code for one in positions}
        bonuses = [*(bonus["code"] for bonus in self._plan["bonuses"]), ""]
        found = [
            (codes.figure_name(code, self._plan), "", "", self.row[name])
            for code, name in OWN_COLUMN.items()
            if self.row[name]
        ]
        keys, values = self.row["figure_keys"], self.row["figure_values"]
        for key, value in zip(keys, values, strict=True):
            code, place, position = parts_of(key)
            name = codes.figure_name(code, self._plan)
            found.append((name, bonuses[place], places.get(position, ""), value))
        return found

    def earned(self):
        """``{bonus code: ten-thousandths}`` of the sales so far."""
        bonuses, row = self._plan["bonuses"], self.row
        pairs = zip(row["bonus_places"], row["bonus_amounts"], strict=True)
        return {bonuses[place]["code"]: amount for place, amount in pairs}

    def package(self):
        """Package in term with its percentage, and the highest one held; or None."""
        packages, row = self._plan["packages"], self.row
        if row["package_highest"] < 0:
            return None
        found = {"highest": packages[row["package_highest"]], "current": None}
        if row["package"] >= 0:
            found.update(
                current=packages[row["package"]],
                rate_e6=row["package_rate_e6"],
                until=row["package_until"],
                repeat=bool(row["package_repeat"]),
            )
        return found

    def rank_conditions(self):
        """What the next rank asks for, as ``entitled.conditions_of``; empty at the top."""
        following = self._plan["ranks"][self.row["rank"] + 1 :][:1]
        return [
            condition
            for rank in following
            for condition in entitled.told(self._view, rank["requires"], iter(self.row["reached"]))
        ]

    def rank_notes(self):
        """Sentences about grace, grants and overrides."""
        steps = rank_steps.told(self._view, self.row)
        return [step["text"] for step in steps if step["step"] != "reached"]
