# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Figures of members and positions that a run reports: codes, units, wording.

Codes are stored (carry, measures) and never renumbered. ``UNIT`` is ``pv`` or
``cv`` (ten-thousandths of a point), ``rate`` (millionths), ``flag`` (0 or 1),
``count`` or ``code`` (of reasons, rate sources, ranks, packages).
"""

from enum import IntEnum


class Measure(IntEnum):
    # of the person
    OWN_PV = 1
    OWN_PV_PERIOD = 2
    OWN_CV_PERIOD = 3
    ACTIVE = 4
    RANK = 5
    TITLE = 6
    RANK_EARNED = 7
    RANK_MISSES = 8
    # of a bonus of the person
    PAID_CV = 10
    # of a binary position
    CARRY_LEFT = 20
    CARRY_RIGHT = 21
    LEFT_IN = 22
    RIGHT_IN = 23
    LEFT_NEW = 24
    RIGHT_NEW = 25
    LEFT_EXCESS = 26
    RIGHT_EXCESS = 27
    MATCHED = 28
    LEFT_EXPIRED = 29
    RIGHT_EXPIRED = 30
    LEFT_ACTIVE = 31
    RIGHT_ACTIVE = 32
    RATE = 33
    RATE_SOURCE = 34
    REASON = 35
    INACTIVE_PERIODS = 36
    LEFT_BACK = 37
    RIGHT_BACK = 38
    # of a bonus of the person
    AWARDED = 40
    STANDING = 41
    SHARES = 42
    GROUP_CV = 43
    STEP_RATE = 44
    FINAL_STANDING = 45
    PLACE = 46


#: code -> (unit, Spanish, English)
TABLE = {
    Measure.OWN_PV: ("pv", "PV propio en la ventana", "Own PV in the window"),
    Measure.OWN_PV_PERIOD: ("pv", "PV propio del ciclo", "Own PV of the cycle"),
    Measure.OWN_CV_PERIOD: ("cv", "CV propio del ciclo", "Own CV of the cycle"),
    Measure.ACTIVE: ("flag", "Activo", "Active"),
    Measure.RANK: ("code", "Rango pagado", "Paid-as rank"),
    Measure.TITLE: ("code", "Título", "Title"),
    Measure.PAID_CV: ("cv", "CV pagado", "CV paid"),
    Measure.CARRY_LEFT: ("cv", "Saldo izquierdo que pasa", "Left carried over"),
    Measure.CARRY_RIGHT: ("cv", "Saldo derecho que pasa", "Right carried over"),
    Measure.LEFT_IN: ("cv", "Saldo izquierdo anterior", "Left brought forward"),
    Measure.RIGHT_IN: ("cv", "Saldo derecho anterior", "Right brought forward"),
    Measure.LEFT_NEW: ("cv", "CV izquierdo nuevo", "Left new"),
    Measure.RIGHT_NEW: ("cv", "CV derecho nuevo", "Right new"),
    Measure.LEFT_EXCESS: ("cv", "Exceso propio a la izquierda", "Own excess to left"),
    Measure.RIGHT_EXCESS: ("cv", "Exceso propio a la derecha", "Own excess to right"),
    Measure.LEFT_BACK: (
        "cv",
        "Exceso propio devuelto de la izquierda",
        "Own excess taken back from left",
    ),
    Measure.RIGHT_BACK: (
        "cv",
        "Exceso propio devuelto de la derecha",
        "Own excess taken back from right",
    ),
    Measure.MATCHED: ("cv", "CV emparejado", "CV matched"),
    Measure.LEFT_EXPIRED: ("cv", "CV izquierdo vencido", "Left expired"),
    Measure.RIGHT_EXPIRED: ("cv", "CV derecho vencido", "Right expired"),
    Measure.LEFT_ACTIVE: (
        "count",
        "Directos activos a la izquierda",
        "Active sponsored on the left",
    ),
    Measure.RIGHT_ACTIVE: (
        "count",
        "Directos activos a la derecha",
        "Active sponsored on the right",
    ),
    Measure.RATE: ("rate", "Porcentaje", "Percentage"),
    Measure.RATE_SOURCE: ("code", "Origen del porcentaje", "Source of the percentage"),
    Measure.REASON: ("code", "Motivo", "Reason"),
    Measure.RANK_EARNED: ("code", "Rango alcanzado", "Rank earned"),
    Measure.RANK_MISSES: (
        "count",
        "Periodos seguidos sin alcanzar el rango",
        "Periods in a row below the rank",
    ),
    Measure.INACTIVE_PERIODS: (
        "count",
        "Periodos inactivo seguidos",
        "Periods inactive in a row",
    ),
    Measure.AWARDED: ("code", "Incentivos recibidos", "Awards received"),
    Measure.STANDING: ("cv", "Puntos del concurso", "Contest points"),
    Measure.SHARES: ("cv", "Participaciones", "Shares"),
    Measure.GROUP_CV: ("cv", "CV del grupo", "Group CV"),
    Measure.STEP_RATE: ("rate", "Porcentaje propio", "Own percentage"),
    Measure.FINAL_STANDING: ("cv", "Puntos finales del concurso", "Final contest points"),
    Measure.PLACE: ("count", "Puesto en el concurso", "Place in the contest"),
}

#: Measures declared by a plan have the code ``PLAN + index in plan["measures"]``.
PLAN = 500
#: Periods in a row that the conditions of award ``i`` held: ``STREAK + i``.
STREAK = 200
AWARDS = 64

#: What a rank or a scenario may name, e.g. ``paid_cv`` in ``binary.paid_cv``.
BY_NAME = {measure.name.lower(): measure for measure in Measure}


def name(code, plan=None):
    """Return the name of a code as documents write it, e.g. ``carry_left``.

    ``plan`` (canonical) is needed for the measures that it declares.
    """
    code = int(code)
    if code >= PLAN:
        return plan["measures"][code - PLAN]["code"]
    if STREAK <= code < STREAK + AWARDS:
        return f"streak_{code - STREAK + 1}"
    return Measure(code).name.lower()


def unit(code, plan=None):
    """Return the unit of a code, see the module."""
    code = int(code)
    if code >= PLAN:
        item = plan["measures"][code - PLAN]
        return item["params"].get("volume", "pv") if item["volume"] else "count"
    if STREAK <= code < STREAK + AWARDS:
        return "count"
    return TABLE[Measure(code)][0]


def text(code, lang="es", plan=None):
    """Return the wording of a code, in Spanish or English."""
    code = int(code)
    if code >= PLAN:
        names = plan["measures"][code - PLAN]["name"]
        return names.get(lang) or names["es"]
    if STREAK <= code < STREAK + AWARDS:
        award = code - STREAK + 1
        spanish, english = (
            f"Incentivo {award}: periodos seguidos",
            f"Award {award}: periods in a row",
        )
        return spanish if lang == "es" else english
    return TABLE[Measure(code)][1 if lang == "es" else 2]


def is_state(code):
    """Tell whether the next period reads this figure of a member back."""
    return code in (Measure.AWARDED, Measure.STANDING) or STREAK <= code < STREAK + AWARDS
