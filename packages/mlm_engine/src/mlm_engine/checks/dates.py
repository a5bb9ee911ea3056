# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days of bonuses, promotions and contests that can never meet a period."""

from .. import rules
from ..kernel.periods import bounds, number_of
from ..plan.finding import error, warning
from ..telling.words import day as word


def check(plan):
    """Return windows that end before they begin, or lie where nothing is computed."""
    found = []
    for index, bonus in enumerate(plan["bonuses"]):
        path, kind = ("bonuses", index), plan["periods"][bonus["period"]]
        start, end = bonus["common"]["start"], bonus["common"]["end"]
        found += _window(plan, (*path, "to"), start, end)
        rule, params = rules.of(bonus)
        race = rule.race(params)
        if race:
            found += _race(plan, (*path, "params"), kind, race)
    return found


def _window(plan, path, start, end):
    if start is not None and end is not None and end < start:
        yield error(
            "it ends before it begins",
            "Change one of the days",
            path,
            "termina antes de empezar",
            "Cambie una de las fechas",
        )
    yield from _before_plan(plan, path, end)


def _before_plan(plan, path, end):
    first = plan["valid_from"]
    if end is not None and first is not None and end < first:
        yield error(
            f"it ends on {word(end, 'en')}, before the plan begins on {word(first, 'en')}",
            "Give a later day or take it out",
            path,
            f"termina el {word(end)}, antes de que empiece el plan el {word(first)}",
            "Dé una fecha posterior o quítelo",
        )


def _race(plan, path, kind, race):
    start, end = race.start, race.end
    if start is None or end is None or end < start:
        return  # the rule says so
    yield from _before_plan(plan, (*path, "end"), end)
    # The period that holds a day counts when its last day lies in the contest.
    first, last = bounds(kind, number_of(kind, start))[:2]
    ends = [bounds(kind, number)[1] for number in _numbers(kind, start, end)]
    if not ends:
        yield error(
            "no period ends inside the contest",
            f"Let it run at least until {word(last, 'en')}",
            (*path, "end"),
            "ningún período termina dentro del concurso",
            f"Que dure por lo menos hasta el {word(last)}",
        )
        return
    if first != start:
        yield warning(
            f"the contest begins inside a period: it counts whole, from {word(first, 'en')} on",
            f"Start on {word(first, 'en')} or {word(last + 1, 'en')}",
            (*path, "start"),
            f"el concurso empieza en medio de un período: cuenta entero, desde el {word(first)}",
            f"Empiece el {word(first)} o el {word(last + 1)}",
        )
    if ends[-1] != end:
        after = bounds(kind, number_of(kind, end))[1]
        yield warning(
            "the contest ends inside a period: its last days do not count, counted until "
            f"{word(ends[-1], 'en')}",
            f"End on {word(ends[-1], 'en')} or {word(after, 'en')}",
            (*path, "end"),
            "el concurso termina en medio de un período: sus últimos días no cuentan, se "
            f"cuenta hasta el {word(ends[-1])}",
            f"Termine el {word(ends[-1])} o el {word(after)}",
        )


def _numbers(kind, start, end):
    """Periods whose last day lies from ``start`` to ``end``."""
    numbers = range(number_of(kind, start), number_of(kind, end) + 1)
    return [number for number in numbers if start <= bounds(kind, number)[1] <= end]
