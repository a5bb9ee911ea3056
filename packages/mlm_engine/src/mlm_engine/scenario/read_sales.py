# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Read sales and refunds."""

from fractions import Fraction

from ..kernel.exact import E4, E6, rounded
from ..kernel.text import _
from ..plan.document import MOST_COUNTED, shown
from . import model
from .lookup import MOST_ROWS, NOON, Lookup

_LINE = ("product", "qty", "price", "pv", "cv", "package", "from")


class SaleReader(Lookup):
    """Adds ``sales`` and ``refunds``."""

    def sales(self, value):
        rows, seen = [], set()
        optional = ("id", "credited", "price_list", "company")
        for path, item in self.check.sequence(value, ("sales",), MOST_ROWS):
            data = self.check.mapping(item, path, ("buyer", "paid", "lines"), optional)
            code = self.check.code(data.get("id", f"S{len(rows) + 1}"), (*path, "id"))
            if not code:
                self.unread.add("sale")
            elif code in seen:
                self.wrong((*path, "id"), _("sale {code} appears twice", code=shown(code)))
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
                self.wrong((*path, "lines"), _("a sale needs at least one line"))
            moment = self.moment(data.get("paid"), (*path, "paid"), NOON)
            home = self.people[buyer].home if buyer else next(iter(self.companies))
            seller = self.company(data, "company", path, home)
            prices = self._prices(seller, moment)
            read = tuple(self._line(*line, price_list, to_customer, prices) for line in lines)
            sale = model.Sale(code, buyer, credited, moment, price_list, read, seller)
            rows.append(self.at(path, sale))
        return tuple(sorted(rows, key=lambda row: row.paid))

    def _prices(self, seller, moment):
        """Return what turns prices of the catalog into those of a company at a sale."""
        plan, seller = self.plan, self.companies[seller]
        if seller.currency == plan["company_currency"]:
            return lambda price_e4: price_e4
        day, first = self.clock.day_of(moment), next(iter(self.companies.values()))
        factor = Fraction(seller.rate_e6(day), first.rate_e6(day) or E6)

        def turned(price_e4):
            units = factor * price_e4 / seller.unit_e4
            return rounded(units, plan["rounding"]["mode"]) * seller.unit_e4

        return turned

    def _line(self, path, item, price_list, to_customer, prices):
        check = self.check
        data = check.mapping(item, path, (), _LINE)
        qty = check.integer(data.get("qty", 1), (*path, "qty"), default=MOST_COUNTED)
        if qty < 1:
            remedy = _("Use `refunds` to take goods back")
            self.wrong((*path, "qty"), _("quantity {qty} is not positive", qty=qty), remedy)
            qty = MOST_COUNTED  # so that refunds of the line are not wrong as well
        if "product" not in data:
            return self._bare(path, data, qty)
        for key in ("pv", "cv", "package", "from"):
            if key in data:
                self.wrong(
                    (*path, key),
                    _("{key!r} comes from the product", key=key),
                    _("Remove `{key}`", key=key),
                )
        code = self.known(data["product"], (*path, "product"), self.products, "product")
        if code is None:
            return model.Line(None, qty, 0, 0, 0, 0, None, None)
        product = self.products[code]
        own = price = regular = prices(product["price_e4"])
        if price_list == "retail":
            price = regular = prices(product["retail_e4"] or 0) or regular
            if product["retail_e4"] is None and "price" not in data:
                remedy = _("Add `price: …` (without tax) to the line")
                self.wrong(path, _("product {code} has no retail price", code=code), remedy)
        if "price" in data:
            price = check.number(data["price"], (*path, "price"), E4, 0)
        free = not price and regular  # free goods carry no volume (RULES 1)
        return model.Line(
            code,
            qty,
            0 if free else product["pv_e4"],
            product["cv_e4"],
            price,
            max(price - own, 0) if to_customer else 0,
            self._package(product["package"]),
            self._package(product["package_from"]),
            regular,
        )

    def _bare(self, path, data, qty):
        check = self.check
        for key in ("pv", "cv"):
            if key not in data:
                remedy = _("Write `product: CODE`, or both `pv` and `cv`")
                self.wrong(path, _("a line without product needs {key!r}", key=key), remedy)
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
        for path, item in self.check.sequence(value, ("refunds",), MOST_ROWS):
            data = self.check.mapping(item, path, ("sale", "at"), ("lines",))
            code = self.known(data.get("sale"), (*path, "sale"), by_id, "sale")
            moment = self.moment(data.get("at"), (*path, "at"), NOON)
            if code is None:
                continue
            sale = by_id[code]
            if moment < sale.paid:
                self.wrong((*path, "at"), _("refund before sale {code} was paid", code=code))
            taken = self._quantities(path, data, sale, left[code])
            rows.append(self.at(path, model.Refund(code, moment, taken)))
        return tuple(sorted(rows, key=lambda row: row.at))

    def _quantities(self, path, data, sale, left):
        """Return units per line, and take them off what is left of the sale."""
        if "lines" not in data:
            taken = list(left)
            if not any(taken):
                self.wrong(path, _("nothing is left to refund of sale {id}", id=sale.id))
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
                self.wrong(where, _("only {left} left to refund on this line", left=left[index]))
                left[index] = MOST_COUNTED  # said once of a line
            taken[index] += qty
            left[index] -= min(qty, left[index])
        return tuple(taken)

    def _line_of(self, path, row, sale):
        if "line" in row:
            number = self.check.integer(row["line"], (*path, "line"), 1, 1)
            if number <= len(sale.lines):
                return number - 1
            text, last = (
                _("sale {id} has no line {number}", id=sale.id, number=number),
                len(sale.lines),
            )
            self.wrong((*path, "line"), text, _("Its last line is {last}", last=last))
            return None
        codes = [line.product for line in sale.lines if line.product]
        code = self.known(row.get("product"), (*path, "product"), codes, "product")
        return next((i for i, line in enumerate(sale.lines) if code == line.product), None)
