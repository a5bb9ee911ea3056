# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a scenario may use and real documents cannot do yet: said before anything."""

from mlm_engine import measures

from odoo.exceptions import UserError

from odoo.addons.mlm_genealogy.models.distributor.mlm_distributor_change import STEPS


def ensure_playable(session):
    """Raise a UserError that lists what cannot be played."""
    problems = list(_problems(session))
    if problems:
        raise UserError(
            session.env._(
                "This scenario cannot be played through Odoo yet:\n%(problems)s",
                problems="\n".join(f"- {problem}" for problem in problems),
            )
        )


def _problems(session):
    _ = session.env._
    scenario = session.scenario
    yield from _opening(session)
    yield from _people(session)
    for sale in scenario.sales:
        for line in sale.lines:
            if line.unit_price_e4 % 100:
                yield _("a price of sale %(sale)s has fractions of a cent", sale=sale.id)


def _opening(session):
    _ = session.env._
    scenario = session.scenario
    if scenario.opening.state:
        yield _("it opens with awards, streaks or standings")
    for code, (_rank, misses) in scenario.opening.ranks.items():
        if misses:
            yield _("%(code)s opens with periods in which the rank was missed", code=code)
    plan = scenario.plan
    ever = {plan["measures"][place]["code"] for place in measures.going_on(plan)}
    for code, brought in scenario.opening.measures.items():
        for name, values in brought.items():
            if name not in ever or len(values) > 1:
                yield _(
                    "%(code)s opens with %(measure)s of earlier periods; only what was "
                    "accumulated over all time can be brought in",
                    code=code,
                    measure=name,
                )


def _people(session):
    _ = session.env._
    scenario = session.scenario
    roots = [person.code for person in scenario.distributors if not person.sponsor]
    for number, tree in enumerate(scenario.plan["trees"]):
        heads = [
            person.code
            for person in scenario.distributors
            for place in person.places
            if place.tree == number and not place.parent
        ]
        if len(heads) > 1:
            yield _(
                "the placement tree %(tree)s has several heads: %(codes)s",
                tree=tree["code"],
                codes=", ".join(heads),
            )
    if not roots:
        yield _("everybody has a sponsor, so the network has no root")
    for person in scenario.distributors:
        if person.state == "terminated":
            yield _("%(code)s has left the network at the start", code=person.code)
    kinds = {person.code: person.kind for person in scenario.distributors}
    for event in sorted(scenario.events, key=lambda one: one.at):
        if event.type == "promote" and event.kind:
            if STEPS.index(event.kind) <= STEPS.index(kinds[event.distributor]):
                yield _(
                    "%(code)s becomes a lower kind of person; people can only be promoted",
                    code=event.distributor,
                )
            kinds[event.distributor] = event.kind
        elif event.type == "promote":
            yield _("%(code)s joins a promotion by an event", code=event.distributor)
        elif event.type == "sponsor" and not event.sponsor:
            yield _("%(code)s loses their sponsor", code=event.distributor)
