# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters of rules and measures: declared once, read by plan, form and docs.

A rule declares a frozen dataclass whose fields come from the makers below. The
field name ends in its scale (``step_cv_e4``); documents use the name without it
(``step_cv: 100``). ``read_params.read`` turns a document's ``params`` into the scaled
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
               (of ``periods``: the code, which is what names one)
conditions     list of canonical conditions (``schema/conditions.py``)
measure        condition with a ``min`` of 0 that names the figure, or ``None``
group          mapping of a nested dataclass
formula        nested lists (``measures/formula.py``)
=============  ====================================================================

Sections of a plan are declared alike (``schema/``). Makers that they need take ``more``:
``required`` (the entry must have it), ``key`` (the document's, where it is not the field's
name), ``least`` and ``most`` of an integer, and for forms ``help``, ``advanced`` (rarely
needed), ``nullable`` (emptied it is written as nothing) and ``readonly``.
"""

from dataclasses import MISSING, field, fields

from ..kernel.exact import E4, E6

SCALES = {"points": E4, "money": E4, "percent": E6 // 100, "integer": 1, "factor": E6}
_SUFFIXES = ("_e4", "_e6")


def number(kind, default, label, unit="", none=None, **more):
    """A number: ``points``, ``money`` (base currency), ``percent``, ``integer``,
    ``factor`` (a plain multiplier, millionths). One whose default is ``None`` may be nothing.

    :param none: for a number whose 0 sets nothing: what holds then
    """
    return _field(default, kind=kind, label=label, unit=unit or kind, **_without(none), **more)


def plain(kind, label, **more):
    """What only sections have: ``code``, ``names`` ({es, en}), ``currency``, or ``decimal``,
    a number of ten-thousandths that may be negative."""
    return _field(None, kind=kind, label=label, **more)


def flag(default, label):
    """A yes or no."""
    return _field(default, kind="flag", label=label)


def choice(default, options, label, **more):
    """One of ``options``: a mapping of name to label."""
    return _field(default, kind="choice", options=options, label=label, **more)


def text(default, label):
    """A short text, such as the code of a currency."""
    return _field(default, kind="text", label=label)


def day(label, **more):
    """A date, or nothing unless it is required."""
    return _field(None, kind="day", label=label, **more)


def ordered(default, options, label):
    """A list of some of ``options``, its order has a meaning."""
    return _field(default, kind="ordered", options=options, label=label)


def levels(default, cell, label, unit=""):
    """A list of numbers of kind ``cell``, one per level from 1."""
    return _field(default, kind="levels", cell=cell, label=label, unit=unit or cell)


def grid(section, cell, label, lists=False, unit="", **more):
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
        **more,
    )


def steps(columns, label):
    """A table of thresholds: ``columns`` maps a column to its kind of number and its
    heading; kept ascending by the first column."""
    return _field(None, kind="steps", columns=columns, label=label)


def codes(section, label, default=()):
    """Some codes of a section of the plan."""
    return _field(default, kind="codes", section=section, label=label)


def ref(section, label, none=None, **more):
    """One code of a section of the plan, or none (of ``periods``: the first); ``none`` as of
    ``number``."""
    return _field(None, kind="ref", section=section, label=label, **_without(none), **more)


def conditions(label):
    """Conditions about a person, all of which must hold."""
    return _field(None, kind="conditions", label=label)


def formula(label):
    """Arithmetic over measures, as text."""
    return _field("", kind="formula", label=label)


def measure(label, none=None, **more):
    """A figure of a person: a declared measure, a built-in one or one of a bonus; ``none``
    as of ``number``."""
    return _field(None, kind="measure", label=label, **_without(none), **more)


def group(params, label, **more):
    """Parameters that belong together: a nested dataclass made of these makers."""
    return _field(None, kind="group", params=params, label=label, **more)


def table(default, reader, label, unit="", form=None, **more):
    """A structure of its own, read by ``reader(checker, value, path, plan)``.

    ``form`` says how a screen edits it: ``{"kind": "grid", "section": …}`` and so on,
    as another maker would have declared it.
    """
    return _field(default, kind="table", reader=reader, label=label, unit=unit, form=form, **more)


def as_written(checker, value, path, plan):
    """Read, for ``table``, what the section's own reader understands with what is beside it."""
    return value


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
    if "key" in item.metadata:
        return item.metadata["key"]
    for suffix in _SUFFIXES:
        if item.name.endswith(suffix):
            return item.name.removesuffix(suffix)
    return name_of(item)


def name_of(item):
    """Return the canonical key of a field: ``from_`` is ``from``, which Python keeps to itself."""
    return item.name.rstrip("_")


def nearest_lower(values, nothing):
    """Fill the holes of a grid over ranks: an entry that is not named has the value
    of the nearest one before it that is, ``nothing`` if there is none."""
    found, filled = nothing, []
    for value in values:
        found = found if value is None else value
        filled.append(found)
    return filled


#: What a field says only where it is declared.
_SAID = (
    *("section", "cell", "lists", "form", "only", "none"),
    *("help", "required", "readonly", "advanced", "nullable"),
)


def describe(params):
    """Return a list of plain dicts, one per field, for forms and documents.

    Always ``key``, ``field``, ``kind``, ``unit``, ``default`` (scaled as in the
    canonical plan, ``None`` when there is none), ``scale`` (of the number or of the
    cells), ``label``; by kind ``options`` {name: label}, ``section``,
    ``cell``, ``lists``, ``columns`` {name: (kind, heading)}, ``fields`` (of a group), ``only``
    {key: values or ``GIVEN``}, ``none``: what holds when it sets nothing, and ``_SAID``.
    """
    result = []
    for item in fields(params):
        meta = item.metadata
        default = None if item.default is MISSING else item.default
        found = {
            "key": key(item),
            "field": name_of(item),
            "kind": meta["kind"],
            "unit": meta["unit"],
            "default": list(default) if isinstance(default, tuple) else default,
            "scale": SCALES.get(meta.get("cell", meta["kind"]), 1),
            "options": dict(meta.get("options", {})),
            "label": meta["label"],
        }
        found.update({name: meta[name] for name in _SAID if name in meta})
        if "columns" in meta:
            found["columns"] = dict(meta["columns"])
        if meta["kind"] == "group":
            found["fields"] = describe(meta["params"])
        result.append(found)
    return result
