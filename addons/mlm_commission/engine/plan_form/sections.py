# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a plan document, in the order in which people think of them.

A section is one key of the document, or several under one heading (``keys``). It is
a ``group`` of fields, a ``list`` of entries or a ``map`` of entries by their code.
The wording of a bonus's parameters is not here but in its rule file.
"""

from ..exact import MODES
from ..words import ROUNDINGS


def field(kind, key, es, en, help_es="", help_en="", **more):
    """Return one field; see ``docs/contracts/plan_form.md`` for the kinds."""
    return {
        "kind": kind,
        "key": key,
        "es": es,
        "en": en,
        "help_es": help_es,
        "help_en": help_en,
        **more,
    }


def required(kind, key, es, en, help_es="", help_en="", **more):
    """Return a field that every entry must have."""
    return field(kind, key, es, en, help_es, help_en, required=True, **more)


def section(kind, key, es, en, fields, help_es="", help_en="", **more):
    """Return one section."""
    return field(kind, key, es, en, help_es, help_en, fields=fields, **more)


CODE = required(
    "code",
    "code",
    "Código",
    "Code",
    "Así lo nombran los registros; no cambia de una versión a otra.",
    "How records name it; it stays the same from version to version.",
)
NAME = required("names", "name", "Nombre", "Name")
_ROUNDINGS = {mode: ROUNDINGS[mode] for mode in MODES}
_PERIODS = {"days": ("Número fijo de días", "Fixed number of days")}
_TREES = {"sponsor": ("Patrocinio", "Sponsor"), "placement": ("Colocación", "Placement")}

GENERAL = section(
    "group",
    None,
    "Lo básico",
    "Basics",
    [
        required("code", "plan", "Código del plan", "Code of the plan", readonly=True),
        required("names", "name", "Nombre", "Name"),
        required("integer", "version", "Versión", "Version"),
        field(
            "day",
            "valid_from",
            "Vigente desde",
            "Valid from",
            "El primer día de un período de cada clase que usa.",
            "The first day of a period of every kind that it uses.",
        ),
        required(
            "group",
            "currency",
            "Monedas",
            "Currencies",
            fields=[
                required(
                    "currency",
                    "base",
                    "Del plan",
                    "Of the plan",
                    "Un punto vale una unidad de esta moneda.",
                    "A point is worth one unit of this currency.",
                ),
                required("currency", "company", "De la empresa", "Of the company"),
            ],
        ),
        required(
            "group",
            "rounding",
            "Redondeo de cada renglón",
            "Rounding of each row",
            fields=[
                required("choice", "mode", "Modo", "Mode", options=_ROUNDINGS),
                required("decimal", "unit", "Unidad", "Unit"),
            ],
        ),
        field("ordered", "trees", "Árboles", "Trees", options=_TREES, any_order=True),
    ],
)
PERIODS = section(
    "map",
    "periods",
    "Períodos y fechas de pago",
    "Periods and pay dates",
    [
        required("choice", "kind", "Clase", "Kind", options=_PERIODS),
        required("integer", "days", "Días", "Days"),
        required("integer", "anchor_number", "Un número conocido", "A known number"),
        required("day", "anchor_start", "Empezó el", "Which began on"),
        field(
            "integer",
            "pay_after_start",
            "Se paga a los días de empezar",
            "Paid so many days after its start",
            default=0,
        ),
    ],
    new={"kind": "days", "days": 7, "anchor_number": 1, "anchor_start": None},
    item_es="Período",
    item_en="Period",
)
ACTIVITY = section(
    "group",
    "activity",
    "Quién está activo",
    "Who is active",
    [
        required("ref", "period", "Período", "Period", section="periods"),
        required("points", "pv", "PV propio", "Own PV", unit="PV"),
        field(
            "integer",
            "window",
            "En cuántos períodos",
            "Within how many periods",
            "El presente incluido.",
            "The present one included.",
            default=1,
        ),
    ],
    optional=True,
)
PACKAGES = section(
    "list",
    "packages",
    "Paquetes",
    "Packages",
    [
        CODE,
        NAME,
        required("percent", "pct", "Porcentaje que da", "Percentage it gives"),
        field(
            "integer",
            "months",
            "Meses de vigencia",
            "Months of its term",
            "Vacío: sin término.",
            "Empty: without end.",
            nullable=True,
        ),
        field("percent", "repeat_pct", "Porcentaje al repetir", "Percentage when repeated"),
    ],
    "Del menor al mayor.",
    "From the lowest to the highest.",
    item_es="Paquete",
    item_en="Package",
)
RANKS = section(
    "list",
    "ranks",
    "Rangos",
    "Ranks",
    [
        CODE,
        NAME,
        field("measure", "measure", "Se mide por", "Measured by"),
        required("points", "min", "Desde", "From"),
        field("percent", "pct", "Porcentaje que da", "Percentage it gives", default=0),
    ],
    "Del menor al mayor; el primero es de todos.",
    "From the lowest to the highest; the first one is everybody's.",
    item_es="Rango",
    item_en="Rank",
)
PROMOTIONS = section(
    "list",
    "promotions",
    "Promociones",
    "Promotions",
    [
        CODE,
        NAME,
        required("percent", "pct", "Porcentaje", "Percentage"),
        required("day", "from", "Desde", "From"),
        required("day", "to", "Hasta", "To"),
        field(
            "words",
            "members",
            "Para quiénes",
            "For whom",
            "«all» o los códigos de las personas.",
            "“all”, or the codes of the people.",
            default="all",
        ),
    ],
    item_es="Promoción",
    item_en="Promotion",
)
BONUSES = section(
    "list",
    "bonuses",
    "Bonos",
    "Bonuses",
    [
        CODE,
        NAME,
        required("rule", "rule", "Regla", "Rule", readonly=True),
        field("ref", "period", "Período", "Period", section="periods"),
        field("params", "params", "Parámetros", "Parameters"),
    ],
    item_es="Bono",
    item_en="Bonus",
)
CATALOG = section(
    "list",
    "catalog",
    "Productos",
    "Products",
    [
        CODE,
        NAME,
        required("points", "pv", "PV", "PV"),
        required("points", "cv", "CV", "CV"),
        required("money", "price", "Precio", "Price"),
        field("percent", "iva", "IVA %", "VAT %", nullable=True),
        field("money", "retail", "Precio al detal", "Retail price"),
        field("ref", "package", "Es el paquete", "Is the package", section="packages"),
        field("ref", "from", "Asciende desde", "Upgrades from", section="packages"),
        field("counts", "contents", "Contiene", "Contains", section="catalog"),
    ],
    item_es="Producto",
    item_en="Product",
    closed=True,
)
SECTIONS = [
    GENERAL,
    PERIODS,
    ACTIVITY,
    PACKAGES,
    RANKS,
    BONUSES,
    PROMOTIONS,
    CATALOG,
]
