# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters of rules and measures: declared once, read by plan, form and docs.

A rule declares a frozen dataclass whose fields come from the makers below. The
field name ends in its scale (``step_cv_e4``); documents use the name without it
(``step_cv: 100``). ``read`` turns a document's ``params`` into the scaled
mapping that the canonical plan stores, ``describe`` lists what a form needs.

Canonical values by kind:

=============  ====================================================================
number         integer scaled by its unit
flag, choice   as written
text, day      text; proleptic ordinal or ``None``
ordered        list of names
levels         list of scaled integers, level 1 first
grid           list over the section's entries: scaled integer or list, ``None``
               where the code is not named (``nearest_lower`` fills it)
steps          list of scaled rows, ascending by the first column
codes, ref     list of indexes into the section; one index or -1
conditions     list of canonical conditions (``schema/conditions.py``)
measure        condition with a ``min`` of 0 that names the figure, or ``None``
group          mapping of a nested dataclass
formula        nested lists (``measures/formula.py``)
=============  ====================================================================
"""

from dataclasses import MISSING, field, fields

from ..kernel.exact import E4, E6
from ..kernel.text import _
from .document import shown, suggestion

SCALES = {"points": E4, "money": E4, "percent": E6 // 100, "integer": 1, "factor": E6}
_SUFFIXES = ("_e4", "_e6")
#: more levels than any plan pays
_LEVELS = 200


def number(kind, default, label, unit="", none=None):
    """A number: ``points``, ``money`` (base currency), ``percent``, ``integer``,
    ``factor`` (a plain multiplier, millionths).

    :param none: for a number whose 0 sets nothing: what holds then
    """
    return _field(default, kind=kind, label=label, unit=unit or kind, **_without(none))


def flag(default, label):
    """A yes or no."""
    return _field(default, kind="flag", label=label)


def choice(default, options, label):
    """One of ``options``: a mapping of name to label."""
    return _field(default, kind="choice", options=options, label=label)


def text(default, label):
    """A short text, such as the code of a currency."""
    return _field(default, kind="text", label=label)


def day(label):
    """A date, or nothing."""
    return _field(None, kind="day", label=label)


def ordered(default, options, label):
    """A list of some of ``options``, its order has a meaning."""
    return _field(default, kind="ordered", options=options, label=label)


def levels(default, cell, label, unit=""):
    """A list of numbers of kind ``cell``, one per level from 1."""
    return _field(default, kind="levels", cell=cell, label=label, unit=unit or cell)


def grid(section, cell, label, lists=False, unit=""):
    """A mapping from codes of a section to a number, or with ``lists`` to a list
    of numbers by level."""
    return _field(
        None,
        kind="grid",
        section=section,
        cell=cell,
        lists=lists,
        label=label,
        unit=unit or cell,
    )


def steps(columns, label):
    """A table of thresholds: ``columns`` maps a column to its kind of number and its
    heading; kept ascending by the first column."""
    return _field(None, kind="steps", columns=columns, label=label)


def codes(section, label, default=()):
    """Some codes of a section of the plan."""
    return _field(default, kind="codes", section=section, label=label)


def ref(section, label, none=None):
    """One code of a section of the plan, or none; ``none`` as of ``number``."""
    return _field(None, kind="ref", section=section, label=label, **_without(none))


def conditions(label):
    """Conditions about a person, all of which must hold."""
    return _field(None, kind="conditions", label=label)


def formula(label):
    """Arithmetic over measures, as text."""
    return _field("", kind="formula", label=label)


def measure(label, none=None):
    """A figure of a person: a declared measure, a built-in one or one of a bonus; ``none``
    as of ``number``."""
    return _field(None, kind="measure", label=label, **_without(none))


def group(params, label):
    """Parameters that belong together: a nested dataclass made of these makers."""
    return _field(None, kind="group", params=params, label=label)


def table(default, reader, label, unit="", form=None):
    """A structure of its own, read by ``reader(checker, value, path, plan)``.

    ``form`` says how a screen edits it: ``{"kind": "grid", "section": …}`` and so on,
    as another maker would have declared it.
    """
    return _field(default, kind="table", reader=reader, label=label, unit=unit, form=form)


#: For ``only``: whatever is given, as long as it is something.
GIVEN = "given"


def only(item, **wanted):
    """Return a field that is read only where others of its class are as wanted.

    Each is named by its key, with the value, or a tuple of values, or ``GIVEN``:
    ``only(number(…), mode="cycle")``. A list is as wanted when one of the values stands in
    it. Who writes the parameter elsewhere is told (``checks/unread.py``), and the plan's
    document leaves it out.
    """
    return _again(item, only={name: _wanted(value) for name, value in wanted.items()})


def small(item):
    """Return a field of percentages that may well be below one percent."""
    return _again(item, small=True)


def unread_by(wanted, values):
    """Return the name of the parameter for which another one is not read, ``None`` if it is.

    :param wanted: the ``only`` of the other one
    :param values: values by name, canonical or as written
    """
    for name, these in wanted.items():
        value = values.get(name)
        if these == GIVEN:
            found = not is_nothing(value)
        elif isinstance(value, (list, tuple)):
            found = any(one in these for one in value)
        else:
            found = value in these
        if not found:
            return name
    return None


def is_nothing(value):
    """Tell whether a value says nothing: none, 0 (also as text), no, empty."""
    return not value or (isinstance(value, str) and not value.strip("0."))


def _without(none):
    return {"none": none} if none else {}


def _wanted(value):
    return value if value == GIVEN or isinstance(value, tuple) else (value,)


def _again(item, **meta):
    return field(default=item.default, metadata={**item.metadata, **meta})


def _field(default, **meta):
    return field(default=default, metadata={"unit": "", **meta})


def key(item):
    """Return the document's key of a dataclass field."""
    for suffix in _SUFFIXES:
        if item.name.endswith(suffix):
            return item.name.removesuffix(suffix)
    return item.name


def read(params, document, checker, path, plan):
    """Return the scaled ``{field: value}`` of a document's ``params`` mapping.

    ``plan["codes"]`` lists the codes of every section, read or not yet.
    """
    known = {key(item): item for item in fields(params)}
    document = checker.mapping(document or {}, path, (), tuple(known))
    if not known and document:
        for name in document:
            checker.wrong(
                (*path, name), _("unknown key {name}: no parameters here", name=shown(name))
            )
    result = {}
    for name, item in known.items():
        if name in document:
            where = (*path, name)
            result[item.name] = _value(item, document[name], checker, where, plan)
        else:
            result[item.name] = _default(item, checker, path, plan)
    return result


def nearest_lower(values, nothing):
    """Fill the holes of a grid over ranks: an entry that is not named has the value
    of the nearest one before it that is, ``nothing`` if there is none."""
    found, filled = nothing, []
    for value in values:
        found = found if value is None else value
        filled.append(found)
    return filled


def _default(item, checker, path, plan):
    kind, default = item.metadata["kind"], item.default
    if default is MISSING:
        return None
    if kind == "group":
        return read(item.metadata["params"], {}, checker, (*path, key(item)), plan)
    if kind in ("steps", "conditions", "codes"):
        return list(default or ())
    if kind == "ref":
        return -1
    return list(default) if isinstance(default, tuple) else default


def _value(item, value, checker, path, plan):
    meta = item.metadata
    reader = _READERS.get(meta["kind"])
    if reader:
        return reader(item, value, checker, path, plan)
    return _number(meta["kind"], value, checker, path)


def _number(kind, value, checker, path):
    if kind == "integer":
        return checker.integer(value, path, 0)
    return checker.number(value, path, SCALES[kind], 0)


def _levels(item, value, checker, path, plan):
    kind = item.metadata["cell"]
    return [
        _number(kind, entry, checker, at) for at, entry in checker.sequence(value, path, _LEVELS)
    ]


def _grid(item, value, checker, path, plan):
    meta = item.metadata
    known = plan["codes"][meta["section"]]
    found = {}
    for code, entry in checker.mapping(value, path).items():
        at = (*path, code)
        if str(code) not in known and "" in known:
            continue  # one of the codes could not be read, and that is said
        if str(code) not in known:
            checker.wrong(
                at, _("unknown code {code}", code=shown(code)), _known(meta["section"], code, known)
            )
        elif meta["lists"]:
            found[str(code)] = _levels(item, entry, checker, at, plan)
        else:
            found[str(code)] = _number(meta["cell"], entry, checker, at)
    return [found.get(code) for code in known]


def _steps(item, value, checker, path, plan):
    columns, result = item.metadata["columns"], []
    for at, entry in checker.sequence(value, path):
        row = checker.mapping(entry, at, tuple(columns))
        result.append(
            [
                _number(kind, row.get(name, 0), checker, (*at, name))
                for name, (kind, _label) in columns.items()
            ]
        )
    return sorted(result)


def _code(section, value, checker, path, plan):
    known = plan["codes"][section]
    if section == "trees" and value == "sponsor":
        return -1
    code = checker.code(value, path)
    if code and code not in known and "" not in known:
        checker.wrong(
            path, _("unknown code {code}", code=shown(code)), _known(section, code, known)
        )
    return known.index(code) if code in known else -1


def _known(section, code, known):
    return suggestion(code, known) or _("The plan declares no `{section}`", section=section)


def _codes(item, value, checker, path, plan):
    found = [
        _code(item.metadata["section"], entry, checker, at, plan)
        for at, entry in checker.sequence(value, path)
    ]
    return [index for index in found if index >= 0]


def _ref(item, value, checker, path, plan):
    if value is None:
        return -1
    return _code(item.metadata["section"], value, checker, path, plan)


def _conditions(item, value, checker, path, plan):
    from .schema.conditions import read_list  # noqa: PLC0415 - they use parameters too

    return read_list(checker, value, path, plan)


def _measure(item, value, checker, path, plan):
    from .schema.conditions import by_name  # noqa: PLC0415 - they use parameters too

    return None if value is None else by_name(checker, value, 0, path[:-1], plan)


def _flag(item, value, checker, path, plan):
    return checker.flag(value, path)


def _choice(item, value, checker, path, plan):
    return checker.choice(value, path, item.metadata["options"], item.default)


def _text(item, value, checker, path, plan):
    return item.default if value is None else checker.text(value, path)


def _day(item, value, checker, path, plan):
    return None if value is None else checker.day(value, path)


def _ordered(item, value, checker, path, plan):
    return [
        checker.choice(entry, at, item.metadata["options"])
        for at, entry in checker.sequence(value, path)
    ]


def _formula(item, value, checker, path, plan):
    from ..kernel.formulas import read_formula  # noqa: PLC0415 - it knows sections of a plan

    return read_formula(checker, value, path, plan)


def _group(item, value, checker, path, plan):
    return read(item.metadata["params"], value, checker, path, plan)


def _table(item, value, checker, path, plan):
    return item.metadata["reader"](checker, value, path, plan)


_READERS = {
    "flag": _flag,
    "choice": _choice,
    "text": _text,
    "day": _day,
    "ordered": _ordered,
    "levels": _levels,
    "grid": _grid,
    "steps": _steps,
    "codes": _codes,
    "ref": _ref,
    "conditions": _conditions,
    "formula": _formula,
    "measure": _measure,
    "group": _group,
    "table": _table,
}


def describe(params):
    """Return a list of plain dicts, one per field, for forms and documents.

    Always ``key``, ``field``, ``kind``, ``unit``, ``default`` (scaled as in the
    canonical plan, ``None`` when there is none), ``scale`` (of the number or of the
    cells), ``label``; by kind ``options`` {name: label}, ``section``,
    ``cell``, ``lists``, ``columns`` {name: (kind, heading)}, ``fields`` (of a group), ``only``
    {key: values or ``GIVEN``}, ``none``: what holds when it sets nothing.
    """
    result = []
    for item in fields(params):
        meta = item.metadata
        default = None if item.default is MISSING else item.default
        found = {
            "key": key(item),
            "field": item.name,
            "kind": meta["kind"],
            "unit": meta["unit"],
            "default": list(default) if isinstance(default, tuple) else default,
            "scale": SCALES.get(meta.get("cell", meta["kind"]), 1),
            "options": dict(meta.get("options", {})),
            "label": meta["label"],
        }
        for name in ("section", "cell", "lists", "form", "only", "none"):
            if name in meta:
                found[name] = meta[name]
        if "columns" in meta:
            found["columns"] = dict(meta["columns"])
        if meta["kind"] == "group":
            found["fields"] = describe(meta["params"])
        result.append(found)
    return result
