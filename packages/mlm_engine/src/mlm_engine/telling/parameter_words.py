# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Words of the reference of parameters."""

from ..kernel.text import _

#: kind of a field → how a document writes its value
TYPES = {
    "points": _("points"),
    "money": _("money"),
    "percent": _("percentage"),
    "integer": _("whole number"),
    "decimal": _("number"),
    "factor": _("factor"),
    "flag": _("`true` or `false`"),
    "choice": _("one choice"),
    "ordered": _("choices, in order"),
    "text": _("text"),
    "code": _("code"),
    "currency": _("code of a currency"),
    "names": _("`{{es, en}}` or one text"),
    "day": _("day `YYYY-MM-DD`"),
    "formula": _("formula"),
    "ref": _("a code of `{section}`"),
    "codes": _("list of codes of `{section}`"),
    "tree": _("`sponsor` or a code of `trees`"),
    "measure": _("measure"),
    "levels": _("list by level: {cell}"),
    "grid": _("by code of `{section}`: {cell}"),
    "grid of lists": _("by code of `{section}`, list by level: {cell}"),
    "counts": _("by code of `{section}`: whole number"),
    "steps": _("list of rows"),
    "level_steps": _("by level: list of rows"),
    "conditions": _("list of conditions"),
    "variant": _("one of the kinds below"),
    "alternatives": _("list of lists of conditions"),
    "group": _("keys and values"),
    "entries": _("list"),
    "words": _("`all` or list of codes"),
    "lines": _("list of texts"),
}
#: unit of a parameter or of a figure
UNITS = {
    "points": _("points"),
    "money": _("base currency"),
    "of the measure": _("that of the measure"),
    "company currency": _("company currency"),
    "factor": "",
    "pv": _("PV"),
    "cv": _("CV"),
    "flag": _("1 or 0"),
}
#: the tree that a rule reads
TREES = {
    "sponsor": _("the sponsor tree"),
    "placement": _("a binary one of `trees`"),
    "matrix": _("a matrix of `trees`"),
    "any": _("the sponsor tree or one of `trees`"),
    None: _("none"),
}
WORDS = {
    "title": _("Parameters of a plan"),
    "intro": _(
        "Everything that a plan can say, section by section. This page is generated from the "
        "declarations of the engine: do not edit it, `./mlm docs` writes it again. En español: "
        "[parámetros](parametros.md). How each rule computes: [rules](contracts/rules.md); how a "
        "plan is written: [plan](contracts/plan.md).\n\nA percentage is written `17`, not "
        "`0.17`. Where there is no default (“—”), a parameter that is not written is not used; a "
        "rule that needs it says so."
    ),
    "name": _("Name"),
    "type": _("What is written"),
    "unit": _("Unit"),
    "default": _("Default"),
    "meaning": _("Meaning"),
    "required": _("required"),
    "variant": _("Kind"),
    "map": _("Entries by their code: `CODE: {…}`."),
    "list": _("A list."),
    "group": "",
    "params": _("The parameters of the rule"),
    "shared": _("Parameters that rules share"),
    "shared_text": _("They go beside `params`; each rule says below which ones it takes."),
    "example": _("Example:"),
    "tree": _("Tree"),
    "takes": _("Shared parameters"),
    "only": _("Only read with {what}"),
    "and": _("and"),
    "or": _("or"),
    "conditions": _("Conditions"),
    "conditions_text": _(
        "Ranks, bonuses, awards and the measure `met` use them. All conditions of a list must be "
        "met. Each condition has one of these forms."
    ),
    "bonus": _("BONUS"),
    "figures": _("Built-in measures"),
    "figures_text": _(
        "Wherever a measure is needed, use one declared under `measures` or one of these; the "
        "measures of a bonus have the code of the bonus in front."
    ),
}
