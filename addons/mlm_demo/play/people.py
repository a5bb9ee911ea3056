# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Enrols everybody in the order of joining, with the placements known then."""

from odoo.addons.mlm_genealogy.models.mlm_position import LEG_SLOTS

from .settlement import effective


def _reason(env):
    """Reason of what a scenario does, for the history of a person."""
    return env._("According to the scenario")


def enrol(session, persons=None):
    """Enrol the scenario's people.

    :param persons: ``{code: values}`` with more about a person (city, phone …)
    """
    people = sorted(session.scenario.distributors, key=lambda person: (person.joined, person.code))
    records = session.env["mlm.distributor"]._enrol(
        [_values(session, person, (persons or {}).get(person.code)) for person in people]
    )
    for person, record in zip(people, records, strict=True):
        session.members[person.code] = record
    _place(session, people)
    session.company.mlm_root_queue_id = session.members[_first_root(session)]
    for person in people:
        if person.state == "suspended":
            at = session.utc(session.clock.start_of(person.joined))
            session.members[person.code]._suspend(_reason(session.env), at)


def _values(session, person, more):
    values = {
        "name": person.name,
        "lang": session.env.lang,
        "country_id": session.company.country_id.id,
        "property_product_pricelist": session.pricelists[
            "retail" if person.kind == "customer" else "distributor"
        ].id,
        **(more or {}),
        "code": person.code,
        "kind": person.kind,
        "company_id": session.company.id,
        "joined_at": session.utc(session.clock.start_of(person.joined)),
        "reason": _reason(session.env),
    }
    if person.sponsor:
        values["sponsor_code"] = person.sponsor
    elif person.code != _first_root(session):
        values["is_root"] = True
    return values


def _place(session, people):
    """Place everybody below a parent who is placed before."""
    placed = {person.code: person.place for person in people if person.place}
    depth = {}

    def depth_of(code):
        path = []
        while code is not None and code not in depth:
            path.append(code)
            code = placed[code].parent if code in placed else None
        below = depth.get(code, -1)
        for one in reversed(path):
            below = depth[one] = below + 1
        return below

    for code in placed:
        depth_of(code)
    session.env["mlm.position"]._place_many(
        [
            {
                "distributor": session.members[code],
                "parent_code": placed[code].parent,
                "leg": placed[code].leg,
                "at": session.utc(placed[code].at),
            }
            for code in sorted(placed, key=lambda code: (depth[code], placed[code].at))
        ]
    )


def _first_root(session):
    return next(person.code for person in session.scenario.distributors if not person.sponsor)


def happen(session, event):
    """Play one event with the method that the screens use."""
    member = session.members[event.distributor]
    at = session.utc(event.at)
    if event.type == "suspend":
        member._suspend(_reason(session.env), at)
    elif event.type == "reinstate":
        member._reinstate(_reason(session.env), at)
    elif event.type == "terminate":
        member._terminate(_reason(session.env), session.utc(effective(session, event)))
    elif event.type == "sponsor":
        member._change_sponsor(session.members[event.sponsor], _reason(session.env), at)
    elif event.type == "promote":
        member._promote(event.kind, _reason(session.env), at)
        member.partner_id.property_product_pricelist = session.pricelists["distributor"]
    elif event.type == "place":
        _place_or_move(session, member, event)


def _place_or_move(session, member, event):
    """Place somebody, or move the position from the next cycle on."""
    Position = session.env["mlm.position"]
    parent = session.members[event.parent].position_ids[:1] if event.parent else Position
    at = session.utc(effective(session, event))
    position = member.position_ids[:1]
    if position:
        position._move(parent, LEG_SLOTS.get(event.leg, 0), _reason(session.env), at)
    else:
        Position._place(member, parent, event.leg or False, at)
