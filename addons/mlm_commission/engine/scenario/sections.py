# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a scenario file, each read into its dataclasses."""

from ..document import suggestion
from ..exact import E4, E6
from ..periods import bounds
from . import model

_LINE = ("product", "qty", "price", "pv", "cv", "package", "from")
#: Hour that stands for a date without time: changes come before purchases.
MORNING, NOON = 0, 12


def company(check, value, plan):
    """Read ``company``; without it the plan's currency and 1 : 1."""
    path = ("company",)
    data = check.mapping(value or {}, path, (), ("currency", "timezone", "rates"))
    currency = data.get("currency", plan["company_currency"])
    rates = []
    for where, item in check.sequence(data.get("rates"), (*path, "rates")):
        row = check.mapping(item, where, ("from", "rate"))
        rate = check.number(row.get("rate", 1), (*where, "rate"), E6, 0)
        rates.append(model.Rate(check.day(row.get("from"), (*where, "from")), rate))
    rates.sort(key=lambda item: item.start)
    if not rates and plan["base_currency"] != currency:
        check.wrong(
            path,
            f"no rate from {plan['base_currency']} to {currency}",
            "Add `rates: [{from: 2026-01-01, rate: 4500}]`",
        )
    zone = data.get("timezone", "America/Bogota")
    return model.Company(str(currency), str(zone), tuple(rates))


def cycles(check, value):
    """Read ``cycles``: consecutive numbers, because one carries into the next."""
    numbers = [check.integer(item, path, 0) for path, item in check.sequence(value, ("cycles",))]
    if not numbers:
        check.wrong(("cycles",), "no cycle to play", "Write e.g. `cycles: [924, 925]`")
        return (0,)
    if numbers != list(range(numbers[0], numbers[0] + len(numbers))):
        check.wrong(("cycles",), "cycles must follow each other without a gap")
    return tuple(numbers)


class Sections:
    """Readers that look each other's codes up.

    ``people`` maps codes to ``Distributor``; ``places`` maps every model object
    to the path it was read from, for problems found later.
    """

    def __init__(self, check, plan, clock, numbers):
        self.wrong = check.wrong
        self.check, self.plan, self.clock = check, plan, clock
        kind = next(iter(plan["periods"].values()))
        self.first_day = bounds(kind, numbers[0])[0]
        self.cycles = numbers
        self.packages = [item["code"] for item in plan["packages"]]
        self.bonuses = [item["code"] for item in plan["bonuses"]]
        self.ranks = [item["code"] for item in plan["ranks"]]
        self.products = {item["code"]: item for item in plan["catalog"]}
        self.people = {}
        self.places = {}

    def at(self, path, item):
        """Remember where an object was read."""
        self.places[id(item)] = path
        return item

    def moment(self, value, path, hour):
        try:
            return self.clock.moment(value, hour)
        except ValueError as error:
            self.wrong(path, str(error), "Write YYYY-MM-DD or YYYY-MM-DD HH:MM")
            return self.clock.start_of(self.first_day)

    def known(self, value, path, codes, what):
        """Return a code if it exists, else report it and return ``None``."""
        code = self.check.code(value, path)
        if code in codes:
            return code
        if code:
            remedy = suggestion(code, codes) or f"Add it under `{what}s`"
            self.wrong(path, f"unknown {what} {code!r}", remedy)
        return None

    def person(self, value, path):
        return self.known(value, path, self.people, "distributor")

    # -- people

    def distributors(self, value):
        rows = []
        optional = ("name", "kind", "sponsor", "joined", "place", "state")
        for path, item in self.check.sequence(value, ("distributors",)):
            data = self.check.mapping(item, path, ("code",), optional)
            code = self.check.code(data.get("code"), (*path, "code"))
            if code in self.people:
                self.wrong((*path, "code"), f"code {code!r} stands twice")
                continue
            self.people[code] = None
            rows.append((path, code, data))
        if not rows:
            self.wrong(("distributors",), "nobody to pay")
        for path, code, data in rows:
            self.people[code] = self.at(path, self._distributor(path, code, data))
        return tuple(self.people.values())

    def _distributor(self, path, code, data):
        check = self.check
        kind = check.choice(data.get("kind", "distributor"), (*path, "kind"), model.KINDS)
        sponsor = data.get("sponsor")
        joined = self.first_day
        if "joined" in data:
            joined = check.day(data["joined"], (*path, "joined"), self.first_day)
        if sponsor is not None:
            sponsor = self.person(sponsor, (*path, "sponsor"))
        elif kind == "customer":
            self.wrong(path, f"customer {code} has no sponsor", "Add `sponsor: CODE`")
        place = data.get("place")
        if place is not None:
            place = self._place((*path, "place"), place, joined)
        if place and kind == "customer":
            remedy = "Drop `place`, or make it `kind: preferred`"
            self.wrong((*path, "place"), "a retail customer holds no position", remedy)
        state = check.choice(data.get("state", "active"), (*path, "state"), model.STATES)
        return model.Distributor(
            code, str(data.get("name", code)), kind, sponsor, joined, place, state
        )

    def _place(self, path, value, joined):
        moment = self.clock.start_of(joined)
        if value == "root":
            return self.at(path, model.Place(None, None, moment))
        data = self.check.mapping(value, path, ("parent", "leg"), ("at",))
        if "at" in data:
            moment = self.moment(data["at"], (*path, "at"), MORNING)
        parent, leg = self._spot(path, data)
        return self.at(path, model.Place(parent, leg, moment))

    def _spot(self, path, data):
        parent = self.person(data.get("parent"), (*path, "parent"))
        return parent, self.check.choice(data.get("leg"), (*path, "leg"), model.LEGS)

    # -- before the first cycle

    def opening(self, value):
        keys = ("carry", "packages", "purchases", "titles")
        data = self.check.mapping(value or {}, ("opening",), (), keys)
        titles = {}
        for code, rank in self.check.mapping(data.get("titles") or {}, ("opening",)).items():
            path = ("opening", "titles", code)
            if self.person(code, path) and rank in self.ranks:
                titles[code] = rank
            elif rank not in self.ranks:
                self.wrong(path, f"unknown rank {rank!r}", suggestion(rank, self.ranks))
        return model.Opening(
            self._carry(data.get("carry") or {}),
            self._held(data.get("packages")),
            self._purchases(data.get("purchases")),
            titles,
        )

    def _carry(self, value):
        result = {}
        path = ("opening", "carry")
        for code, by_bonus in self.check.mapping(value, path).items():
            self.person(code, (*path, code))
            for bonus, figures in self.check.mapping(by_bonus, (*path, code)).items():
                where = (*path, code, bonus)
                self.known(bonus, where, self.bonuses, "bonus")
                for name, amount in self.check.mapping(figures, where).items():
                    if name not in ("carry_left", "carry_right"):
                        remedy = suggestion(name, ("carry_left", "carry_right"))
                        self.wrong((*where, name), f"unknown measure {name!r}", remedy)
                    found = self.check.number(amount, (*where, name), E4)
                    result.setdefault(code, {}).setdefault(bonus, {})[name] = found
        return result

    def _held(self, value):
        rows = []
        for path, item in self.check.sequence(value, ("opening", "packages")):
            data = self.check.mapping(item, path, ("distributor", "package", "at"), ("from",))
            moment = self.moment(data.get("at"), (*path, "at"), NOON)
            if moment >= self.clock.start_of(self.first_day):
                remedy = "Write it as a sale, or an earlier date"
                self.wrong((*path, "at"), "not before the first cycle", remedy)
            rows.append(
                model.HeldPackage(
                    self.person(data.get("distributor"), (*path, "distributor")),
                    self.known(data.get("package"), (*path, "package"), self.packages, "package"),
                    self._optional(data, "from", path, self.packages, "package"),
                    moment,
                )
            )
        return tuple(sorted(rows, key=lambda row: row.at))

    def _purchases(self, value):
        rows = []
        keys = ("distributor", "cycle", "pv")
        for path, item in self.check.sequence(value, ("opening", "purchases")):
            data = self.check.mapping(item, path, keys, ("package_pv",))
            cycle = self.check.integer(data.get("cycle", 0), (*path, "cycle"))
            if cycle >= self.cycles[0]:
                remedy = "Write it as a sale"
                self.wrong((*path, "cycle"), f"cycle {cycle} is not before the first", remedy)
            package_pv = data.get("package_pv", 0)
            rows.append(
                model.EarlierPurchase(
                    self.person(data.get("distributor"), (*path, "distributor")),
                    cycle,
                    self.check.number(data.get("pv"), (*path, "pv"), E4),
                    self.check.number(package_pv, (*path, "package_pv"), E4),
                )
            )
        return tuple(rows)

    def _optional(self, data, key, path, codes, what):
        if data.get(key) is None:
            return None
        return self.known(data[key], (*path, key), codes, what)

    # -- sales and what takes them back

    def sales(self, value):
        rows, seen = [], set()
        optional = ("id", "credited", "price_list")
        for path, item in self.check.sequence(value, ("sales",)):
            data = self.check.mapping(item, path, ("buyer", "paid", "lines"), optional)
            code = self.check.code(data.get("id", f"S{len(rows) + 1}"), (*path, "id"))
            if code in seen:
                self.wrong((*path, "id"), f"sale {code!r} stands twice")
            seen.add(code)
            buyer = self.person(data.get("buyer"), (*path, "buyer"))
            credited = data.get("credited")
            if credited is not None:
                credited = self.person(credited, (*path, "credited"))
            known = model.PRICE_LISTS
            price_list = data.get("price_list", "distributor")
            price_list = self.check.choice(price_list, (*path, "price_list"), known)
            to_customer = bool(buyer) and self.people[buyer].kind == "customer"
            lines = self.check.sequence(data.get("lines"), (*path, "lines"))
            if not lines:
                self.wrong((*path, "lines"), "a sale needs at least one line")
            moment = self.moment(data.get("paid"), (*path, "paid"), NOON)
            read = tuple(self._line(*line, price_list, to_customer) for line in lines)
            sale = model.Sale(code, buyer, credited, moment, price_list, read)
            rows.append(self.at(path, sale))
        return tuple(sorted(rows, key=lambda row: row.paid))

    def _line(self, path, item, price_list, to_customer):
        check = self.check
        data = check.mapping(item, path, (), _LINE)
        qty = check.integer(data.get("qty", 1), (*path, "qty"), default=1)
        if qty < 1:
            remedy = "Take goods back by `refunds`"
            self.wrong((*path, "qty"), f"quantity {qty} is not positive", remedy)
        if "product" not in data:
            return self._bare(path, data, qty)
        for key in ("pv", "cv", "package", "from"):
            if key in data:
                self.wrong((*path, key), f"{key!r} comes from the product", f"Drop `{key}`")
        code = self.known(data["product"], (*path, "product"), self.products, "product")
        if code is None:
            return model.Line(None, qty, 0, 0, 0, 0, None, None)
        product = self.products[code]
        price = product["price_e4"]
        if "price" in data:
            price = check.number(data["price"], (*path, "price"), E4, 0)
        elif price_list == "retail":
            price = product["retail_e4"]
            if price is None:
                remedy = "Add `price: …` (without tax) to the line"
                self.wrong(path, f"product {code} has no retail price", remedy)
                price = product["price_e4"]
        return model.Line(
            code,
            qty,
            product["pv_e4"],
            product["cv_e4"],
            price,
            max(price - product["price_e4"], 0) if to_customer else 0,
            self._package(product["package"]),
            self._package(product["package_from"]),
        )

    def _bare(self, path, data, qty):
        check = self.check
        for key in ("pv", "cv"):
            if key not in data:
                remedy = "Write `product: CODE`, or both `pv` and `cv`"
                self.wrong(path, f"a line without product needs {key!r}", remedy)
        return model.Line(
            None,
            qty,
            check.number(data.get("pv", 0), (*path, "pv"), E4, 0),
            check.number(data.get("cv", 0), (*path, "cv"), E4, 0),
            check.number(data.get("price", 0), (*path, "price"), E4, 0),
            0,
            self._optional(data, "package", path, self.packages, "package"),
            self._optional(data, "from", path, self.packages, "package"),
        )

    def _package(self, index):
        return self.packages[index] if index >= 0 else None

    def refunds(self, value, sales):
        by_id = {sale.id: sale for sale in sales}
        left = {sale.id: [line.qty for line in sale.lines] for sale in sales}
        rows = []
        for path, item in self.check.sequence(value, ("refunds",)):
            data = self.check.mapping(item, path, ("sale", "at"), ("lines",))
            code = self.known(data.get("sale"), (*path, "sale"), by_id, "sale")
            moment = self.moment(data.get("at"), (*path, "at"), NOON)
            if code is None:
                continue
            sale = by_id[code]
            if moment < sale.paid:
                self.wrong((*path, "at"), f"refund before sale {code} was paid")
            taken = self._quantities(path, data, sale, left[code])
            rows.append(self.at(path, model.Refund(code, moment, taken)))
        return tuple(sorted(rows, key=lambda row: row.at))

    def _quantities(self, path, data, sale, left):
        """Return units per line, and take them off what is left of the sale."""
        if "lines" not in data:
            taken = list(left)
            if not any(taken):
                self.wrong(path, f"nothing is left of sale {sale.id} to refund")
            left[:] = [0] * len(left)
            return tuple(taken)
        taken = [0] * len(left)
        for where, item in self.check.sequence(data["lines"], (*path, "lines")):
            row = self.check.mapping(item, where, (), ("line", "product", "qty"))
            index = self._line_of(where, row, sale)
            if index is None:
                continue
            qty = self.check.integer(row.get("qty", left[index]), where, 1, 1)
            if qty > left[index]:
                self.wrong(where, f"only {left[index]} left to refund on this line")
            taken[index] += qty
            left[index] -= min(qty, left[index])
        return tuple(taken)

    def _line_of(self, path, row, sale):
        if "line" in row:
            number = self.check.integer(row["line"], (*path, "line"), 1, 1)
            if number <= len(sale.lines):
                return number - 1
            self.wrong((*path, "line"), f"sale {sale.id} has {len(sale.lines)} lines")
            return None
        codes = [line.product for line in sale.lines if line.product]
        code = self.known(row.get("product"), (*path, "product"), codes, "product")
        return next((i for i, line in enumerate(sale.lines) if code == line.product), None)

    # -- changes of people

    def events(self, value):
        rows = []
        optional = ("parent", "leg", "sponsor", "to", "promotion", "now")
        allowed = {
            "place": ("parent", "leg"),
            "sponsor": ("sponsor",),
            "terminate": ("now",),
            "promote": ("to", "promotion"),
        }
        for path, item in self.check.sequence(value, ("events",)):
            data = self.check.mapping(item, path, ("at", "type", "distributor"), optional)
            kind = self.check.choice(data.get("type"), (*path, "type"), model.EVENTS)
            for key in optional:
                if key in data and key not in allowed.get(kind, ()):
                    self.wrong((*path, key), f"{key!r} has no meaning for {kind!r}")
            moment = self.moment(data.get("at"), (*path, "at"), MORNING)
            person = self.person(data.get("distributor"), (*path, "distributor"))
            if person is None:
                continue
            details = self._details(path, kind, data)
            rows.append(self.at(path, model.Event(moment, kind, person, **details)))
        return tuple(sorted(rows, key=lambda row: row.at))

    def _details(self, path, kind, data):
        if kind == "place":
            parent, leg = self._spot(path, data)
            return {"parent": parent, "leg": leg}
        if kind == "sponsor":
            return {"sponsor": self.person(data.get("sponsor"), (*path, "sponsor"))}
        if kind == "terminate":
            return {"now": self.check.flag(data.get("now", False), (*path, "now"))}
        if kind != "promote":
            return {}
        if "promotion" in data:
            codes = [item["code"] for item in self.plan["promotions"]]
            return {
                "promotion": self.known(data["promotion"], (*path, "promotion"), codes, "promotion")
            }
        known = model.KINDS[:2]
        return {"kind": self.check.choice(data.get("to"), (*path, "to"), known)}
