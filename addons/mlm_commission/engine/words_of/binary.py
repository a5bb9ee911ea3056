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
    "mode": ("Se paga por {}", "It pays by {}"),
    "cycle_left": ("Un ciclo toma {} de un lado", "A cycle takes {} of one side"),
    "cycle_right": ("Un ciclo toma {} del otro lado", "A cycle takes {} of the other side"),
    "cycle_amount": ("Un ciclo vale {}", "A cycle is worth {}"),
    "expire_after": (
        "Los puntos de un inactivo vencen tras {}",
        "Points of somebody inactive expire after {}",
    ),
    "after_pay": ("Después del pago: {}", "After pay: {}"),
    "pays_on": ("Se paga sobre: {}", "It pays on: {}"),
    "leg_cap": ("Una pierna cuenta hasta {}", "A leg counts up to {}"),
    "max_matched": ("Se pagan a lo sumo {}", "At most {} are paid"),
    "over_cap": (
        "Lo que se empareja por encima de ese máximo: {}",
        "What matched above that: {}",
    ),
    "carry_cap": ("Pasan a lo sumo {} por pierna", "At most {} are carried on a leg"),
    "pay_cap": (
        "Cada posición recibe a lo sumo {}",
        "Each position gets at most {}",
    ),
    "fixed_pct": ("El porcentaje fijo es {}", "The fixed percentage is {}"),
    "pct_from": (
        "El porcentaje es el mayor entre: {}",
        "The percentage is the highest of: {}",
    ),
}
