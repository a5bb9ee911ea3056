# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What a scenario file says, resolved: plain dataclasses, no engine arrays.

People, sales and plan entries are named by their codes. Moments are seconds since
1970-01-01 UTC, days proleptic ordinals, numbers scaled integers (``_e4``,
``_e6``). Whoever plays a scenario, the engine alone or a database with real
documents, starts from this.
"""

from dataclasses import dataclass, field

KINDS = ("distributor", "preferred", "customer")
STATES = ("active", "suspended", "terminated")
LEGS = ("left", "right")
PRICE_LISTS = ("distributor", "retail")
EVENTS = ("place", "sponsor", "suspend", "reinstate", "terminate", "promote")


@dataclass(frozen=True)
class Rate:
    """Company currency per unit of the plan's base currency, from a day on."""

    start: int
    rate_e6: int


@dataclass(frozen=True)
class Company:
    currency: str
    timezone: str
    rates: tuple  # of Rate, by start


@dataclass(frozen=True)
class Place:
    """A spot in the placement tree; ``parent`` is ``None`` for a root."""

    parent: str | None
    leg: str | None
    at: int  # moment


@dataclass(frozen=True)
class Distributor:
    """A person of any kind; customers have a sponsor and no place."""

    code: str
    name: str
    kind: str
    sponsor: str | None
    joined: int  # day
    place: Place | None
    state: str  # before the first cycle


@dataclass(frozen=True)
class Line:
    """One line of a sale. ``product`` is ``None`` for bare volume.

    Figures are of one unit. ``unit_price_e4`` is what the buyer was invoiced
    without tax, ``unit_retail_e4`` how much of it is retail profit.
    """

    product: str | None
    qty: int
    unit_pv_e4: int
    unit_cv_e4: int
    unit_price_e4: int
    unit_retail_e4: int
    package: str | None
    package_from: str | None


@dataclass(frozen=True)
class Sale:
    id: str
    buyer: str
    credited: str
    paid: int  # moment
    price_list: str
    lines: tuple  # of Line


@dataclass(frozen=True)
class Refund:
    """Units taken back: ``quantities[i]`` of line ``i`` of the sale."""

    sale: str
    at: int  # moment
    quantities: tuple


@dataclass(frozen=True)
class Event:
    """A change of a person. Only the fields of its ``type`` are set.

    ``place``: parent, leg. ``sponsor``: sponsor. ``terminate``: ``now`` (else at
    the close of the cycle). ``promote``: ``kind`` or ``promotion``.
    """

    at: int  # moment
    type: str
    distributor: str
    parent: str | None = None
    leg: str | None = None
    sponsor: str | None = None
    kind: str | None = None
    promotion: str | None = None
    now: bool = False


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


@dataclass(frozen=True)
class Scenario:
    """A checked scenario. ``plan`` is canonical, ``plan_document`` as written
    (an ``extends`` already merged). ``expect`` maps cycles to expectations."""

    title: str
    source: str
    through_odoo: bool
    plan: dict
    plan_document: dict
    company: Company
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

    def person(self, code):
        """Return the ``Distributor`` of a code."""
        return next(item for item in self.distributors if item.code == code)
