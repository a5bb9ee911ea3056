# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Both trees: who sponsors whom, and where everybody is placed."""

from datetime import date, timedelta

from . import cast, persons
from .member import LEGS, Member

FIRST_DAY = date(2025, 3, 3)
OPENING = date(2026, 8, 17)
DISTRIBUTORS_BEFORE = 165
#: New distributors in each cycle, and the packages they begin with.
NEW = ((date(2026, 8, 17), 22), (date(2026, 8, 24), 20), (date(2026, 8, 31), 3))
PACKAGES = ("KIT", "ESP-1", "ESP-2", "ESP-3")
BEFORE_WEIGHTS = (30, 30, 22, 18)
NEW_WEIGHTS = (20, 28, 26, 26)
PREFERRED = 28
CUSTOMERS = 34


def grow(rng):
    """Return all members, with codes in the order of joining."""
    members = [*cast.leaders(), *cast.stories(), *_others(rng)]
    members.sort(key=lambda member: member.joined)
    by_key, present, taken = {}, [], {member.name for member in members}
    for member in members:
        member.name = member.name or persons.full_name(rng, taken)
        join(rng, member, by_key, present)
        if member.key:
            by_key[member.key] = member
        present.append(member)
        member.code = f"{len(present):06d}"
    return present


def _others(rng):
    days = (OPENING - FIRST_DAY).days
    for _number in range(DISTRIBUTORS_BEFORE):
        yield Member(
            FIRST_DAY + timedelta(days=rng.randrange(days)),
            package=rng.choices(PACKAGES, BEFORE_WEIGHTS)[0],
        )
    for start, count in NEW:
        for _number in range(count):
            yield Member(
                start + timedelta(days=rng.randrange(6)),
                package=rng.choices(PACKAGES, NEW_WEIGHTS)[0],
            )
    for kind, count in (("preferred", PREFERRED), ("customer", CUSTOMERS)):
        for _number in range(count):
            yield Member(date(2025, 9, 1) + timedelta(days=rng.randrange(340)), kind=kind)


def join(rng, member, by_key, present):
    """Give somebody a sponsor among those present, and a place where one is wanted."""
    if member.key == "root":
        return
    member.sponsor = by_key.get(member.sponsor_key) or _sponsor(rng, present)
    member.sponsor.recruits += 1
    wanted = member.wanted or _leg(rng, member.sponsor)
    if member.kind == "customer" or wanted == "hold":
        return
    if isinstance(wanted, tuple):
        parent, leg = by_key[wanted[0]], wanted[1]
        # the spot itself, or the end of the line if somebody was faster
        parent = parent.outer(leg)
    else:
        parent, leg = member.sponsor.outer(wanted), wanted
    member.parent, member.leg = parent, leg
    parent.below[leg] = member


def _sponsor(rng, present):
    """Somebody who may sponsor: the leaders and the recent ones more often."""
    able = [
        member
        for member in present
        if member.kind == "distributor" and member.free and member.placed
    ]
    weights = [
        12 if member.key == "maria" else 8 if member.key else 3 + min(number, 60) // 20
        for number, member in enumerate(able)
    ]
    return rng.choices(able, weights)[0]


def _leg(rng, sponsor):
    """One on each side first, then as it comes."""
    if sponsor.recruits <= len(LEGS):
        return LEGS[sponsor.recruits - 1]
    return rng.choice(LEGS)
