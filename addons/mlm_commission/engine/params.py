# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Parameters of bonus rules: declared once, read by plan, form and docs.

A rule declares a frozen dataclass whose fields come from the makers below. The
field name ends in its scale (``step_cv_e4``); documents use the name without it
(``step_cv: 100``). ``read`` turns a document's ``params`` into the scaled
mapping that the canonical plan stores, ``describe`` lists what a form needs.
"""

from dataclasses import MISSING, field, fields

from .exact import E4, E6

_SCALES = {"points": E4, "money": E4, "percent": E6 // 100, "integer": 1}
_SUFFIX = {"points": "_e4", "money": "_e4", "percent": "_e6"}


def number(kind, default, es, en, unit=""):
    """A number: ``points``, ``money`` (base currency), ``percent``, ``integer``."""
    meta = {"kind": kind, "es": es, "en": en, "unit": unit or kind}
    return field(default=default, metadata=meta)


def flag(default, es, en):
    """A yes or no."""
    return field(default=default, metadata={"kind": "flag", "es": es, "en": en, "unit": ""})


def choice(default, options, es, en):
    """One of ``options``: a mapping of name to (Spanish, English)."""
    meta = {"kind": "choice", "options": options, "es": es, "en": en, "unit": ""}
    return field(default=default, metadata=meta)


def ordered(default, options, es, en):
    """A list of some of ``options``, its order has a meaning."""
    meta = {"kind": "ordered", "options": options, "es": es, "en": en, "unit": ""}
    return field(default=default, metadata=meta)


def table(default, reader, es, en, unit=""):
    """A structure read by ``reader(checker, value, path, plan)``."""
    meta = {"kind": "table", "reader": reader, "es": es, "en": en, "unit": unit}
    return field(default=default, metadata=meta)


def key(item):
    """Return the document's key of a dataclass field."""
    suffix = _SUFFIX.get(item.metadata["kind"], "")
    if item.metadata["kind"] == "table" and item.name.endswith(("_e4", "_e6")):
        suffix = item.name[-3:]
    return item.name.removesuffix(suffix) if suffix else item.name


def read(params, document, checker, path, plan):
    """Return the scaled ``{field: value}`` of a document's ``params`` mapping."""
    known = {key(item): item for item in fields(params)}
    required = [
        name
        for name, item in known.items()
        if item.default is MISSING and item.default_factory is MISSING
    ]
    optional = [name for name in known if name not in required]
    document = checker.mapping(document or {}, path, required, optional)
    if not known and document:
        for name in document:
            checker.wrong((*path, name), f"unknown key {name!r}: no parameters here")
    result = {}
    for name, item in known.items():
        if name in document:
            where = (*path, name)
            result[item.name] = _value(item, document[name], checker, where, plan)
        elif name in required:
            result[item.name] = None
        else:
            default = item.default
            result[item.name] = list(default) if isinstance(default, tuple) else default
    return result


def _value(item, value, checker, path, plan):
    meta = item.metadata
    kind = meta["kind"]
    if kind == "flag":
        return checker.flag(value, path)
    if kind == "choice":
        return checker.choice(value, path, meta["options"], item.default)
    if kind == "ordered":
        return [
            checker.choice(entry, where, meta["options"])
            for where, entry in checker.sequence(value, path)
        ]
    if kind == "table":
        return meta["reader"](checker, value, path, plan)
    return checker.number(value, path, _SCALES[kind], minimum=0)


def describe(params):
    """Return a list of plain dicts: key, field, kind, unit, default, es, en.

    ``default`` is scaled as in the canonical plan, ``None`` when it must be
    given; ``options`` maps a choice to its (Spanish, English) labels.
    """
    result = []
    for item in fields(params):
        default = None if item.default is MISSING else item.default
        result.append(
            {
                "key": key(item),
                "field": item.name,
                "kind": item.metadata["kind"],
                "unit": item.metadata["unit"],
                "default": list(default) if isinstance(default, tuple) else default,
                "scale": _SCALES.get(item.metadata["kind"], 1),
                "options": dict(item.metadata.get("options", {})),
                "es": item.metadata["es"],
                "en": item.metadata["en"],
            }
        )
    return result
