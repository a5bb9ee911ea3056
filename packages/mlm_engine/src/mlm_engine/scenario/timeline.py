# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who was what, and where, at a moment of a scenario.

A termination takes effect at the close of its cycle unless ``now`` (RULES 21), and the
sponsor tree closes over the person at that moment; what was sold until then is paid, so
that the state shows from the next cycle on. A move of somebody already placed counts from
the next cycle (RULES 19); everything else counts from its own moment.
"""

import math
from bisect import bisect_right
from dataclasses import replace

from ..kernel.periods import bounds, number_of, parts
from ..kernel.text import _
from ..plan.document import suggestion
from .model import WORDS

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


def check(check, scenario, clock, places):
    """Report what cannot have happened. ``places`` maps objects to their paths."""
    if any(problem.path[:1] in (("distributors",), ("events",)) for problem in check.problems):
        return  # people are not known well enough for questions of time
    line = Timeline(scenario, clock)
    _check_sponsors(check, scenario, places)
    for tree in range(max(len(scenario.plan["trees"]), 1)):
        _check_placement(check, scenario, line, places, tree)
    first = line.cycle(scenario.cycles[0])[3]
    last = line.cycle(scenario.cycles[-1])[4]
    known = {sale.id: sale for sale in scenario.sales}
    if any(problem.path[:1] == ("cycles",) for problem in check.problems):
        first, last = -math.inf, math.inf  # which cycles are meant, nobody knows yet
    for sale in scenario.sales:
        _check_dates(check, places[id(sale)], "paid", sale.paid, first, last, clock)
        if sale.buyer:
            _check_buyer(check, line, sale, places[id(sale)])
    for refund in scenario.refunds:
        if refund.sale in known:
            _check_dates(check, places[id(refund)], "at", refund.at, first, last, clock)
    for event in scenario.events:
        _check_dates(check, places[id(event)], "at", event.at, first, last, clock)
    _check_promotions(check, scenario)
    _check_rates(check, scenario, line)


def _check_rates(check, scenario, line):
    plan, end = scenario.plan, line.cycle(scenario.cycles[0])[1]
    known = {rate.currency for rate in scenario.company.rates if rate.start <= end}
    if None not in known and any(rate.currency is None for rate in scenario.company.rates):
        remedy = _("Add an earlier rate")
        check.wrong(
            ("company", "rates"), _("no rate is valid on the first cycle's last day"), remedy
        )
    own = {None, plan["base_currency"], plan["company_currency"]}
    for currency in sorted(
        {bonus["common"]["currency"] for bonus in plan["bonuses"]} - own - known, key=str
    ):
        remedy = _("Add `{{from: …, rate: …, currency: {currency}}}`", currency=currency)
        check.wrong(("company", "rates"), _("no rate from {currency}", currency=currency), remedy)


def _check_promotions(check, scenario):
    codes = [person.code for person in scenario.distributors]
    for index, item in enumerate(scenario.plan["promotions"]):
        for code in item["members"] or ():
            if code not in codes:
                path = ("plan", "promotions", index, "members")
                check.wrong(
                    path, _("unknown distributor {code!r}", code=code), suggestion(code, codes)
                )


def _check_dates(check, path, key, moment, first, last, clock):
    if not first <= moment < last:
        check.wrong(
            (*path, key),
            _("{moment} lies outside the cycles", moment=clock.text(moment)),
            _(
                "They run from {first} to {last}; extend `cycles`, or use `opening` for what "
                "came before",
                first=clock.text(first),
                last=clock.text(last),
            ),
        )


def _check_buyer(check, line, sale, path):
    person = line.scenario.person(sale.buyer)
    day = line.clock.day_of(sale.paid)
    if day < person.joined:
        check.wrong(
            (*path, "buyer"),
            _(
                "{code} has not joined yet on {paid}",
                code=person.code,
                paid=line.clock.text(sale.paid),
            ),
            _("Correct `joined` or `paid`"),
        )
    state = line.state(sale.buyer, sale.paid)
    if state != "active":
        remedy = _("Drop the sale, or reinstate first")
        check.wrong(
            (*path, "buyer"),
            _("{buyer} is {state}: no volume", buyer=sale.buyer, state=WORDS[state]),
            remedy,
        )
    if sale.credited and line.kind(sale.credited, sale.paid) == "customer":
        check.wrong(
            (*path, "credited"),
            _("{credited} is a customer and gets no volume", credited=sale.credited),
        )


def _check_sponsors(check, scenario, places):
    people = {person.code: person for person in scenario.distributors}
    sponsor = {code: person.sponsor for code, person in people.items()}
    for code in _in_cycle(sponsor):
        check.wrong(
            (*places[id(people[code])], "sponsor"),
            _("{code} is in a circle of sponsors", code=code),
        )
    for person in scenario.distributors:
        above = people.get(person.sponsor)
        path = (*places[id(person)], "sponsor")
        if above is None:
            continue
        if above.kind != "distributor":
            check.wrong(
                path,
                _("{code} is a {kind} and cannot sponsor", code=above.code, kind=WORDS[above.kind]),
            )
        if above.joined > person.joined:
            check.wrong(
                path,
                _("{code} joined after {code_2}", code=above.code, code_2=person.code),
                _("Correct `joined`"),
            )
    for event in scenario.events:
        if event.type != "sponsor" or event.sponsor is None:
            continue
        sponsor[event.distributor] = event.sponsor
        if event.distributor in _in_cycle(sponsor, [event.distributor]):
            text = _(
                "{distributor} would be below itself in the sponsor tree",
                distributor=event.distributor,
            )
            check.wrong((*places[id(event)], "sponsor"), text)


def _check_placement(check, scenario, line, places, tree):
    where = {
        (event.position, event.parent, event.leg): (*places[id(event)], "parent")
        for event in scenario.events
        if event.type == "place" and event.tree == tree
    }
    for person in scenario.distributors:
        for place in person.places:
            if place.tree != tree:
                continue
            where[place.code, place.parent, place.leg] = places[id(place)]
            if place.at < line.clock.start_of(person.joined):
                check.wrong(
                    places[id(place)], _("{code} is placed before joining", code=person.code)
                )
    parent, taken, held, has_child, head = {}, {}, {}, set(), None
    for moment, code, above, leg, moved in line.spots(tree):
        path = where[code, above, leg]
        if moved and taken.get(held.get(code)) == code:
            del taken[held[code]]
        if above is None:
            if head is not None:
                text = _("{code} and {head} are both the head of one tree", code=code, head=head)
                check.wrong(path, text, _("Place one of them below somebody"))
            head = code
            continue
        since = line.first_placed(above, tree)
        if since is None or since > moment:
            remedy = _("Place {above} first, or put {code} elsewhere", above=above, code=code)
            check.wrong(path, _("{above} holds no position then", above=above), remedy)
        if (above, leg) in taken:
            other = taken[above, leg]
            text = _(
                "{code} and {other} are both on the {leg} leg of {above}",
                code=code,
                other=other,
                leg=WORDS.get(leg, leg),
                above=above,
            )
            if isinstance(leg, int):
                text = _(
                    "{code} and {other} are both on spot {leg} of {above}",
                    code=code,
                    other=other,
                    leg=leg,
                    above=above,
                )
            check.wrong(path, text, _("Choose another parent or leg"))
        taken[above, leg], held[code] = code, (above, leg)
        parent[code] = above
        has_child.add(above)
        if code in has_child and code in _in_cycle(parent, [code]):
            check.wrong(path, _("{code} would be below itself in the placement tree", code=code))


def _in_cycle(parent, starts=None):
    """Return the codes that lie on a circle of ``{code: parent}``, in order."""
    seen, found = {}, []
    for number, start in enumerate(starts or parent):
        path, code = [], start
        while code is not None and code not in seen:
            seen[code] = number
            path.append(code)
            code = parent.get(code)
        if code is not None and seen[code] == number and code in path:
            found += path[path.index(code) :]
    return found
