# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of the reference of parameters, in Spanish and English."""

#: kind of a field → how a document writes its value
TYPES = {
    "points": ("puntos", "points"),
    "money": ("dinero", "money"),
    "percent": ("porcentaje", "percentage"),
    "integer": ("número entero", "whole number"),
    "decimal": ("número", "number"),
    "factor": ("factor", "factor"),
    "flag": ("`true` o `false`", "`true` or `false`"),
    "choice": ("una opción", "one choice"),
    "ordered": ("opciones, en orden", "choices, in order"),
    "text": ("texto", "text"),
    "code": ("código", "code"),
    "currency": ("código de moneda", "code of a currency"),
    "names": ("`{{es, en}}` o un texto", "`{{es, en}}` or one text"),
    "day": ("día `AAAA-MM-DD`", "day `YYYY-MM-DD`"),
    "formula": ("fórmula", "formula"),
    "ref": ("un código de `{section}`", "a code of `{section}`"),
    "codes": ("lista de códigos de `{section}`", "list of codes of `{section}`"),
    "tree": ("`sponsor` o un código de `trees`", "`sponsor` or a code of `trees`"),
    "measure": ("medida", "measure"),
    "levels": ("lista por nivel: {cell}", "list by level: {cell}"),
    "grid": ("por código de `{section}`: {cell}", "by code of `{section}`: {cell}"),
    "grid of lists": (
        "por código de `{section}`, lista por nivel: {cell}",
        "by code of `{section}`, list by level: {cell}",
    ),
    "counts": ("por código de `{section}`: número entero", "by code of `{section}`: whole number"),
    "steps": ("lista de renglones", "list of rows"),
    "level_steps": ("por nivel: lista de renglones", "by level: list of rows"),
    "conditions": ("lista de condiciones", "list of conditions"),
    "variant": ("una de las clases de abajo", "one of the kinds below"),
    "alternatives": ("lista de listas de condiciones", "list of lists of conditions"),
    "group": ("claves y valores", "keys and values"),
    "entries": ("lista", "list"),
    "words": ("`all` o lista de códigos", "`all` or list of codes"),
    "lines": ("lista de textos", "list of texts"),
}
#: unit of a parameter or of a figure
UNITS = {
    "points": ("puntos", "points"),
    "money": ("moneda base", "base currency"),
    "of the measure": ("la de la medida", "that of the measure"),
    "company currency": ("moneda de la empresa", "company currency"),
    "factor": ("", ""),
    "pv": ("PV", "PV"),
    "cv": ("CV", "CV"),
    "flag": ("1 o 0", "1 or 0"),
}
#: the tree that a rule reads
TREES = {
    "sponsor": ("el de patrocinio", "the sponsor tree"),
    "placement": ("uno binario de `trees`", "a binary one of `trees`"),
    "matrix": ("una matriz de `trees`", "a matrix of `trees`"),
    "any": ("el de patrocinio o uno de `trees`", "the sponsor tree or one of `trees`"),
    None: ("ninguno", "none"),
}
WORDS = {
    "es": {
        "title": "Parámetros de un plan",
        "intro": "Todo lo que un plan puede decir, sección por sección. Esta página sale de las "
        "declaraciones del motor: no se edita; se escribe de nuevo con `./mlm docs`. In English: "
        "[parameters](parameters.md). Cómo calcula cada regla: [rules](contracts/rules.md); cómo se "
        "escribe un plan: [plan](contracts/plan.md).\n\n"
        "El porcentaje se escribe `17`, no `0.17`. Donde no hay valor inicial («—»), no escribir el "
        "parámetro es no usarlo; la regla que lo necesita lo dice.",
        "name": "Nombre",
        "type": "Qué se escribe",
        "unit": "Unidad",
        "default": "Si no se escribe",
        "meaning": "Qué significa",
        "required": "obligatorio",
        "variant": "Clase",
        "map": "Entradas por su código: `CÓDIGO: {{…}}`.",
        "list": "Una lista.",
        "group": "",
        "params": "Los parámetros de la regla",
        "shared": "Ajustes que comparten las reglas",
        "shared_text": "Van junto a `params`; cada regla dice abajo cuáles toma.",
        "example": "Ejemplo:",
        "tree": "Árbol",
        "takes": "Ajustes compartidos",
        "only": "Solo cuenta con {}",
        "and": "y",
        "or": "o",
        "conditions": "Condiciones",
        "conditions_text": "Las piden rangos, bonos, incentivos y la medida `met`. En una lista se "
        "cumplen todas. Cada condición es de una de estas formas.",
        "bonus": "BONO",
        "figures": "Medidas que ya existen",
        "figures_text": "Donde va una medida sirve una declarada en `measures`, o una de estas; la de "
        "un bono lleva delante el código del bono.",
    },
    "en": {
        "title": "Parameters of a plan",
        "intro": "Everything that a plan may say, section by section. This page is made from the "
        "declarations of the engine: do not edit it, `./mlm docs` writes it anew. En español: "
        "[parámetros](parametros.md). How each rule computes: [rules](contracts/rules.md); how a plan "
        "is written: [plan](contracts/plan.md).\n\n"
        "A percentage is written `17`, not `0.17`. Where there is no default (“—”), a parameter that "
        "is not written is not used; a rule that needs it says so.",
        "name": "Name",
        "type": "What is written",
        "unit": "Unit",
        "default": "Default",
        "meaning": "Meaning",
        "required": "required",
        "variant": "Kind",
        "map": "Entries by their code: `CODE: {{…}}`.",
        "list": "A list.",
        "group": "",
        "params": "The parameters of the rule",
        "shared": "Settings that rules share",
        "shared_text": "They stand beside `params`; each rule says below which it takes.",
        "example": "Example:",
        "tree": "Tree",
        "takes": "Shared settings",
        "only": "Read only with {}",
        "and": "and",
        "or": "or",
        "conditions": "Conditions",
        "conditions_text": "Ranks, bonuses, awards and the measure `met` ask for them. All of a list "
        "must hold. Each condition is of one of these forms.",
        "bonus": "BONUS",
        "figures": "Measures that are there already",
        "figures_text": "Wherever a measure is asked for, one declared under `measures` serves, or one "
        "of these; that of a bonus has the code of the bonus before it.",
    },
}
