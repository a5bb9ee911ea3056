# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What some people are to the tax office. Of everybody else nothing is known: the default
profile counts, and they are listed."""

BOGOTA, MEDELLIN = "11001", "05001"

#: ``{key of the cast: (municipality, activity, fields of the profile)}``, confirmed. María lives
#: where the company does not withhold ICA: what is taken from her is 10 % and nothing else.
PROFILES = {
    "maria": (MEDELLIN, "4799", {}),
    "root": (
        BOGOTA,
        "4690",
        {"declarant": True, "vat_responsible": True, "invoicer": True},
    ),
    "luis": (BOGOTA, "4690", {"simple": True, "declarant": True, "invoicer": True}),
    "sandra": (
        BOGOTA,
        "4610",
        {"person": "legal", "declarant": True, "vat_responsible": True, "invoicer": True},
    ),
    "diana": (BOGOTA, "4610", {}),
    # the contract says more than 3,300 UVT in the year
    "andres": (MEDELLIN, "4799", {"contract_over_limit": True, "declarant": True}),
    "jorge": (None, "4799", {}),
}
#: entered by support, not confirmed yet
WAITING = {"german": (BOGOTA, "4799", {}), "ricardo": (None, None, {"declarant": True})}
#: who is a company: ``{key: (name, NIT)}``
COMPANIES = {"sandra": ("Duarte Bienestar S.A.S.", "9990009981")}
