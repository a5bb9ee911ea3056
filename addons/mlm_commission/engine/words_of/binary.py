# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Binary, for people."""

SUMMARY = {
    "es": "Paga un porcentaje del volumen que se completa en las dos piernas.",
    "en": "Pays a percentage of the volume that both legs have in common.",
}
EXAMPLE = {
    "es": "1.356 CV a la izquierda y 56.540 a la derecha: se pagan 1.300 y pasan 56 y 55.240.",
    "en": "1,356 CV on the left and 56,540 on the right: 1,300 are paid, 56 and 55,240 go on.",
}
PHRASES = {
    "step_cv": ("La pierna menor paga en pasos de {}", "The lesser leg pays in steps of {}"),
    "min_cv": (
        "La pierna menor paga desde {}",
        "The lesser leg pays from {} on",
    ),
    "active_each_side": (
        "Hacen falta {} directos activos en cada pierna",
        "It takes {} active personally sponsored people in each leg",
    ),
    "unqualified": (
        "Los puntos de quien está activo y no califica: {}",
        "Points of somebody active who does not qualify: {}",
    ),
    "inactive": (
        "Los puntos de quien está inactivo: {}",
        "Points of somebody inactive: {}",
    ),
    "own_excess_above_pv": (
        "El PV propio que pasa de {} alimenta la pierna menor",
        "Own PV above {} feeds the lesser leg",
    ),
    "pct_from": (
        "El porcentaje es el mayor entre: {}",
        "The percentage is the highest of: {}",
    ),
}
