# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Reading what ``params`` declares: parameters of rules and measures, sections of a plan."""

from dataclasses import MISSING, fields

from ..kernel.exact import E4
from ..kernel.text import _
from .document import MOST_COUNTED, shown, suggestion
from .params import SCALES, key, name_of

#: more levels than any plan pays
_LEVELS = 200


def read(params, document, checker, path, plan, own=()):
    """Return the scaled ``{field: value}`` of a document's ``params`` mapping.

    ``plan["codes"]`` lists the codes of every section, read or not yet. ``own`` are keys that
    the caller reads; the mapping must have them as well.
    """
    return values(params, mapping(params, document, checker, path, own), checker, path, plan)


def mapping(params, document, checker, path, own=()):
    """Return the document's mapping, its keys checked; ``{}`` if it is none."""
    known = [key(item) for item in fields(params)]
    needed = [*own, *(key(item) for item in fields(params) if item.metadata.get("required"))]
    if not needed:
        document = document or {}
    optional = [name for name in known if name not in needed]
    document = checker.mapping(document, path, needed, optional)
    if not known and document:
        for name in document:
            checker.wrong(
                (*path, name), _("unknown key {name}: no parameters here", name=shown(name))
            )
    return document


def values(params, document, checker, path, plan):
    """Return what ``read`` does, of a mapping that may have other keys, and whose required
    ones have been looked for."""
    result = {}
    for item in fields(params):
        name = key(item)
        if name in document or item.metadata.get("required"):
            where = (*path, name)
            result[name_of(item)] = _value(item, document.get(name), checker, where, plan)
        else:
            result[name_of(item)] = _default(item, checker, path, plan)
    return result


def _default(item, checker, path, plan):
    kind, default = item.metadata["kind"], item.default
    if default is MISSING:
        return None
    if kind == "group":
        return read(item.metadata["params"], {}, checker, (*path, key(item)), plan)
    if kind in ("steps", "conditions", "codes"):
        return list(default or ())
    if kind == "ref":
        return next(iter(plan["periods"])) if item.metadata["section"] == "periods" else -1
    return list(default) if isinstance(default, tuple) else default


def _value(item, value, checker, path, plan):
    meta = item.metadata
    reader = _READERS.get(meta["kind"])
    if reader:
        return reader(item, value, checker, path, plan)
    if value is None and item.default is None and not meta.get("required"):
        return None
    limits = {name: meta[name] for name in ("least", "most") if name in meta}
    return _number(meta["kind"], value, checker, path, **limits)


def _number(kind, value, checker, path, least=0, most=MOST_COUNTED):
    if kind == "integer":
        return checker.integer(value, path, least, least or 0, most)
    return checker.number(value, path, SCALES[kind], 0)


def _levels(item, value, checker, path, plan):
    kind = item.metadata["cell"]
    return [
        _number(kind, entry, checker, at) for at, entry in checker.sequence(value, path, _LEVELS)
    ]


def _grid(item, value, checker, path, plan):
    if value is None:
        return None
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
    if item.metadata["section"] == "periods":
        return checker.choice(value, path, plan["periods"])
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


def _plain(item, value, checker, path, plan):
    return getattr(checker, _PLAIN[item.metadata["kind"]])(value, path)


def _decimal(item, value, checker, path, plan):
    return checker.number(value, path, E4)


def _day(item, value, checker, path, plan):
    if value is None and not item.metadata.get("required"):
        return None
    return checker.day(value, path)


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


#: kind → the ``Checker``'s reader of it
_PLAIN = {"code": "code", "names": "names", "currency": "text"}
_READERS = {
    **dict.fromkeys(_PLAIN, _plain),
    "decimal": _decimal,
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
