# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Volume rows of a scenario: one per sale line in order of payment, then one per line
refunded in a later cycle.

What is taken back within the cycles that a run reads nets out; what takes back an
earlier sale is a row of its own.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    """A sale line, or the refund of one: its ``units``, negative when taken back."""

    id: int
    sale: object
    place: int  # of the line in its sale
    moment: int
    units: int
    reversal: bool
    sold: int  # cycle of the sale
    left: int  # units of the line that are still out after it

    @property
    def line(self):
        return self.sale.lines[self.place]

    @property
    def cv_e4(self):
        """CV of the row: what a line has given back is rounded as a sum."""
        before = self.left - self.units if self.reversal else 0
        return self.line.cv_e4(self.left) - self.line.cv_e4(before)


class Ledger:
    """Sale lines and what was taken back of them, by cycle."""

    def __init__(self, scenario, timeline):
        cycle_of = timeline.cycle_of
        self._sold = [
            (cycle_of(sale.paid), sale, place)
            for sale in scenario.sales
            for place in range(len(sale.lines))
        ]
        ids = {(sale.id, place): at for at, (_cycle, sale, place) in enumerate(self._sold, 1)}
        self._lines = [(sale.id, place + 1) for _cycle, sale, place in self._sold]
        self._back = {}  # {id of the sale line: [(cycle, row)]}
        out = {
            origin: sale.lines[place].qty for origin, (_c, sale, place) in enumerate(self._sold, 1)
        }
        for refund in scenario.refunds:
            for place, units in enumerate(refund.quantities):
                origin = ids[refund.sale, place]
                sold, sale, _place = self._sold[origin - 1]
                cycle = cycle_of(refund.at)
                if not units:
                    continue
                if cycle != sold:
                    self._lines.append((sale.id, place + 1))
                out[origin] -= units
                row = Row(len(self._lines), sale, place, refund.at, -units, True, sold, out[origin])
                self._back.setdefault(origin, []).append((cycle, row))

    def line(self, identity):
        """Return ``(sale id, line number from 1)`` of a row."""
        return self._lines[identity - 1]

    def rows(self, cycles):
        """Return the rows of a run that reads these cycles, by id."""
        found = []
        for origin, (sold, sale, place) in enumerate(self._sold, 1):
            back = [row for cycle, row in self._back.get(origin, ()) if cycle in cycles]
            if sold not in cycles:
                found += back
                continue
            units = sale.lines[place].qty + sum(row.units for row in back)
            if units:
                found.append(Row(origin, sale, place, sale.paid, units, False, sold, units))
        return sorted(found, key=lambda row: row.id)

    def before(self, cycles):
        """Return the sale lines of earlier cycles of which something is left after these."""
        first, last = min(cycles), max(cycles)
        found = []
        for origin, (sold, sale, place) in enumerate(self._sold, 1):
            back = sum(row.units for cycle, row in self._back.get(origin, ()) if cycle <= last)
            left = sale.lines[place].qty + back
            if sold < first and left:
                found.append(Row(origin, sale, place, sale.paid, left, False, sold, left))
        return found
