# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Days of bonuses, promotions and contests that can never meet a period."""

from .. import rules
from ..kernel.periods import bounds, number_of
from ..kernel.text import Day, _
from ..plan.finding import error, warning


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
            _("it ends before it begins"),
            _("Change one of the days"),
            path,
        )
    yield from _before_plan(plan, path, end)


def _before_plan(plan, path, end):
    first = plan["valid_from"]
    if end is not None and first is not None and end < first:
        yield error(
            _(
                "it ends on {end}, before the plan begins on {first}",
                end=Day(end),
                first=Day(first),
            ),
            _("Give a later day or remove it"),
            path,
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
            _("no period ends inside the contest"),
            _("Have it run at least until {last}", last=Day(last)),
            (*path, "end"),
        )
        return
    if first != start:
        yield warning(
            _(
                "the contest begins in the middle of a period, which counts in full, from "
                "{first} on",
                first=Day(first),
            ),
            _(
                "Start on {first} or {day}",
                first=Day(first),
                day=Day(last + 1),
            ),
            (*path, "start"),
        )
    if ends[-1] != end:
        after = bounds(kind, number_of(kind, end))[1]
        yield warning(
            _(
                "the contest ends in the middle of a period: its last days do not count; it "
                "counts until {day}",
                day=Day(ends[-1]),
            ),
            _(
                "End on {day} or {after}",
                day=Day(ends[-1]),
                after=Day(after),
            ),
            (*path, "end"),
        )


def _numbers(kind, start, end):
    """Periods whose last day lies from ``start`` to ``end``."""
    numbers = range(number_of(kind, start), number_of(kind, end) + 1)
    return [number for number in numbers if start <= bounds(kind, number)[1] <= end]
