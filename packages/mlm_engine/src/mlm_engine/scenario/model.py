# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a scenario file says, resolved: plain dataclasses, no engine arrays.

People, sales and plan entries are named by their codes. Moments are seconds since
1970-01-01 UTC, days proleptic ordinals, numbers scaled integers (``_e4``,
``_e6``). Whoever plays a scenario, the engine alone or a database with real
documents, starts from this.
"""

from dataclasses import dataclass, field
from functools import cached_property

from ..kernel.exact import E4, E6
from ..kernel.text import _

KINDS = ("distributor", "preferred", "customer")
STATES = ("active", "suspended", "terminated")
LEGS = ("left", "right")
#: kinds, states and legs in sentences
WORDS = {
    "distributor": _("distributor"),
    "preferred": _("preferred customer"),
    "customer": _("customer"),
    "active": _("active"),
    "suspended": _("suspended"),
    "terminated": _("terminated"),
    "left": _("left"),
    "right": _("right"),
}
PRICE_LISTS = ("distributor", "retail")
EVENTS = ("place", "sponsor", "suspend", "reinstate", "terminate", "promote", "override")


@dataclass(frozen=True)
class Rate:
    """A company's currency per unit of one (``None``: the plan's base), from a day on."""

    start: int
    rate_e6: int
    currency: str | None = None


@dataclass(frozen=True)
class Company:
    currency: str
    timezone: str
    rates: tuple  # of Rate, by start
    code: str = ""
    name: str = ""
    country: str = ""
    unit_e4: int = E4  # what its money is rounded to

    def rate_e6(self, day, currency=None):
        """Return its currency per unit of one, valid on a day."""
        known = [one for one in self.rates if one.start <= day and one.currency == currency]
        return known[-1].rate_e6 if known else E6


@dataclass(frozen=True)
class Place:
    """A spot in a placement tree; ``parent`` is ``None`` for a root. ``leg`` is ``left`` or
    ``right``, in a tree that is not binary the number of the spot from 1."""

    parent: str | None
    leg: str | int | None
    at: int  # moment
    tree: int = 0  # index into plan["trees"]
    code: str = ""  # of the position


@dataclass(frozen=True)
class Distributor:
    """A person of any kind; customers have a sponsor and no place. ``place`` is the first in
    the plan's first tree, ``places`` are all. The first position in a tree has the person's
    code, further ones ``CODE-2``, ``CODE-3``, … in the order in which they are placed."""

    code: str
    name: str
    kind: str
    sponsor: str | None
    joined: int  # day
    place: Place | None
    state: str  # before the first cycle
    places: tuple = ()  # of Place, by tree and moment
    home: str = ""  # code of the company


@dataclass(frozen=True)
class Line:
    """One line of a sale. ``product`` is ``None`` for bare volume.

    Figures are of one unit, money in the currency of the company that sold.
    ``unit_price_e4`` is what the buyer was invoiced without tax, ``unit_retail_e4`` how much of it is retail profit, ``unit_regular_e4``
    the price of the list: below it CV is cut in proportion (0: it is not).
    """

    product: str | None
    qty: int
    unit_pv_e4: int
    unit_cv_e4: int
    unit_price_e4: int
    unit_retail_e4: int
    package: str | None
    package_from: str | None
    unit_regular_e4: int = 0

    def pv_e4(self, units):
        """PV of so many units of the line."""
        return self.unit_pv_e4 * units

    def cv_e4(self, units):
        """CV of so many of its units: the line is rounded once, its parts as sums.

        >>> Line(None, 3, 0, 140000, 100, 0, None, None, 300).cv_e4(3)
        140000
        """
        whole = self.unit_cv_e4 * self.qty
        if self.unit_price_e4 < self.unit_regular_e4:
            whole = _nearest(whole * self.unit_price_e4, self.unit_regular_e4)
        return _nearest(whole * units, self.qty)

    def price_e4(self, units):
        """Invoiced price of so many units, without tax."""
        return self.unit_price_e4 * units

    def retail_e4(self, units):
        """Retail profit of so many units."""
        return self.unit_retail_e4 * units


def _nearest(value, divisor):
    return (2 * value + divisor) // (2 * divisor)


@dataclass(frozen=True)
class Sale:
    id: str
    buyer: str
    credited: str
    paid: int  # moment
    price_list: str
    lines: tuple  # of Line
    company: str = ""  # code of the one that sold


@dataclass(frozen=True)
class Refund:
    """Units taken back: ``quantities[i]`` of line ``i`` of the sale."""

    sale: str
    at: int  # moment
    quantities: tuple


@dataclass(frozen=True)
class Event:
    """A change of a person. Only the fields of its ``type`` are set.

    ``place``: position (its code), parent, leg, tree. ``sponsor``: sponsor. ``terminate``: ``now`` (else at
    the close of the cycle). ``promote``: ``kind`` or ``promotion``. ``override``: rank,
    exact, until (last day, ``None``: no end).
    """

    at: int  # moment
    type: str
    distributor: str
    parent: str | None = None
    leg: str | int | None = None
    sponsor: str | None = None
    kind: str | None = None
    promotion: str | None = None
    now: bool = False
    tree: int = 0
    position: str | None = None
    rank: str | None = None
    exact: bool = False
    until: int | None = None


@dataclass(frozen=True)
class HeldPackage:
    distributor: str
    package: str
    package_from: str | None
    at: int  # moment


@dataclass(frozen=True)
class EarlierPurchase:
    """Own PV of a cycle before the first; ``package_pv_e4`` is part of it."""

    distributor: str
    cycle: int
    pv_e4: int
    package_pv_e4: int


@dataclass(frozen=True)
class Opening:
    """How things stand before the first cycle."""

    carry: dict = field(default_factory=dict)  # {position: {bonus: {measure: e4}}}
    packages: tuple = ()  # of HeldPackage
    purchases: tuple = ()  # of EarlierPurchase
    titles: dict = field(default_factory=dict)  # {code: rank code}
    ranks: dict = field(default_factory=dict)  # {code: (rank code paid as, misses)}
    measures: dict = field(default_factory=dict)  # {code: {measure: values, newest first}}
    state: dict = field(default_factory=dict)  # {code: {bonus: {name: value}}}


@dataclass(frozen=True)
class Scenario:
    """A checked scenario. ``plan`` is canonical, ``plan_document`` as written
    (an ``extends`` already merged). ``expect`` maps cycles, and ``(kind, number)`` of
    longer periods, to expectations."""

    title: str
    source: str
    story: dict  # {es, en}
    through_odoo: bool
    plan: dict
    plan_document: dict
    company: Company
    companies: tuple  # of Company, ``company`` first
    withholding_rate_e6: int
    cycles: tuple
    distributors: tuple
    opening: Opening
    sales: tuple  # by (paid, place in the file)
    refunds: tuple  # by (at, place in the file)
    events: tuple  # by (at, place in the file)
    expect: dict

    @property
    def period_kind(self):
        """The kind of period whose numbers ``cycles`` are."""
        return next(iter(self.plan["periods"]))

    @property
    def longer_kinds(self):
        """The other kinds of period of the plan."""
        return list(self.plan["periods"])[1:]

    @cached_property
    def _people(self):
        return {item.code: item for item in self.distributors}

    @cached_property
    def positions(self):
        """``{code of a position: code of its person}``, the people's own codes first."""
        found = {item.code: item.code for item in self.distributors}
        for item in self.distributors:
            found.update((place.code, item.code) for place in item.places)
        return found

    def person(self, code):
        """Return the ``Distributor`` of a code."""
        return self._people[code]
