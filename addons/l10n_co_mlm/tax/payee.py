# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Who is paid, by whom, and what was paid before, as plain values."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Payee:
    """What a person is to the tax office on a day; the defaults are the profile of who has none.

    person: natural or legal; municipality: DIVIPOLA code or ""; activity: CIIU code or "";
    missing: what of it is not known, as keys.
    """

    person: str = "natural"
    resident: bool = True
    declarant: bool = False
    vat_responsible: bool = False
    simple: bool = False
    self_withholder: bool = False
    invoicer: bool = False
    art383: bool = False
    art383_exempt: bool = False
    art383_deductions_e4: int = 0
    contract_over_limit: bool = False
    municipality: str = ""
    activity: str = ""
    missing: tuple = ()


@dataclass(frozen=True, slots=True)
class Settings:
    """What a company has chosen.

    withholds: it is an agent of income tax at all; declarants_as_legal: income-tax declarants
    have the rate of legal persons; vat_agent: it withholds IVA; unit_e4: the rounding unit,
    10,000 for one peso; municipality: where somebody belongs of whom no municipality is known.
    """

    withholds: bool = True
    declarants_as_legal: bool = False
    vat_agent: bool = False
    unit_e4: int = 10_000
    municipality: str = "11001"


@dataclass(frozen=True, slots=True)
class Before:
    """What the company has paid to a tax number in the documents before this one.

    In the calendar year and in the month, in ten-thousandths, without IVA;
    month_withheld_e4: income tax withheld in the month, for article 383.
    """

    year_e4: int = 0
    month_e4: int = 0
    month_withheld_e4: int = 0

    def more(self, base_e4, withheld_e4):
        """Return this with one document of the same month more."""
        return Before(
            self.year_e4 + base_e4,
            self.month_e4 + base_e4,
            self.month_withheld_e4 + withheld_e4,
        )

    def less(self, base_e4, withheld_e4):
        """Return this without one document of the same month."""
        return self.more(-base_e4, -withheld_e4)


NOTHING = Before()


@dataclass(frozen=True, slots=True)
class Line:
    """One withholding: rounded once. ``basis`` holds what explains it, and no words."""

    code: str
    base_e4: int
    rate_e6: int
    amount_e4: int
    tax_ref: str
    basis: dict
