# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What cannot have been at a moment of a scenario: who buys, sponsors or is placed too early,
circles, two people on one spot, rates and days outside of what is played."""

import math

from ..kernel.text import _
from ..plan.document import suggestion
from .model import WORDS
from .timeline import Timeline


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
    own = {None, plan["base_currency"], *(one.currency for one in scenario.companies)}
    used = {bonus["common"]["currency"] for bonus in plan["bonuses"]} - own
    for place, company in enumerate(scenario.companies):
        path = ("companies", place - 1, "rates") if place else ("company", "rates")
        known = {rate.currency for rate in company.rates if rate.start <= end}
        if None not in known and any(rate.currency is None for rate in company.rates):
            remedy = _("Add an earlier rate")
            check.wrong(path, _("no rate is valid on the first cycle's last day"), remedy)
        for currency in sorted(used - known, key=str):
            remedy = _("Add `{{from: …, rate: …, currency: {currency}}}`", currency=currency)
            check.wrong(path, _("no rate from {currency}", currency=currency), remedy)


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
            _("{moment} is outside the cycles", moment=clock.text(moment)),
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
        remedy = _("Remove the sale, or reinstate the person first")
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
                text = _(
                    "{code} and {head} are both the head of the same tree", code=code, head=head
                )
                check.wrong(path, text, _("Place one of them below somebody"))
            head = code
            continue
        since = line.first_placed(above, tree)
        if since is None or since > moment:
            remedy = _("Place {above} first, or put {code} elsewhere", above=above, code=code)
            check.wrong(path, _("{above} has no position at that time", above=above), remedy)
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
