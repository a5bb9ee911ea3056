# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Play a scenario: one snapshot and one run per cycle, carry handed on."""

from dataclasses import dataclass

from ..run import compute
from .clock import Clock
from .snapshots import SnapshotMaker
from .timeline import Timeline


@dataclass(frozen=True)
class PlayedCycle:
    """One cycle: days, what went into the engine and what came out."""

    number: int
    start: int
    end: int
    pay: int
    snapshot: object
    result: object


@dataclass(frozen=True)
class Played:
    """A played scenario. ``maker`` maps codes to the ids used in snapshots."""

    scenario: object
    maker: SnapshotMaker
    cycles: tuple  # of PlayedCycle


def play(scenario, progress=None):
    """Return the ``Played`` scenario.

    ``progress(cycle number, stage, fraction)`` is called as stages begin.
    """
    clock = Clock(scenario.company.timezone)
    line = Timeline(scenario, clock)
    maker = SnapshotMaker(scenario, line)
    played = []
    for number in scenario.cycles:
        snapshot = maker.snapshot(number)
        tell = None
        if progress:

            def tell(stage, fraction, number=number):
                progress(number, stage, fraction)

        result = compute(snapshot, tell)
        maker.hand_on(snapshot, result)
        start, end, pay, _, _ = line.cycle(number)
        played.append(PlayedCycle(number, start, end, pay, snapshot, result))
    return Played(scenario, maker, tuple(played))
