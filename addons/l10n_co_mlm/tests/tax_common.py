# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The published law that tests of the calculation use, apart from what is shipped as data."""

from datetime import date

from ..tax import Bracket, IcaRate, Law, Rate, Relief, Settings, VatRate, Withholding

PESO = 10_000
BOGOTA, MEDELLIN = "11001", "05001"
AGENT = {"": False, BOGOTA: True}
UVT = {2024: 47_065, 2025: 49_799, 2026: 52_374}
#: first day: UVT of services, of purchases and other income
BASES = {
    date(2017, 1, 1): (4, 27),
    date(2025, 6, 1): (2, 10),
    date(2026, 5, 8): (4, 27),
    date(2026, 7, 1): (2, 10),
}
#: concept, person, declarant: percent, minimum base, core's tax
RATES = {
    ("commissions", "natural", "any"): (10, "none", "18"),
    ("commissions", "legal", "any"): (11, "none", "36"),
    ("fees", "natural", "any"): (10, "none", "32"),
    ("fees", "legal", "any"): (11, "none", "40"),
    ("services", "natural", "yes"): (4, "services", "23"),
    ("services", "natural", "no"): (6, "services", "25"),
    ("services", "legal", "any"): (4, "services", "23"),
    ("other", "natural", "yes"): (2.5, "purchases", "19"),
    ("other", "natural", "no"): (3.5, "purchases", "35"),
    ("other", "legal", "any"): (2.5, "purchases", "19"),
}
#: article 383: above, up to, percent, plus
TABLE = (
    (0, 95, 0, 0),
    (95, 150, 19, 0),
    (150, 360, 28, 10),
    (360, 640, 33, 69),
    (640, 945, 35, 162),
    (945, 2300, 37, 268),
    (2300, 0, 39, 770),
)
#: activity: per mil, in Bogotá
ICA = {"4610": 9.66, "4799": 11.04, "5611": 13.8}


def make_law(day, agents=None, **values):
    """Return the law of a day as it was published; ``values`` are what is other."""
    services, purchases = max((since, uvt) for since, uvt in BASES.items() if since <= day)[1]
    return Law(
        **{
            "day": day,
            "uvt_e4": UVT[day.year] * PESO if day.year in UVT else None,
            "bases": {"services": services * PESO, "purchases": purchases * PESO},
            "rates": tuple(_get_rates()),
            "brackets": tuple(
                Bracket(low * PESO, high * PESO, rate * 10_000, plus * PESO, "Art. 383 ET")
                for low, high, rate, plus in TABLE
            ),
            "ica": {
                (BOGOTA, activity): IcaRate(
                    BOGOTA, activity, round(rate * 1000), 4 * PESO, 27 * PESO, "Res. SDH-265"
                )
                for activity, rate in ICA.items()
            },
            "agents": AGENT if agents is None else agents,
            "relief": Relief(250_000, 400_000, 1_340 * PESO, "Art. 206, 336 ET"),
            "vat_rate": VatRate(150_000, "Art. 437-1 ET"),
            **values,
        }
    )


def _get_rates():
    for (concept, person, declarant), (percent, base, tax) in RATES.items():
        switch = person == "natural" and base == "none"
        yield Rate(
            concept=concept,
            person=person,
            declarant=declarant,
            resident=True,
            rate_e6=round(percent * 10_000),
            base_kind=base,
            switch_uvt_e4=3_300 * PESO if switch else 0,
            switch_rate_e6=110_000 if switch else 0,
            tax_ref=f"l10n_co_tax_{tax}",
            norm="Art. 392 ET",
        )


def withhold(law, payee, pesos, before, **settings):
    """Return ``{code: pesos}`` of one document of commissions, or of ``{concept: pesos}``."""
    gross = pesos if isinstance(pesos, dict) else {"commissions": pesos}
    gross = {concept: value * PESO for concept, value in gross.items()}
    lines = Withholding(law, Settings(**settings)).of(payee, gross, before)
    return {line.code: line.amount_e4 / PESO for line in lines}
