# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Basics, placement trees and kinds of period: what the other sections stand on."""

from ..kernel.exact import MODES
from ..telling.words import ROUNDINGS
from . import choices
from .field import CODE, field, required, section

_ROUNDINGS = {mode: ROUNDINGS[mode] for mode in MODES}

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
        field(
            "lines",
            "sources",
            "Fuentes",
            "Sources",
            "De dónde salen las cifras, una por renglón.",
            "Where the figures come from, one a line.",
            advanced=True,
        ),
    ],
)
TREES = section(
    "list",
    "trees",
    "Árboles de colocación",
    "Placement trees",
    [
        CODE,
        required("choice", "kind", "Clase", "Kind", options=choices.TREE_KINDS, default="binary"),
        field(
            "integer",
            "width",
            "Ancho",
            "Width",
            "De una matriz: cuántos caben debajo de cada uno.",
            "Of a matrix: how many fit below each one.",
            default=0,
        ),
    ],
    "El árbol de patrocinio siempre está. Aquí van los demás.",
    "The sponsor tree is always there. Here are the others.",
    item_es="Árbol",
    item_en="Tree",
    code="tree",
    new={"kind": "binary"},
    unnamed=True,
)
_KNOWN = (
    required("integer", "anchor_number", "Un número conocido", "A known number"),
    required("day", "anchor_start", "Empezó el", "Which began on"),
)
_PAY_DAY = field(
    "integer",
    "pay_day",
    "Se paga el día",
    "Paid on day",
    "Del mes siguiente.",
    "Of the month after.",
    default=15,
)
PERIODS = section(
    "map",
    "periods",
    "Períodos y fechas de pago",
    "Periods and pay dates",
    [],
    "El primero es el del libro de volumen.",
    "The first one is that of the volume ledger.",
    item_es="Período",
    item_en="Period",
    code="period",
    variant={
        "key": "kind",
        "options": {
            "days": {
                "es": "Número fijo de días",
                "en": "Fixed number of days",
                "summary_es": "Semanas o ciclos numerados, uno tras otro.",
                "summary_en": "Numbered weeks or cycles, one after the other.",
                "new": {"days": 7, "anchor_number": 1},
                "fields": [
                    required("integer", "days", "Días", "Days"),
                    *_KNOWN,
                    field(
                        "integer",
                        "pay_after_start",
                        "Se paga a los días de empezar",
                        "Paid so many days after its start",
                        default=0,
                    ),
                ],
            },
            "month": {
                "es": "Mes calendario",
                "en": "Calendar month",
                "new": {"anchor_number": 1},
                "fields": [*_KNOWN, _PAY_DAY],
            },
            "weeks_of_month": {
                "es": "Semanas que terminan en el mes",
                "en": "Weeks that end in the month",
                "new": {"anchor_number": 1},
                "fields": [
                    field("ref", "of", "De las semanas", "Of the weeks", section="periods"),
                    *_KNOWN,
                    _PAY_DAY,
                ],
            },
        },
    },
)
