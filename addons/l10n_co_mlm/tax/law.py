# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the law says on one day, as plain values; `models/law` reads them from the database.

Amounts of UVT are in ten-thousandths (``*_e4``), rates in millionths (``*_e6``).
"""

from dataclasses import dataclass, field
from datetime import date


class LawMissing(Exception):
    """A datum that the law has and nobody entered.

    ``kind`` and what ``values`` say: uvt (year), base (kind, day), rate (concept, person,
    declarant, resident, day), bracket (day), relief (day), vat (day), agent (municipality, day),
    ica (municipality, activity, day).
    """

    def __init__(self, kind, **values):
        super().__init__(kind, values)
        self.kind = kind
        self.values = values


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate of income-tax withholding of one kind of payee for one concept.

    concept: commissions, fees, services, other; person: legal, natural; declarant: any, yes,
    no; base_kind: none, services, purchases.
    """

    concept: str
    person: str
    declarant: str
    resident: bool
    rate_e6: int
    base_kind: str
    switch_uvt_e4: int
    switch_rate_e6: int
    tax_ref: str
    norm: str
    switch_tax_ref: str = ""


@dataclass(frozen=True, slots=True)
class Bracket:
    """A step of the table of article 383; ``to_uvt_e4`` is 0 where it has no end."""

    from_uvt_e4: int
    to_uvt_e4: int
    rate_e6: int
    plus_uvt_e4: int
    norm: str


@dataclass(frozen=True, slots=True)
class Relief:
    """What of a month bears no tax under article 383: an exempt share, and the limits of all.

    exempt_e6: share of the rest that is exempt; limit_e6: at most this share of the month;
    limit_year_uvt_e4: at most so many UVT in a year, a twelfth of it in a month.
    """

    exempt_e6: int
    limit_e6: int
    limit_year_uvt_e4: int
    norm: str


@dataclass(frozen=True, slots=True)
class VatRate:
    """The share of the IVA that is withheld."""

    rate_e6: int
    norm: str


@dataclass(frozen=True, slots=True)
class IcaRate:
    """A rate of ReteICA; ``activity`` is empty for every one without a rate of its own."""

    municipality: str
    activity: str
    rate_e6: int
    base_uvt_e4: int
    base_purchases_uvt_e4: int
    norm: str


@dataclass(frozen=True, slots=True)
class Law:
    """The law of one day for one company.

    bases: ``{services | purchases: UVT}``; ica: ``{(municipality, activity): rate}``; agents:
    ``{municipality | "": whether the company withholds ICA there}``, "" for every other one.
    """

    day: date
    uvt_e4: int | None = None
    uvt_norm: str = ""
    bases: dict = field(default_factory=dict)
    base_norms: dict = field(default_factory=dict)
    rates: tuple = ()
    brackets: tuple = ()
    ica: dict = field(default_factory=dict)
    agents: dict = field(default_factory=dict)
    relief: Relief | None = None
    vat_rate: VatRate | None = None

    def in_pesos_e4(self, uvt_e4):
        """Return so many UVT (ten-thousandths) in ten-thousandths of a peso.

        :raises LawMissing: the UVT of the year is not known
        """
        if not uvt_e4:
            return 0
        if self.uvt_e4 is None:
            raise LawMissing("uvt", year=self.day.year)
        return uvt_e4 * self.uvt_e4 // 10_000
