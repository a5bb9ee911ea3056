# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Causes of a difference and their evidence, in both languages."""

NAMES = {
    "network": ("No está en nuestra red", "Not in our network"),
    "absent": ("No está en el archivo anterior", "Not in the old file"),
    "bonus": ("El bono no está en el plan", "Bonus not in the plan"),
    "position": ("Difiere el patrocinador o la posición", "Sponsor or position differs"),
    "rank": ("Difiere el rango", "Rank differs"),
    "activity": ("Difiere la actividad", "Activity differs"),
    "rate": ("Difiere el paquete o el porcentaje", "Package or percentage differs"),
    "volume": ("Difiere el volumen", "Volume differs"),
    "rounding": ("Redondeo", "Rounding"),
    "unexplained": ("Sin explicar", "Unexplained"),
}
NOTES = {
    "network": ("Nadie tiene el código {code}.", "Nobody has the code {code}."),
    "absent": (
        "El archivo no tiene línea de {code}; aquí ganó.",
        "The file has no line of {code}, who earned here.",
    ),
    "bonus": ("El plan no tiene el bono «{bonus}».", "The plan has no bonus “{bonus}”."),
    "rank": ("Antes {old}, aquí {ours}.", "{old} there, {ours} here."),
    "activity_flag": ("Antes {old}, aquí {ours}.", "{old} there, {ours} here."),
    "reason": (
        "Aquí no se pagó: {reason}. Es exactamente la diferencia.",
        "Not paid here: {reason}. That is the difference exactly.",
    ),
    "other_rate": (
        "Al {old} % da lo que pagó el sistema anterior; aquí {ours} %.",
        "At {old} % it is what the old system paid; {ours} % here.",
    ),
    "percent": ("Antes {old} %, aquí {ours} %.", "{old} % there, {ours} % here."),
    "package": ("Antes {old}, aquí {ours}.", "{old} there, {ours} here."),
    "moved": (
        "{code} tenía antes {old} y aquí {ours}: la comisión es de otra persona.",
        "{code} had {old} there and {ours} here: the commission is somebody else's.",
    ),
    "source": (
        "Lo que viene de {code} es de {other} en uno de los sistemas.",
        "What comes from {code} is {other}'s in one of the systems.",
    ),
    "sale": (
        "El sistema anterior no pagó nada por {code}: falta allá esa venta.",
        "The old system paid nothing because of {code}: that sale is missing there.",
    ),
    "volume": ("{figure}: antes {old}, aquí {ours}.", "{figure}: {old} there, {ours} here."),
    "implied": (
        "Al mismo porcentaje, el valor anterior son {old} de base; aquí {ours}.",
        "At the same percentage, the old amount is a base of {old}; {ours} here.",
    ),
    "rounding": (
        "Menos de una unidad por cada una de {count} filas.",
        "Less than one unit for each of {count} rows.",
    ),
    "unexplained": (
        "Ninguna cifra de la liquidación la explica. Compare las ventas de {code}.",
        "No figure of the run explains it. Compare the sales of {code}.",
    ),
}
FIGURES = {
    "own_pv": ("PV propio", "Own PV"),
    "left": ("CV izquierda", "CV left"),
    "right": ("CV derecha", "CV right"),
}
ACTIVE = {True: ("activo", "active"), False: ("inactivo", "inactive")}


def _in(texts, lang):
    return texts[0 if lang == "es" else 1]


def name(cause, lang):
    return _in(NAMES[cause], lang)


def note(key, lang, **values):
    return _in(NOTES[key], lang).format(**values)


def figure(key, lang):
    return _in(FIGURES[key], lang)


def active(flag, lang):
    return _in(ACTIVE[flag], lang)
