# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Puts the demo company together: a scenario in the form of a file, and what is
beside it (addresses, documents that carry no volume)."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from . import network, persons, purchases
from .purchases import CYCLE, NOW
from .weeks import Weeks

SEED = 924
PLAN = "gano_excel_co_2026"
#: The end of what is told: the running cycle is 926.
TOLD = datetime.combine(CYCLE[NOW] + timedelta(days=2), time(12))
#: Documents of the sales that the scenario does not know: no volume comes of them.
UNPAID, CANCELLED, QUOTATION = "unpaid", "cancelled", "quotation"


@dataclass
class Company:
    """``document``: the scenario. ``persons``: ``{code: details}``. ``codes``:
    ``{key of the cast: code}``. ``extras``: ``[(cycle, what, sale)]``. ``running``: number of
    the open cycle; those before it are over. ``later``: codes of who joins after the told weeks."""

    document: dict
    persons: dict
    codes: dict
    extras: list
    running: int
    later: frozenset


def build(now=TOLD):
    """Return the ``Company`` as it is at a local moment; the same one whenever it is asked for."""
    rng = Random(SEED)
    members = network.grow(rng)
    by_key = {member.key: member for member in members if member.key}
    book = purchases.Book(rng)
    purchases.begin(book, members)
    purchases.leaders(book, by_key)
    sale = purchases.stories(book, by_key)
    _first_packages(book, by_key)
    purchases.habits(book, members)
    extras = _extras(book, by_key)
    _present(book, by_key)
    # those who join in later weeks bring nothing from before, and change nothing of it
    told, carry, events = len(members), _carry(rng, members, by_key), _events(by_key)
    weeks = Weeks(SEED, book, members, now)
    weeks.play()
    extras += _extras_now(book, by_key, weeks)
    document = {
        "scenario": 1,
        "title": "Ganoderma de los Andes S.A.S.",
        "plan": {"extends": PLAN, "promotions": [_promotion(by_key)]},
        "company": {
            "currency": "COP",
            "timezone": "America/Bogota",
            "rates": [{"from": "2026-01-01", "rate": 4500}],
        },
        "cycles": [*range(purchases.PLAYED[0], weeks.running + 1)],
        "distributors": [_distributor(member) for member in members],
        "opening": {
            "carry": carry,
            "packages": purchases.held(members[:told]) + _renewed(by_key),
            "purchases": book.opening,
            "titles": {
                by_key["root"].code: "platino",
                by_key["maria"].code: "oro",
                by_key["luis"].code: "plata",
                by_key["yaneth"].code: "bronce",
            },
        },
        "sales": book.sales,
        "refunds": [
            {
                "sale": sale["returned"],
                "at": (CYCLE[924] + timedelta(days=5)).isoformat(),
                "lines": [{"line": 1, "qty": 1}],
            },
            {
                "sale": sale["returned_later"],
                "at": (CYCLE[925] + timedelta(days=2)).isoformat(),
                "lines": [{"line": 1, "qty": 2}],
            },
        ],
        "events": events,
    }
    rngs = [rng] * told + [Random(f"{SEED}/{member.code}") for member in members[told:]]
    details = {
        member.code: persons.details(one, number)
        for number, (member, one) in enumerate(zip(members, rngs, strict=True), 1)
    }
    codes = {key: member.code for key, member in by_key.items()}
    later = frozenset(member.code for member in members[told:])
    return Company(document, details, codes, extras, weeks.running, later)


def _promotion(by_key):
    """18 % in the second cycle, for the two first lines of María."""
    return {
        "code": "aniversario",
        "name": {"es": "Aniversario 18 %", "en": "Anniversary 18 %"},
        "pct": 18,
        "from": "2026-08-24",
        "to": "2026-09-06",
        "members": [by_key["andres"].code, by_key["diana"].code],
    }


def _distributor(member):
    row = {
        "code": member.code,
        "name": member.name,
        "kind": member.kind,
        "joined": member.joined.isoformat(),
    }
    if member.sponsor:
        row["sponsor"] = member.sponsor.code
    if member.parent:
        row["place"] = {"parent": member.parent.code, "leg": member.leg}
    elif member.key == "root":
        row["place"] = "root"
    return row


def _renewed(by_key):
    """Leaders who went on to a higher package, or bought theirs again."""
    return [
        {"distributor": by_key["maria"].code, "package": "ESP-3", "at": "2026-05-20"},
        {"distributor": by_key["diana"].code, "package": "ESP-3", "at": "2026-04-14"},
        {"distributor": by_key["sandra"].code, "package": "ESP-3", "at": "2026-06-02"},
    ]


def _carry(rng, members, by_key):
    """Points of both legs that people bring from before."""
    rows = {
        "root": ("11460.5", "4280"),
        "maria": ("3120.4", "9840"),
        "luis": ("2310", "860.2"),
        "andres": ("410", "1275.6"),
        "diana": ("1980.8", "640"),
        "gloria": ("812", "355.5"),
        "rodrigo": ("640", "410"),
        "yaneth": ("230", "180"),
    }
    carry = {
        by_key[key].code: {"binary": {"carry_left": left, "carry_right": right}}
        for key, (left, right) in rows.items()
    }
    for member in members:
        grown = member.free and not member.key and len(member.below) == 2
        if grown and member.joined < CYCLE[924] and rng.random() < 0.45:
            carry[member.code] = {
                "binary": {
                    "carry_left": f"{rng.randrange(0, 9000) / 10:.1f}",
                    "carry_right": f"{rng.randrange(0, 9000) / 10:.1f}",
                }
            }
    return carry


def _first_packages(book, by_key):
    """New people below the cast whose packages show what GEN5 pays."""
    for key, product, days in (
        ("natalia.new", "899", 2),
        ("linea5", "899", 3),
        ("linea6", "899", 4),
        ("linea7", "898", 5),
    ):
        book.sell(by_key[key], CYCLE[924] + timedelta(days=days), (product, 1))


def _events(by_key):
    spot = by_key["maria"].outer("right")
    spot.below["right"] = by_key["tatiana"]  # taken, for those who join later
    return [
        {"at": "2026-08-20", "type": "suspend", "distributor": by_key["fabio"].code},
        {"at": "2026-08-22", "type": "terminate", "distributor": by_key["yaneth"].code},
        {
            "at": "2026-08-25",
            "type": "place",
            "distributor": by_key["tatiana"].code,
            "parent": spot.code,
            "leg": "right",
        },
        {
            "at": "2026-08-26",
            "type": "sponsor",
            "distributor": by_key["sofia"].code,
            "sponsor": by_key["diana"].code,
        },
    ]


def _present(book, by_key):
    """Cycle 926 is running: a handful of paid orders."""
    for key in ("maria", "andres", "diana", "luis", "sandra", "gloria", "pedro"):
        member = by_key[key]
        book.sell(member, CYCLE[926] + timedelta(days=1), ("501", 4), ("302", 1))


def _extras(book, by_key):
    """Documents without volume of the told weeks."""
    return [
        _beside(book, cycle, what, by_key[key], CYCLE[cycle] + timedelta(days=4), lines)
        for cycle, what, key, lines in (
            (924, CANCELLED, "linea3", (("803", 2),)),
            (924, UNPAID, "olga", (("899", 1),)),
            (925, UNPAID, "jorge", (("805", 3),)),
            (926, UNPAID, "sandra", (("898", 1),)),
            (926, QUOTATION, "laura", (("530", 2), ("301", 1))),
        )
    ]


def _extras_now(book, by_key, weeks):
    """The same of a running cycle that is a later one."""
    if weeks.running == NOW:
        return []
    return [
        _beside(book, weeks.running, what, by_key[key], day, lines)
        for what, key, day, lines in (
            (UNPAID, "jorge", weeks.moment(0.3), (("805", 2), ("302", 1))),
            (UNPAID, "pedro", weeks.moment(0.6), (("501", 4),)),
            (QUOTATION, "laura", weeks.moment(0.8), (("530", 2), ("301", 1))),
        )
    ]


def _beside(book, cycle, what, member, day, lines):
    """Take the sale out of the book again: the scenario must not know it."""
    book.sell(member, day, *lines)
    return cycle, what, book.sales.pop()
