# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Why a row or a position was paid less than the plan offered: integer codes.

Codes are stored in earnings and measures and never renumbered. ``TEXTS`` holds
the wording for screens; ``{...}`` is filled by ``explain.py``.
"""

from enum import IntEnum


class Reason(IntEnum):
    PAID = 0
    INACTIVE = 1
    SUSPENDED = 2
    TERMINATED = 3
    NOT_DISTRIBUTOR = 4
    NO_UPLINE = 5
    NO_PACKAGE = 6
    SMALLER_PACKAGE = 7
    PV_TIER = 8
    NO_ACTIVE_LEFT = 9
    NO_ACTIVE_RIGHT = 10
    NO_ACTIVE_SIDES = 11
    BELOW_MINIMUM = 12
    OWN_PURCHASE = 13
    VACANT = 14
    NOT_UNLOCKED = 15
    RANK_RATE = 16
    NOT_QUALIFIED = 17
    RANK_BELOW = 18
    CAPPED = 19
    COMPANY_CAP = 20
    NO_QUALIFIER = 21
    POOL_REMAINDER = 22
    GROUP_TOO_SMALL = 23
    GUARANTEE = 24


TEXTS = {
    Reason.PAID: {"es": "Pagado completo", "en": "Paid in full"},
    Reason.INACTIVE: {
        "es": "Inactivo: sin el PV propio requerido en la ventana",
        "en": "Inactive: not the own PV required in the window",
    },
    Reason.SUSPENDED: {"es": "Suspendido", "en": "Suspended"},
    Reason.TERMINATED: {"es": "Retirado", "en": "Terminated"},
    Reason.NOT_DISTRIBUTOR: {
        "es": "No es distribuidor",
        "en": "Not a distributor",
    },
    Reason.NO_UPLINE: {
        "es": "No hay patrocinador en esta generación",
        "en": "No sponsor at this generation",
    },
    Reason.NO_PACKAGE: {
        "es": "Sin paquete propio que dé derecho al bono",
        "en": "No own package that entitles to the bonus",
    },
    Reason.SMALLER_PACKAGE: {
        "es": "El paquete propio es menor que el comprado",
        "en": "Own package is smaller than the one bought",
    },
    Reason.PV_TIER: {
        "es": "El PV propio no alcanza para la generación completa",
        "en": "Own PV does not reach the full generation",
    },
    Reason.NO_ACTIVE_LEFT: {
        "es": "Ningún patrocinado directo activo en el lado izquierdo",
        "en": "No active personally sponsored person on the left side",
    },
    Reason.NO_ACTIVE_RIGHT: {
        "es": "Ningún patrocinado directo activo en el lado derecho",
        "en": "No active personally sponsored person on the right side",
    },
    Reason.NO_ACTIVE_SIDES: {
        "es": "Ningún patrocinado directo activo en ninguno de los lados",
        "en": "No active personally sponsored person on either side",
    },
    Reason.BELOW_MINIMUM: {
        "es": "La pierna menor no alcanza el mínimo de CV",
        "en": "The lesser leg is below the least CV",
    },
    Reason.OWN_PURCHASE: {
        "es": "Compra propia: no hay cliente",
        "en": "Own purchase: there is no customer",
    },
    Reason.VACANT: {"es": "Posición sin titular", "en": "Position without owner"},
    Reason.NOT_UNLOCKED: {
        "es": "El rango no alcanza este nivel",
        "en": "The rank does not reach this level",
    },
    Reason.RANK_RATE: {
        "es": "El rango da un porcentaje menor",
        "en": "The rank gives a lower percentage",
    },
    Reason.NOT_QUALIFIED: {
        "es": "No cumple las condiciones del bono",
        "en": "The conditions of the bonus are not met",
    },
    Reason.RANK_BELOW: {
        "es": "El rango es menor que el que pide el bono",
        "en": "The rank is below the one the bonus asks for",
    },
    Reason.CAPPED: {"es": "Tope del bono", "en": "Cap of the bonus"},
    Reason.COMPANY_CAP: {"es": "Tope de la compañía", "en": "Cap of the company"},
    Reason.NO_QUALIFIER: {
        "es": "Nadie califica para el fondo",
        "en": "Nobody qualifies for the pool",
    },
    Reason.POOL_REMAINDER: {
        "es": "Resto del fondo después de redondear",
        "en": "Rest of the pool after rounding",
    },
    Reason.GROUP_TOO_SMALL: {
        "es": "El grupo propio no alcanza para conservar el bono",
        "en": "The own group is too small to keep the bonus",
    },
    Reason.GUARANTEE: {
        "es": "Cubre el mínimo garantizado del patrocinador",
        "en": "Covers the sponsor's guaranteed minimum",
    },
}


def text(code, lang="es"):
    """Return the wording of a code, in Spanish or English."""
    return TEXTS[Reason(int(code))][lang]
