# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who buys what: before the first cycle (PV only) and in the cycles (orders)."""

from datetime import date, timedelta

CYCLE = {921: date(2026, 7, 27), 922: date(2026, 8, 3), 923: date(2026, 8, 10)}
CYCLE |= {924: date(2026, 8, 17), 925: date(2026, 8, 24), 926: date(2026, 8, 31)}
BEFORE, PLAYED, NOW = (921, 922, 923), (924, 925), 926

#: (lines, PV) with lines as (product, units)
BASKETS = (
    ((("501", 4),), "60"),
    ((("501", 3), ("301", 1)), "55.4"),
    ((("505", 2), ("507", 2)), "64"),
    ((("801", 1), ("302", 1)), "52"),
    ((("502", 2), ("512", 1)), "51"),
    ((("530", 2),), "62"),
    ((("805", 1), ("816", 1)), "64"),
    ((("803", 2), ("303", 2)), "106"),
    ((("501", 6), ("817", 2)), "120"),
    ((("504", 2), ("503", 2), ("509", 1), ("818", 1)), "100"),
    ((("305", 2), ("306", 2), ("307", 1)), "55"),
)
PACKAGE = {"KIT": "KIT", "ESP-1": "897", "ESP-2": "898", "ESP-3": "899"}
#: Prices to end customers, without tax, where the plan prints none.
RETAIL = {"505": 139900, "801": 339900, "530": 269900, "301": 94900, "805": 415000}


class Book:
    """Collects opening purchases and sales of the scenario."""

    def __init__(self, rng):
        self.rng = rng
        self.opening, self.sales = [], []
        self._number = 0

    def before(self, member, cycle, pv, package_pv=0):
        row = {"distributor": member.code, "cycle": cycle, "pv": pv}
        if package_pv:
            row["package_pv"] = package_pv
        self.opening.append(row)

    def sell(self, member, day, *lines, **more):
        """Add a sale; lines are (product, units) or dicts. Returns its id.

        :param day: local date, or date and time as text
        """
        self._number += 1
        row = {
            "id": f"P{self._number:04d}",
            "buyer": member.code,
            "paid": str(day),
            "lines": [
                line if isinstance(line, dict) else {"product": line[0], "qty": line[1]}
                for line in lines
            ],
            **more,
        }
        self.sales.append(row)
        return row["id"]

    def day(self, member, cycle):
        """A day of the cycle, not before the member joined."""
        start = CYCLE[cycle]
        first = max(0, (member.joined - start).days)
        return start + timedelta(days=self.rng.randint(first, 6))

    def buy(self, member, cycle, basket=None):
        """A basket in a cycle, as an order or as a figure of before."""
        lines, pv = basket or self.rng.choice(BASKETS)
        if cycle in BEFORE:
            self.before(member, cycle, pv)
            return None
        return self.sell(member, self.day(member, cycle), *lines)


def begin(book, members):
    """First package of everybody who joins inside the cycles."""
    for member in members:
        if member.package and member.joined >= CYCLE[924]:
            book.sell(member, member.joined, (PACKAGE[member.package], 1))


def held(members):
    """Packages of before the first cycle, bought on the day of joining."""
    return [
        {
            "distributor": member.code,
            "package": member.package,
            "at": member.joined.isoformat(),
        }
        for member in members
        if member.package and member.joined < CYCLE[924]
    ]


def habits(book, members):
    """What people without a story buy: every week, once in four, or nothing."""
    for member in members:
        if not member.free or member.key:
            continue
        if member.kind == "customer":
            _retail(book, member)
            continue
        habit = book.rng.choices(("weekly", "monthly", "none"), (22, 56, 22))[0]
        if habit == "none":
            continue
        turn = book.rng.choice((0, 1, 2, 3))
        for cycle in (*BEFORE, *PLAYED):
            if member.joined > CYCLE[cycle] + timedelta(days=6):
                continue
            if cycle in PLAYED and member.joined >= CYCLE[924] and member.package:
                continue  # has just bought a package
            if habit == "weekly" or cycle % 4 == turn:
                book.buy(member, cycle)


def _retail(book, member):
    """A customer buys at the retail price; the sponsor earns the difference."""
    for cycle in PLAYED:
        if book.rng.random() > 0.4:
            continue
        lines = retail_lines(book.rng)
        book.sell(member, book.day(member, cycle), *lines, price_list="retail")


def retail_lines(rng):
    """What a customer takes, with the price where the plan prints none."""
    lines = []
    for code in rng.sample(("501", "505", "801", "530", "301", "805"), 2):
        line = {"product": code, "qty": rng.randint(1, 3)}
        if code in RETAIL:
            line["price"] = RETAIL[code]
        lines.append(line)
    return lines


def leaders(book, by_key):
    """The leaders buy every week, so that they are never the reason."""
    for key in ("root", "maria", "luis", "andres", "diana", "jorge", "sandra"):
        for cycle in (*BEFORE[1:], *PLAYED):
            book.buy(by_key[key], cycle, BASKETS[7 if key == "maria" else 0])


def stories(book, by_key):
    """What the cast buys; returns ``{name: id of the sale}`` for later."""
    basket, first, second = BASKETS, CYCLE[924], CYCLE[925]
    sale = {}

    def at(start, days):
        return start + timedelta(days=days)

    for key in ("gloria", "gloria.l", "gloria.m", "gloria.r"):
        book.buy(by_key[key], 924, basket[8])
    book.buy(by_key["gloria.r"], 925, basket[8])
    for key in ("rodrigo", "german", "olga", "fabio", "yaneth", "ricardo"):
        for side in ("l", "r"):
            member = by_key[f"{key}.{side}"]
            book.sell(member, at(first, 1), ("898", 1) if side == "l" else ("805", 5))
            book.buy(member, 925, basket[7])
    for key in ("olga", "fabio", "yaneth"):
        book.buy(by_key[key], 924, basket[0])
    book.buy(by_key["fabio"], 922, basket[0])
    sale["repeat"] = book.sell(by_key["german"], at(first, 2), ("899", 1))
    sale["excess"] = book.sell(by_key["ricardo"], at(first, 3), ("805", 5), ("501", 2))
    book.buy(by_key["natalia"], 923, basket[7])
    # the fifth generation: 106 PV, then 60, then none
    for key, pieces in (("linea0", basket[7]), ("linea1", basket[0])):
        book.buy(by_key[key], 924, pieces)
    for key in ("linea3", "linea4"):
        book.buy(by_key[key], 923, basket[0])
    book.before(by_key["camila"], 922, "60")
    sale["upgrade"] = book.sell(by_key["camila"], at(second, 1), ("UPG-1-3", 1))
    sale["tank"] = book.sell(by_key["tatiana"], at(first, 2), ("501", 5))
    book.sell(by_key["tatiana"], at(second, 3), ("501", 4))
    book.sell(by_key["wilson"], at(second, 2), ("803", 2))
    book.buy(by_key["sofia"], 924, basket[0])
    sale["corrected"] = book.sell(by_key["sofia"], at(second, 4), ("897", 1))
    book.buy(by_key["pedro"], 923, basket[0])
    for side in ("l", "r"):
        book.buy(by_key[f"pedro.{side}"], 923, basket[0])
    for key in ("laura", "laura.l", "laura.r"):
        book.buy(by_key[key], 924, basket[8])
        book.buy(by_key[key], 925, basket[8])
    sale["returned"] = book.sell(by_key["laura.l"], at(first, 1), ("805", 3), ("301", 2))
    sale["returned_later"] = book.sell(by_key["olga.r"], at(first, 4), ("801", 4), ("302", 1))
    return sale
