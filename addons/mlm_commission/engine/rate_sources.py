# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where the rate of an earning came from: integer codes, never renumbered."""

from enum import IntEnum


class RateSource(IntEnum):
    BONUS = 0
    PACKAGE = 1
    RANK = 2
    PROMOTION = 3
    PV_TIER = 4
    LEVEL = 5
    STEP = 6
    DIFFERENCE = 7
    SHARE = 8
    AWARD = 9
    CYCLE = 10


TEXTS = {
    RateSource.BONUS: {"es": "fijo por el bono", "en": "fixed by the bonus"},
    RateSource.PACKAGE: {
        "es": "{name} vigente hasta {until}",
        "en": "{name} in term until {until}",
    },
    RateSource.RANK: {
        "es": "rango {name} de la semana",
        "en": "rank {name} of the week",
    },
    RateSource.PROMOTION: {"es": "promoción {name}", "en": "promotion {name}"},
    RateSource.PV_TIER: {
        "es": "nivel por PV propio ({name})",
        "en": "tier by own PV ({name})",
    },
    RateSource.LEVEL: {"es": "nivel {name}", "en": "level {name}"},
    RateSource.STEP: {
        "es": "escala: con {name} le corresponde este porcentaje",
        "en": "step: {name} gives this percentage",
    },
    RateSource.DIFFERENCE: {
        "es": "porcentaje propio menos el ya pagado: {name}",
        "en": "own percentage less what was paid below: {name}",
    },
    RateSource.SHARE: {"es": "participación {name}", "en": "share {name}"},
    RateSource.AWARD: {"es": "incentivo {name}", "en": "award {name}"},
    RateSource.CYCLE: {"es": "por ciclo completo", "en": "per full cycle"},
}

#: What a list shows, without the name that an explanation fills in.
LABELS = {
    RateSource.BONUS: {"es": "Fijo por el bono", "en": "Fixed by the bonus"},
    RateSource.PACKAGE: {"es": "Paquete vigente", "en": "Package in term"},
    RateSource.RANK: {"es": "Rango del ciclo", "en": "Rank of the cycle"},
    RateSource.PROMOTION: {"es": "Promoción", "en": "Promotion"},
    RateSource.PV_TIER: {"es": "PV propio", "en": "Own PV"},
    RateSource.LEVEL: {"es": "Nivel", "en": "Level"},
    RateSource.STEP: {"es": "Escala", "en": "Step"},
    RateSource.DIFFERENCE: {"es": "Diferencia de porcentajes", "en": "Difference of percentages"},
    RateSource.SHARE: {"es": "Participación en un fondo", "en": "Share of a pool"},
    RateSource.AWARD: {"es": "Incentivo", "en": "Award"},
    RateSource.CYCLE: {"es": "Por ciclo completo", "en": "Per full cycle"},
}

#: Names that a plan document uses in ``pct_from``.
BY_NAME = {
    "package": RateSource.PACKAGE,
    "rank": RateSource.RANK,
    "promotion": RateSource.PROMOTION,
    "fixed": RateSource.BONUS,
}


def text(code, lang="es", **values):
    """Return the wording of a code with its template filled."""
    return TEXTS[RateSource(int(code))][lang].format(**values)
