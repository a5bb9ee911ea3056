# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A result laid beside the reference calculation, person by person."""

from collections import defaultdict
from dataclasses import dataclass
from itertools import zip_longest

from .calculator import NOBODY, Calculator
from .codes import REASON_NAMES

#: Columns that name an earning (several where rates differ in rows that stand for several
#: sales), then those that are compared.
KEY = ("payee", "bonus", "row", "source", "level", "paid_level", "position")
VALUES = (
    "base_e4",
    "rate_e6",
    "fx_e6",
    "per_e6",
    "amount_e4",
    "breakage_e4",
    "reason",
    "cap_e4",
    "scale_e4",
)


@dataclass(frozen=True)
class Difference:
    """One figure that two calculations do not agree on.

    ``member``: index or -1; ``what``: ``earning``, ``rank``, ``title``, ``figure``, ``carry`` or
    ``state``;
    ``where``: what orders it; ``found`` and ``expected``: ``{name: value}``, empty
    where one side has nothing.
    """

    member: int
    what: str
    where: dict
    found: dict
    expected: dict

    def __str__(self):
        found, expected = _words(self.found), _words(self.expected)
        return f"{self.what} {_words(self.where)}: found {found}; by the rules {expected}"


class Stored:
    """A result to be judged, in indexes of its inputs.

    ``earnings``: iterable of mappings or of tuples in the order ``KEY + VALUES``.
    ``rank``, ``title``: lists over members. ``carry``: ``{(position, bonus, measure): value}``,
    ``state``: ``{(member, bonus, measure): value}``, ``figures``: ``{member: {measure: value}}`` of
    own volume, activity and declared measures. What is None is not compared.
    """

    def __init__(self, earnings, rank=None, title=None, carry=None, state=None, figures=None):
        self.rank, self.title, self.carry, self.state = rank, title, carry, state
        self.figures = figures
        self.by_payee = defaultdict(dict)
        for row in earnings:
            if isinstance(row, dict):
                row = tuple(row[name] for name in (*KEY, *VALUES))
            key, values = row[: len(KEY)], row[len(KEY) :]
            self.by_payee[row[0]].setdefault(key, []).append(values)


def compare(calculator, stored, members=None, progress=None):
    """Return the list of ``Difference``.

    :param calculator: ``Calculator`` of the inputs
    :param members: indexes to look at; None for everybody, with carry and state
    :param progress: ``f(done, of)`` called now and then
    """
    whole = members is None
    chosen = [*calculator.inputs.members, NOBODY] if whole else list(members)
    found = []
    for number, member in enumerate(chosen):
        if progress and number % 100 == 0:
            progress(number, len(chosen))
        found += _earnings(calculator, stored, member)
        if member != NOBODY:
            found += _ranks(calculator, stored, member)
            found += _figures(calculator, stored, member)
    if whole:
        found += _tables("carry", stored.carry, calculator.carry, calculator.inputs)
        found += _tables("state", stored.state, calculator.state, calculator.inputs)
    return found


def _earnings(calculator, stored, member):
    expected = {}
    for one in calculator.payee(member):
        key = tuple(getattr(one, name) for name in KEY)
        expected.setdefault(key, []).append(tuple(getattr(one, name) for name in VALUES))
    mine = stored.by_payee.get(member, {})
    return [
        Difference(member, "earning", dict(zip(KEY, key, strict=True)), _named(is_), _named(due))
        for key in sorted({*mine, *expected})
        for is_, due in zip_longest(sorted(mine.get(key, ())), sorted(expected.get(key, ())))
        if is_ != due
    ]


def _ranks(calculator, stored, member):
    for what in ("rank", "title"):
        column = getattr(stored, what)
        if column is None:
            continue
        expected = getattr(calculator, what)(member)
        if column[member] != expected:
            yield Difference(member, what, {}, {what: column[member]}, {what: expected})


def _figures(calculator, stored, member):
    if stored.figures is None:
        return
    mine, expected = stored.figures.get(member, {}), calculator.figures(member)
    for code in sorted({*mine, *expected}):
        values = mine.get(code, 0), expected.get(code, 0)
        if values[0] != values[1]:
            where = {"member": member, "measure": code}
            yield Difference(member, "figure", where, {"value": values[0]}, {"value": values[1]})


def _tables(what, mine, expected, inputs):
    if mine is None:
        return
    expected = expected()
    for key in sorted({*mine, *expected}):
        if mine.get(key, 0) == expected.get(key, 0):
            continue
        member = inputs.position_member[key[0]] if what == "carry" else key[0]
        names = ("position" if what == "carry" else "member", "bonus", "measure")
        yield Difference(
            member,
            what,
            dict(zip(names, key, strict=True)),
            {"value": mine.get(key, 0)},
            {"value": expected.get(key, 0)},
        )


def _named(values):
    if values is None:
        return {}
    found = dict(zip(VALUES, values, strict=True))
    return {**found, "reason": REASON_NAMES.get(found["reason"], found["reason"])}


def _words(values):
    return ", ".join(f"{name} {value}" for name, value in values.items()) or "nothing"


__all__ = ["KEY", "VALUES", "Calculator", "Difference", "Stored", "compare"]
