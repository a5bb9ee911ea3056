# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Enrols everybody in the order of joining, with the placements known then."""

from collections import Counter
from datetime import date
from graphlib import TopologicalSorter

from odoo.addons.mlm_genealogy.models.position.mlm_position import LEG_SLOTS

from .settlement import effective


def _reason(env):
    """Reason of what a scenario does, for the history of a person."""
    return env._("According to the scenario")


def enrol(session, persons=None, codes=None):
    """Enrol the scenario's people.

    :param persons: ``{code: values}`` with more about a person (city, phone …)
    :param codes: whom to enrol now, by default everybody
    """
    people = sorted(
        (one for one in session.scenario.distributors if codes is None or one.code in codes),
        key=lambda person: (person.joined, person.code),
    )
    records = session.env["mlm.distributor"]._enrol(
        [_values(session, person, (persons or {}).get(person.code)) for person in people]
    )
    for person, record in zip(people, records, strict=True):
        session.members[person.code] = record
    _place(session, people)
    for shop in session.shops.values():
        shop.company.mlm_root_queue_id = session.members[_first_root(session)]
    for person in people:
        if person.state == "suspended":
            at = session.utc(session.clock.start_of(person.joined))
            session.members[person.code]._suspend(_reason(session.env), at)


def _values(session, person, more):
    home = session.shop(person.home)
    values = {
        "name": person.name,
        "lang": session.env.lang,
        "country_id": home.company.country_id.id,
        "property_product_pricelist": session.pricelists[
            "retail" if person.kind == "customer" else "distributor"
        ].id,
        **(more or {}),
        "code": person.code,
        "kind": person.kind,
        "company_id": home.company.id,
        "joined_at": session.utc(session.clock.start_of(person.joined)),
        "reason": _reason(session.env),
        "acceptance": "later",
    }
    if person.sponsor:
        values["sponsor_code"] = person.sponsor
    elif person.code != _first_root(session):
        values["is_root"] = True
    return values


def _place(session, people):
    """Place everybody in each tree, below a parent who is placed before."""
    for number in range(max(len(session.plan["trees"]), 1)):
        placed = {
            place.code: place
            for person in people
            for place in person.places
            if place.tree == number
        }
        if placed:
            _place_in_tree(session, session.tree(number), placed)


def _place_in_tree(session, tree, placed):
    """Place positions below others and after earlier ones of the same person, so that they
    get the codes that the scenario gives them."""
    held = Counter(session.scenario.positions[code] for code in placed)
    most = max(held.values())
    if most > tree.max_positions:
        tree.max_positions = most
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
                "distributor": session.member_of(code),
                "tree_id": tree.id,
                "parent_code": placed[code].parent,
                **_spot(placed[code].leg),
                "at": session.utc(placed[code].at),
            }
            for code in _in_order(session, placed, depth)
        ]
    )


def _in_order(session, placed, depth):
    """Codes of positions from the top down; one of somebody who has several never comes
    before an earlier one of the same person."""
    order = sorted(placed, key=lambda code: (depth[code], placed[code].at))
    earlier = {}
    for person in session.scenario.distributors:
        mine = [place.code for place in person.places if placed.get(place.code) is place]
        earlier.update(zip(mine[1:], mine, strict=False))
    if not earlier:
        return order
    needs = {
        code: [
            one
            for one in (placed[code].parent, earlier.get(code))
            if one in placed  # who is placed by an event later is not here
        ]
        for code in order
    }
    return list(TopologicalSorter(needs).static_order())


def _spot(leg):
    """A leg of a binary tree, or the number of the spot in another."""
    return {"slot": leg} if isinstance(leg, int) else {"leg": leg}


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
    elif event.type == "override":
        _override(session, member, event)


def _place_or_move(session, member, event):
    """Place somebody, or move the position from the next cycle on."""
    Position = session.env["mlm.position"]
    parent = session.position(event.parent, event.tree) if event.parent else Position
    at = session.utc(effective(session, event))
    position = session.position(event.position, event.tree)
    spot = event.leg if isinstance(event.leg, int) else LEG_SLOTS.get(event.leg, 0)
    if position:
        position._move(parent, spot, _reason(session.env), at)
    else:
        Position._place(member, parent, at=at, tree=session.tree(event.tree), slot=spot)


def _override(session, member, event):
    """Ask for a rank by decision and have it approved by somebody else."""
    rank = session.version.rank_ids.filtered(lambda one: one.code == event.rank)
    override = (
        session.env["mlm.rank.override"]
        .with_user(session.roles["manager"])
        .sudo(False)
        .create(
            {
                "company_id": session.company.id,
                "distributor_id": member.id,
                "rank_id": rank.id,
                "mode": "exact" if event.exact else "at_least",
                "date_from": session.day(event.at),
                "date_to": event.until and date.fromordinal(event.until),
                "reason": _reason(session.env),
            }
        )
    )
    override.with_user(session.roles["approver"]).sudo(False).action_approve()
