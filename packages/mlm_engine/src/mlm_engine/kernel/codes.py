# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Numbers that stand for words in inputs and results: figures, reasons, sources of a rate.

They are stored and never renumbered. Each says of itself what others ask of it, so that no
second list exists; the reference calculator has its own and a test lays both side by side.
"""

from enum import IntEnum


class Measure(IntEnum):
    """Figures of members and positions that a run reports.

    ``unit`` is ``pv`` or ``cv`` (ten-thousandths of a point), ``rate`` (millionths), ``flag``
    (0 or 1), ``count`` or ``code`` (of reasons, rate sources, ranks, packages). The next
    period reads back what is ``carried`` of a position and the ``state`` of a member.
    """

    def __new__(cls, value, unit, es, en, kept=""):
        found = int.__new__(cls, value)
        found._value_, found.unit = value, unit
        found.texts = {"es": es, "en": en}
        found.carried, found.state = kept == "carried", kept == "state"
        return found

    # of the person
    OWN_PV = 1, "pv", "PV propio en la ventana", "Own PV in the window"
    OWN_PV_PERIOD = 2, "pv", "PV propio del ciclo", "Own PV of the cycle"
    OWN_CV_PERIOD = 3, "cv", "CV propio del ciclo", "Own CV of the cycle"
    ACTIVE = 4, "flag", "Activo", "Active"
    RANK = 5, "code", "Rango pagado", "Paid-as rank"
    TITLE = 6, "code", "Título", "Title"
    RANK_EARNED = 7, "code", "Rango alcanzado", "Rank earned"
    RANK_MISSES = (
        8,
        "count",
        "Periodos seguidos sin alcanzar el rango",
        "Periods in a row below the rank",
    )
    # of a bonus of the person
    PAID_CV = 10, "cv", "CV pagado", "CV paid"
    # of a binary position
    CARRY_LEFT = 20, "cv", "Saldo izquierdo que pasa", "Left carried over", "carried"
    CARRY_RIGHT = 21, "cv", "Saldo derecho que pasa", "Right carried over", "carried"
    LEFT_IN = 22, "cv", "Saldo izquierdo anterior", "Left brought forward"
    RIGHT_IN = 23, "cv", "Saldo derecho anterior", "Right brought forward"
    LEFT_NEW = 24, "cv", "CV izquierdo nuevo", "Left new"
    RIGHT_NEW = 25, "cv", "CV derecho nuevo", "Right new"
    LEFT_EXCESS = 26, "cv", "Exceso propio a la izquierda", "Own excess to left"
    RIGHT_EXCESS = 27, "cv", "Exceso propio a la derecha", "Own excess to right"
    MATCHED = 28, "cv", "CV emparejado", "CV matched"
    LEFT_EXPIRED = 29, "cv", "CV izquierdo vencido", "Left expired"
    RIGHT_EXPIRED = 30, "cv", "CV derecho vencido", "Right expired"
    LEFT_ACTIVE = 31, "count", "Directos activos a la izquierda", "Active sponsored on the left"
    RIGHT_ACTIVE = 32, "count", "Directos activos a la derecha", "Active sponsored on the right"
    RATE = 33, "rate", "Porcentaje", "Percentage"
    RATE_SOURCE = 34, "code", "Origen del porcentaje", "Source of the percentage"
    REASON = 35, "code", "Motivo", "Reason"
    INACTIVE_PERIODS = (
        36,
        "count",
        "Periodos inactivo seguidos",
        "Periods inactive in a row",
        "carried",
    )
    LEFT_BACK = (
        37,
        "cv",
        "Exceso propio devuelto de la izquierda",
        "Own excess taken back from left",
    )
    RIGHT_BACK = (
        38,
        "cv",
        "Exceso propio devuelto de la derecha",
        "Own excess taken back from right",
    )
    # of a bonus of the person
    AWARDED = 40, "code", "Incentivos recibidos", "Awards received", "state"
    STANDING = 41, "cv", "Puntos del concurso", "Contest points", "state"
    SHARES = 42, "cv", "Participaciones", "Shares"
    GROUP_CV = 43, "cv", "CV del grupo", "Group CV"
    STEP_RATE = 44, "rate", "Porcentaje propio", "Own percentage"
    FINAL_STANDING = 45, "cv", "Puntos finales del concurso", "Final contest points"
    PLACE = 46, "count", "Puesto en el concurso", "Place in the contest"


#: Measures declared by a plan have the code ``PLAN + index in plan["measures"]``.
PLAN = 500
#: Periods in a row that the conditions of award ``i`` held: ``STREAK + i``.
STREAK = 200
AWARDS = 64
STREAKS = range(STREAK, STREAK + AWARDS)

#: What a rank or a scenario may name, e.g. ``paid_cv`` in ``binary.paid_cv``.
FIGURES = {measure.name.lower(): measure for measure in Measure}
#: What the next period reads back of a position.
CARRIED = tuple(measure for measure in Measure if measure.carried)


def figure_name(code, plan=None):
    """Return the name of a figure as documents write it, e.g. ``carry_left``.

    ``plan`` (canonical) is needed for the measures that it declares.
    """
    code = int(code)
    if code >= PLAN:
        return plan["measures"][code - PLAN]["code"]
    if code in STREAKS:
        return f"streak_{code - STREAK + 1}"
    return Measure(code).name.lower()


def figure_unit(code, plan=None):
    """Return the unit of a figure, see ``Measure``."""
    code = int(code)
    if code >= PLAN:
        item = plan["measures"][code - PLAN]
        return item["params"].get("volume", "pv") if item["volume"] else "count"
    return "count" if code in STREAKS else Measure(code).unit


def figure_text(code, lang="es", plan=None):
    """Return the wording of a figure, in Spanish or English."""
    code = int(code)
    if code >= PLAN:
        names = plan["measures"][code - PLAN]["name"]
        return names.get(lang) or names["es"]
    if code in STREAKS:
        award = code - STREAK + 1
        if lang == "es":
            return f"Incentivo {award}: periodos seguidos"
        return f"Award {award}: periods in a row"
    return Measure(code).texts[lang]


def is_state(code):
    """Tell whether the next period reads this figure of a member back."""
    return code in STREAKS or (code in Measure._value2member_map_ and Measure(code).state)


class Reason(IntEnum):
    """Why a row or a position was paid less than the plan offered."""

    def __new__(cls, value, es, en):
        found = int.__new__(cls, value)
        found._value_, found.texts = value, {"es": es, "en": en}
        return found

    PAID = 0, "Pagado completo", "Paid in full"
    INACTIVE = (
        1,
        "Inactivo: sin el PV propio requerido en la ventana",
        "Inactive: not the own PV required in the window",
    )
    SUSPENDED = 2, "Suspendido", "Suspended"
    TERMINATED = 3, "Retirado", "Terminated"
    NOT_DISTRIBUTOR = 4, "No es distribuidor", "Not a distributor"
    NO_UPLINE = 5, "No hay patrocinador en esta generación", "No sponsor at this generation"
    NO_PACKAGE = (
        6,
        "Sin paquete propio que dé derecho al bono",
        "No own package that entitles to the bonus",
    )
    SMALLER_PACKAGE = (
        7,
        "El paquete propio es menor que el comprado",
        "Own package is smaller than the one bought",
    )
    PV_TIER = (
        8,
        "El PV propio no alcanza para la generación completa",
        "Own PV does not reach the full generation",
    )
    NO_ACTIVE_LEFT = (
        9,
        "Ningún patrocinado directo activo en el lado izquierdo",
        "No active personally sponsored person on the left side",
    )
    NO_ACTIVE_RIGHT = (
        10,
        "Ningún patrocinado directo activo en el lado derecho",
        "No active personally sponsored person on the right side",
    )
    NO_ACTIVE_SIDES = (
        11,
        "Ningún patrocinado directo activo en ninguno de los lados",
        "No active personally sponsored person on either side",
    )
    BELOW_MINIMUM = (
        12,
        "La pierna menor no alcanza el mínimo de CV",
        "The lesser leg is below the least CV",
    )
    OWN_PURCHASE = 13, "Compra propia: no hay cliente", "Own purchase: there is no customer"
    VACANT = 14, "Posición sin titular", "Position without owner"
    NOT_UNLOCKED = 15, "El rango no alcanza este nivel", "The rank does not reach this level"
    RANK_RATE = 16, "El rango da un porcentaje menor", "The rank gives a lower percentage"
    NOT_QUALIFIED = (
        17,
        "No cumple las condiciones del bono",
        "The conditions of the bonus are not met",
    )
    RANK_BELOW = (
        18,
        "El rango es menor que el que pide el bono",
        "The rank is below the one the bonus asks for",
    )
    CAPPED = 19, "Tope del bono", "Cap of the bonus"
    COMPANY_CAP = 20, "Tope de la compañía", "Cap of the company"
    NO_QUALIFIER = 21, "Nadie califica para el fondo", "Nobody qualifies for the pool"
    POOL_REMAINDER = 22, "Resto del fondo después de redondear", "Rest of the pool after rounding"
    GROUP_TOO_SMALL = (
        23,
        "El grupo propio no alcanza para conservar el bono",
        "The own group is too small to keep the bonus",
    )
    GUARANTEE = (
        24,
        "Cubre el mínimo garantizado del patrocinador",
        "Covers the sponsor's guaranteed minimum",
    )


class RateSource(IntEnum):
    """Where the rate of an earning came from.

    ``label`` is what a list shows, ``texts`` what an explanation says, with ``{name}`` filled
    in; ``key`` the name that a plan writes in ``pct_from``, if it may.
    """

    def __new__(cls, value, label, texts, key=""):
        found = int.__new__(cls, value)
        found._value_, found.key = value, key
        found.labels, found.texts = (
            dict(zip(("es", "en"), one, strict=True)) for one in (label, texts)
        )
        return found

    BONUS = (
        0,
        ("Fijo por el bono", "Fixed by the bonus"),
        ("fijo por el bono", "fixed by the bonus"),
        "fixed",
    )
    PACKAGE = (
        1,
        ("Paquete vigente", "Package in term"),
        ("{name} vigente {until}", "{name} in term {until}"),
        "package",
    )
    RANK = (
        2,
        ("Rango del ciclo", "Rank of the cycle"),
        ("rango {name} del período", "rank {name} of the period"),
        "rank",
    )
    PROMOTION = 3, ("Promoción", "Promotion"), ("promoción {name}", "promotion {name}"), "promotion"
    PV_TIER = (
        4,
        ("PV propio", "Own PV"),
        ("nivel por PV propio ({name})", "tier by own PV ({name})"),
    )
    LEVEL = 5, ("Nivel", "Level"), ("nivel {name}", "level {name}")
    STEP = (
        6,
        ("Escala", "Step"),
        ("escala: con {name} le corresponde este porcentaje", "step: {name} gives this percentage"),
    )
    DIFFERENCE = (
        7,
        ("Diferencia de porcentajes", "Difference of percentages"),
        (
            "porcentaje propio menos el ya pagado: {name}",
            "own percentage less what was paid below: {name}",
        ),
    )
    SHARE = (
        8,
        ("Participación en un fondo", "Share of a pool"),
        ("participación {name}", "share {name}"),
    )
    AWARD = 9, ("Incentivo", "Award"), ("incentivo {name}", "award {name}")
    CYCLE = 10, ("Por ciclo completo", "Per full cycle"), ("por ciclo completo", "per full cycle")


#: Names that a plan document uses in ``pct_from``.
PCT_FROM = {source.key: source for source in RateSource if source.key}


def reason_text(code, lang="es"):
    """Return the wording of a reason."""
    return Reason(int(code)).texts[lang]


def source_text(code, lang="es", **values):
    """Return what an explanation says of a source, its template filled."""
    return RateSource(int(code)).texts[lang].format(**values)
