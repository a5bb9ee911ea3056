# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who was what, and where, at a moment of a scenario.

A termination takes effect at the close of its cycle unless ``now`` (RULES 21), and the
sponsor tree closes over the person at that moment; what was sold until then is paid, so
that the state shows from the next cycle on. A move of somebody already placed counts from
the next cycle (RULES 19); everything else counts from its own moment.
"""

from bisect import bisect_right
from dataclasses import replace

from ..kernel.periods import bounds, number_of, parts

_STATE = {"suspend": "suspended", "reinstate": "active", "terminate": "terminated"}


class Timeline:
    """Answers questions about people and positions at moments. Codes in, codes out."""

    def __init__(self, scenario, clock):
        self.scenario, self.clock = scenario, clock
        self.period = scenario.plan["periods"][scenario.period_kind]
        self._states, self._kinds, self._sponsors = {}, {}, {}
        self._spots, self._promotions, self._overrides = {}, {}, {}
        for person in scenario.distributors:
            self._states[person.code] = [(0, person.state)]
            self._kinds[person.code] = [(0, person.kind)]
            self._sponsors[person.code] = [(0, person.sponsor)]
            for place in person.places:
                key = place.tree, place.code
                self._spots[key] = [(place.at, (place.parent, place.leg))]
        for event in scenario.events:
            self._apply(event)
        self._link(scenario)
        for changes in (*self._states.values(), *self._spots.values()):
            changes.sort(key=lambda item: item[0])
        self._positions = {}
        for tree, code in sorted(self._spots, key=lambda key: self._spots[key][0][0]):
            self._positions.setdefault((tree, scenario.positions[code]), []).append(code)

    def _apply(self, event):
        code = event.distributor
        if event.type in _STATE:
            late = event.type == "terminate" and not event.now
            at = self.next_start(event.at) if late else event.at
            self._states[code].append((at, _STATE[event.type]))
        elif event.type == "sponsor":
            pass  # together with the terminations, see `_link`
        elif event.type == "place":
            key = event.tree, event.position or code
            at = self.next_start(event.at) if key in self._spots else event.at
            self._spots.setdefault(key, []).append((at, (event.parent, event.leg)))
        elif event.type == "override":
            self._overrides.setdefault(code, []).append(event)
        elif event.kind:
            self._kinds[code].append((event.at, event.kind))
        else:
            self._promotions[code, event.promotion] = event.at

    def _link(self, scenario):
        """Follow who sponsors whom: changes, and the tree closing over who leaves."""
        moments = [
            (event.at if event.type == "sponsor" or event.now else self.next_start(event.at), event)
            for event in scenario.events
            if event.type in ("sponsor", "terminate")
        ]
        present = {person.code: person.sponsor for person in scenario.distributors}
        for at, event in sorted(moments, key=lambda item: item[0]):
            code = event.distributor
            changed = {code: event.sponsor}
            if event.type == "terminate":
                below = [one for one, sponsor in present.items() if sponsor == code]
                changed = {**dict.fromkeys(below, present[code]), code: None}
            for one, sponsor in changed.items():
                self._sponsors[one].append((at, sponsor))
            present.update(changed)

    def next_start(self, moment):
        """Return the first moment of the cycle after the one of ``moment``."""
        return self.clock.start_of(bounds(self.period, self.cycle_of(moment) + 1)[0])

    def cycle_of(self, moment):
        """Return the number of the cycle of a moment."""
        return number_of(self.period, self.clock.day_of(moment))

    def cycle(self, number, kind=None):
        """Return ``(start day, end day, pay day, start moment, end moment)`` of a cycle, or
        of a period of another kind."""
        period = self.scenario.plan["periods"][kind] if kind else self.period
        start, end, pay = bounds(period, number)
        return start, end, pay, self.clock.start_of(start), self.clock.start_of(end + 1)

    def parts(self, number, kind):
        """Return the cycles played that a period consists of: those that end in it."""
        period = self.scenario.plan["periods"][kind]
        if kind == self.scenario.period_kind:
            return [number]
        found = parts(period, self.period, number)
        return [part for part in found if part in self.scenario.cycles]

    def completed(self, number):
        """Return ``(kind, number)`` of the longer periods whose last cycle is ``number``."""
        end, found = bounds(self.period, number)[1], []
        for kind in self.scenario.longer_kinds:
            period = self.scenario.plan["periods"][kind]
            longer = number_of(period, end)
            if parts(period, self.period, longer)[-1:] == [number]:
                found.append((kind, longer))
        return found

    def override(self, code, day):
        """Return the last override event of somebody that is in force on a day, or ``None``."""
        found = [
            event
            for event in self._overrides.get(code, ())
            if self.clock.day_of(event.at) <= day and (event.until is None or day <= event.until)
        ]
        return found[-1] if found else None

    def state(self, code, moment):
        return _last(self._states[code], moment)

    def paid_state(self, code, start, moment):
        """Return the state in which a cycle that began at ``start`` pays somebody: who
        leaves within it is paid for it."""
        state = self.state(code, moment)
        if state != "terminated":
            return state
        before = [item for item in self._states[code] if item[0] <= moment]
        return before[-2][1] if before[-1][0] > start else state

    def kind(self, code, moment):
        return _last(self._kinds[code], moment)

    def sponsor(self, code, moment):
        return _last(self._sponsors[code], moment)

    def sponsor_changes(self, code, start, end):
        """Return ``(moment, former sponsor)`` of changes in ``[start, end)``."""
        found = self._sponsors[code]
        return [
            (moment, found[place][1])
            for place, (moment, _) in enumerate(found[1:])
            if start <= moment < end
        ]

    def spot(self, code, moment, tree=0):
        """Return ``(parent, leg)`` or ``None`` while somebody is not placed."""
        return _last(self._spots.get((tree, code), []), moment)

    def spot_changes(self, code, start, end, tree=0):
        """Return ``(moment, former parent, former leg)`` of moves in ``[start, end)``."""
        found = self._spots.get((tree, code), [])
        return [
            (moment, *found[place][1])
            for place, (moment, _) in enumerate(found[1:])
            if start <= moment < end
        ]

    def spots(self, tree=0):
        """Return ``(moment, code, parent, leg, is a move)`` in order of time."""
        rows = [
            (moment, index, code, *spot)
            for (where, code), found in self._spots.items()
            if where == tree
            for index, (moment, spot) in enumerate(found)
        ]
        rows.sort(key=lambda row: (row[0], row[1] > 0))
        return [(row[0], row[2], row[3], row[4], row[1] > 0) for row in rows]

    def positions(self, code, tree=0):
        """Return the codes of somebody's positions in a tree, in the order of placement."""
        return self._positions.get((tree, code), ())

    def first_placed(self, code, tree=0):
        found = self._spots.get((tree, code))
        return found[0][0] if found else None

    def promoted(self, moment):
        """Return ``(code, promotion code)`` pairs joined by an event."""
        return [pair for pair, at in self._promotions.items() if at <= moment]


def _last(changes, moment):
    place = bisect_right(changes, moment, key=lambda item: item[0]) - 1
    return changes[place][1] if place >= 0 else None


def credit(scenario, clock, places, check):
    """Return the sales with ``credited`` filled in: the buyer, or for a customer
    the sponsor at the sale."""
    if check.problems:
        return scenario.sales
    line = Timeline(scenario, clock)
    done = []
    for sale in scenario.sales:
        who = sale.credited or sale.buyer
        if line.kind(who, sale.paid) == "customer":
            who = line.sponsor(who, sale.paid)
        done.append(replace(sale, credited=who))
    return tuple(done)
