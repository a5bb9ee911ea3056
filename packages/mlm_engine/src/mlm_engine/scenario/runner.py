# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Play a scenario: one snapshot and one run per cycle and longer period, in order.

A longer period is computed when the last cycle that ends in it is, after that cycle.
"""

from dataclasses import dataclass

from ..kernel.run import compute
from ..kernel.text import _
from .clock import Clock
from .snapshots import SnapshotMaker
from .timeline import Timeline


@dataclass(frozen=True)
class PlayedCycle:
    """One period: days, what went into the engine and what came out. ``kind`` is ``None``
    for a cycle."""

    kind: str | None
    number: int
    start: int
    end: int
    pay: int
    snapshot: object
    result: object

    @property
    def key(self):
        """What ``Scenario.expect`` calls it."""
        return (self.kind, self.number) if self.kind else self.number

    @property
    def label(self):
        """What people call it: of a longer kind by the plan's own code."""
        if self.kind:
            return f"{self.kind} {self.number}"
        return _("Cycle {number}", number=self.number)


@dataclass(frozen=True)
class Played:
    """A played scenario. ``maker`` maps codes to the ids used in snapshots. ``periods``
    are all in the order computed, longer ones among the cycles."""

    scenario: object
    maker: SnapshotMaker
    periods: tuple  # of PlayedCycle

    @property
    def cycles(self):
        return tuple(period for period in self.periods if period.kind is None)


def play(scenario, progress=None):
    """Return the ``Played`` scenario.

    ``progress(cycle number, stage, fraction)`` is called as stages begin.
    """
    clock = Clock(scenario.company.timezone)
    line = Timeline(scenario, clock)
    maker = SnapshotMaker(scenario, line)
    played = []
    for cycle in scenario.cycles:
        for kind, number in [(None, cycle), *line.completed(cycle)]:
            tell = None
            if progress and kind is None:

                def tell(stage, fraction, number=number):
                    progress(number, stage, fraction)

            snapshot = maker.snapshot(number, kind)
            result = compute(snapshot, tell)
            maker.hand_on(snapshot, result)
            start, end, pay, _, _ = line.cycle(number, kind)
            played.append(PlayedCycle(kind, number, start, end, pay, snapshot, result))
    return Played(scenario, maker, tuple(played))
