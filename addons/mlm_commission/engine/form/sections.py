# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The sections of a plan document, in the order in which people think of them.

A section is one key of the document, or several under one heading (``keys``). It is
a ``group`` of fields, a ``list`` of entries or a ``map`` of entries by their code.
The wording of a bonus's parameters is not here but in its rule file.
"""

from . import choices
from .basics import GENERAL, PERIODS, TREES
from .field import CODE, NAME, field, required, section

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
        field(
            "grid",
            "by_rank",
            "Otro PV según el rango",
            "Another PV by rank",
            section="ranks",
            cell="points",
            lists=False,
            unit="PV",
            advanced=True,
        ),
        field(
            "choice",
            "held",
            "Qué rango cuenta para eso",
            "Which rank counts for that",
            options=choices.HELD,
            default="paid",
            advanced=True,
        ),
    ],
    "Sin esto, todos están activos.",
    "Without this, everybody is active.",
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
        field("percent", "pct", "Porcentaje que da", "Percentage it gives", default=0),
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
        field("ref", "rank", "Concede el rango", "Grants the rank", section="ranks", advanced=True),
        field("integer", "rank_months", "Por cuántos meses", "For how many months", advanced=True),
    ],
    "Del menor al mayor.",
    "From the lowest to the highest.",
    item_es="Paquete",
    item_en="Package",
    code="package",
)
MEASURES = section(
    "list",
    "measures",
    "Medidas",
    "Measures",
    [CODE, NAME],
    "Lo que se cuenta de cada persona, para rangos y condiciones.",
    "What is counted of each person, for ranks and conditions.",
    item_es="Medida",
    item_en="Measure",
    code="measure",
    variant={"key": "kind", "options": "measures"},
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
        field("points", "min", "Desde", "From", default=0),
        field("percent", "pct", "Porcentaje que da", "Percentage it gives", default=0),
        field("conditions", "requires", "Requisitos", "Requirements"),
    ],
    "Del menor al mayor; el primero es de todos.",
    "From the lowest to the highest; the first one is everybody's.",
    item_es="Rango",
    item_en="Rank",
    code="rank",
)
RANK_POLICY = section(
    "group",
    "rank_policy",
    "Cómo se conserva el rango",
    "How ranks are kept",
    [
        field("ref", "period", "Se evalúa cada", "Evaluated every", section="periods"),
        field("choice", "mode", "Requisitos", "Requirements", options=choices.MODES, default="own"),
        field(
            "integer",
            "grace",
            "Períodos de gracia",
            "Periods of grace",
            "Cuántos seguidos puede faltar sin bajar.",
            "How many in a row may be missed without falling.",
            default=0,
        ),
        field(
            "choice",
            "demotion",
            "Después de la gracia",
            "After the grace",
            options=choices.DEMOTIONS,
            default="earned",
        ),
        field(
            "choice",
            "paid_rank",
            "Los bonos usan el rango",
            "Bonuses use the rank",
            options=choices.PAID_RANKS,
            default="current",
        ),
        field("choice", "title", "Título", "Title", options=choices.TITLES, default="keeps"),
    ],
    optional=True,
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
    code="promotion",
)
BONUSES = section(
    "list",
    "bonuses",
    "Bonos",
    "Bonuses",
    [
        CODE,
        NAME,
        field("ref", "period", "Se paga por", "Paid by", section="periods"),
    ],
    item_es="Bono",
    item_en="Bonus",
    code="bonus",
    variant={"key": "rule", "options": "rules"},
)
CAPS = section(
    "list",
    "caps",
    "Topes por persona",
    "Caps per person",
    [CODE, NAME],
    "Lo más que una persona recibe de algunos bonos en un período.",
    "The most that a person gets from some bonuses in a period.",
    item_es="Tope",
    item_en="Cap",
    code="cap",
    params="cap",
)
PAYOUT = section(
    "group",
    "payout",
    "Tope y mínimo de la empresa",
    "Company cap and minimum",
    [],
    "Lo que la empresa paga como máximo y como mínimo, como parte del volumen.",
    "What the company pays at most and at least, as a part of the volume.",
    optional=True,
    params="payout",
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
    code="product",
    new={"pv": 0, "cv": 0, "price": 0},
)
SECTIONS = [
    GENERAL,
    PERIODS,
    TREES,
    ACTIVITY,
    PACKAGES,
    MEASURES,
    RANKS,
    RANK_POLICY,
    BONUSES,
    CAPS,
    PAYOUT,
    PROMOTIONS,
    CATALOG,
]
