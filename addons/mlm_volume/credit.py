# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""How much volume the lines of credit notes take from the lines of their invoices.

Plain numbers in, plain numbers out (RULES 43). Every unit of a sale line that is still
out carries the same volume, and every peso that is still paid the same CV:

* goods that come back take PV, CV, retail margin and packages in proportion to the units
  that are still out;
* money without goods takes CV in proportion to the money of the line, and from the retail
  margin what is given back; PV and packages stay.

What a line has given is rounded as a sum, so that the parts add up to the whole.
"""

from dataclasses import dataclass, field
from fractions import Fraction

from .volume import to_integer

MEASURES = ("pv_e4", "cv_e4", "retail_e4", "package_qty")
GOODS, MONEY = "goods", "money"


@dataclass
class SaleLine:
    """A line of an invoice, and what the ledger holds of it.

    :param units: sold, in the product's unit, above zero
    :param money: paid before tax, zero or more
    :param held: ``{measure: integer}``
    """

    units: Fraction
    money: Fraction
    held: dict
    #: parts that are left: of the units, of the money
    out: Fraction = Fraction(1)
    paid: Fraction = Fraction(1)
    retail: Fraction = Fraction(0)
    given: dict = field(default_factory=lambda: dict.fromkeys(MEASURES, 0))

    def __post_init__(self):
        self.held = {name: max(self.held.get(name, 0), 0) for name in MEASURES}
        self.retail = Fraction(self.held["retail_e4"])

    def take_goods(self, units):
        """Take back up to ``units``; return how many were."""
        left = self.units * self.out
        taken = min(units, left)
        if taken:
            kept = 1 - taken / left
            self.out *= kept
            self.paid *= kept
            self.retail *= kept
        return taken

    def take_money(self, money, per_money_e4):
        """Take back up to ``money``; return how much was.

        :param per_money_e4: ten-thousandths of the company currency in one of ``money``
        """
        taken = min(money, self.money * self.paid)
        if taken:
            self.paid -= taken / self.money
            self.retail = max(self.retail - taken * per_money_e4, Fraction(0))
        return taken

    def settle(self):
        """What was taken since the last call: ``{measure: integer}``."""
        left = {
            "pv_e4": self.held["pv_e4"] * self.out,
            "cv_e4": self.held["cv_e4"] * self.paid,
            "retail_e4": self.retail,
            "package_qty": self.held["package_qty"] * self.out,
        }
        new = {}
        for name in MEASURES:
            given = self.held[name] - to_integer(left[name])
            new[name] = given - self.given[name]
            self.given[name] = given
        return new


@dataclass
class CreditLine:
    """A line of a credit note.

    :param kind: ``goods`` or ``money``
    :param units: returned, in the product's unit
    :param money: given back before tax
    :param per_money_e4: ten-thousandths of the company currency in one of ``money``
    :param lines: the sale lines that it may be about, the likeliest first; none: money that
        is given back on the invoice as a whole, over ``others``
    """

    kind: str
    units: Fraction
    money: Fraction
    lines: list
    others: list = ()
    per_money_e4: Fraction = Fraction(10_000)


def take(credit):
    """Take what ``credit`` takes from its sale lines: ``{measure: integer}``, positive.

    Never more than they still hold.

    >>> line = SaleLine(Fraction(10), Fraction(1000), {"pv_e4": 150, "cv_e4": 140})
    >>> take(CreditLine("money", Fraction(10), Fraction(100), [line]))["cv_e4"]
    14
    >>> take(CreditLine("goods", Fraction(5), Fraction(450), [line]))
    {'pv_e4': 75, 'cv_e4': 63, 'retail_e4': 0, 'package_qty': 0}
    """
    if credit.lines:
        rest = credit.units if credit.kind == GOODS else credit.money
        for line in credit.lines:
            rest -= (
                line.take_goods(rest)
                if credit.kind == GOODS
                else line.take_money(rest, credit.per_money_e4)
            )
    elif credit.kind == MONEY:
        total = sum(line.money * line.paid for line in credit.others)
        share = min(credit.money / total, 1) if total else 0
        for line in credit.others:
            line.take_money(line.money * line.paid * share, credit.per_money_e4)
    found = [line.settle() for line in credit.lines or credit.others]
    return {name: sum(one[name] for one in found) for name in MEASURES}
