# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The columns of a file of tax profiles, and the words that its cells may hold."""

from odoo.addons.mlm_base.importing.headings import Headings, reverse

#: key: (Spanish, English, more names); the order is that of the template
TABLE = Headings(
    {
        "code": ("código", "code", "código del distribuidor", "distributor code", "id"),
        "document_number": (
            "número de documento",
            "document number",
            "documento",
            "nit",
            "cédula",
            "vat",
        ),
        "date_from": ("vigente desde", "valid from", "desde", "from"),
        "date_to": ("vigente hasta", "valid until", "hasta", "until"),
        "person": ("tipo de persona", "kind of person", "persona"),
        "resident": ("residente en colombia", "resident in colombia", "residente", "resident"),
        "declarant": ("declarante de renta", "files an income tax return", "declarante"),
        "vat_responsible": ("responsable de iva", "responsible for vat"),
        "simple": ("régimen simple", "simple regime", "simple"),
        "self_withholder": ("autorretenedor", "self-withholder"),
        "invoicer": ("factura electrónicamente", "issues electronic invoices", "facturador"),
        "art383": ("tabla del art. 383", "table of art. 383", "art. 383"),
        "art383_exempt": ("toma el 25 % exento", "takes the exempt 25 %"),
        "art383_deductions": ("otras deducciones por mes", "other deductions per month"),
        "contract_over_limit": ("contrato sobre el límite", "contract above the limit"),
        "municipality": ("municipio", "municipality", "código dane", "dane"),
        "activity": (
            "actividad económica",
            "economic activity",
            "actividad (ciiu)",
            "activity (ciiu)",
            "actividad",
            "activity",
            "ciiu",
        ),
        "note": ("nota", "note", "observaciones"),
    },
    ("date_from", "person"),
)
FLAGS = (
    "resident",
    "declarant",
    "vat_responsible",
    "simple",
    "self_withholder",
    "invoicer",
    "art383",
    "art383_exempt",
    "contract_over_limit",
)
PERSONS = {
    "natural": ("natural", "natural", "persona natural", "natural person", "pn"),
    "legal": ("jurídica", "legal", "persona jurídica", "legal person", "pj"),
}
YES_NO = {
    True: ("sí", "yes", "s", "y", "x", "1", "true", "verdadero"),
    False: ("no", "no", "n", "0", "-", "false", "falso"),
}
PERSON_KEYS, YES_NO_KEYS = reverse(PERSONS), reverse(YES_NO)
#: the line of the template that shows how to write: (Spanish, English) where they differ
EXAMPLE = {
    "code": "1042",
    "document_number": "1020304050",
    "date_from": "2026-01-01",
    "person": ("natural", "natural"),
    "resident": ("sí", "yes"),
    "declarant": ("sí", "yes"),
    **dict.fromkeys(("vat_responsible", "simple", "self_withholder"), ("no", "no")),
    **dict.fromkeys(("invoicer", "art383", "art383_exempt"), ("no", "no")),
    "contract_over_limit": ("no", "no"),
    "municipality": "11001",
    "activity": "4799",
}
