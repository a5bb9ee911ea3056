# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Performance measures that a plan declares: one file per kind, named like the kind, with its
formula, a worked example, its parameters and a subclass of ``base.Kind`` named like the file
(``personal_group`` → ``PersonalGroup``)."""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from ..rules import class_name, class_of

_NO_KINDS = ("base",)


@cache
def names():
    """Return the sorted names of all kinds, a tuple."""
    found = (item.name for item in iter_modules(__path__) if item.name[0] != "_")
    return tuple(sorted(name for name in found if name not in _NO_KINDS))


@cache
def get(name):
    """Return the ``Kind`` of a name. Raises ``KeyError`` for an unknown one."""
    if name not in names():
        raise KeyError(f"no measure {name!r}; known: {', '.join(names())}")
    return class_of(import_module(f".{name}", __name__), class_name(name))()


def of(plan, index):
    """Return ``(kind, params)`` of a declared measure."""
    item = plan["measures"][index]
    kind = get(item["kind"])
    return kind, kind.Params(**item["params"])


def needs_ranks(plan, index):
    """Tell whether a declared measure asks for ranks of this period."""
    item = plan["measures"][index]
    return get(item["kind"]).needs_ranks(item["params"], plan)


def highest(plan, index):
    """Return the most that a declared measure can show, ``None`` without a bound."""
    item = plan["measures"][index]
    return get(item["kind"]).highest(item["params"], plan)


def rises(plan, index):
    """Tell whether nobody can have less of a declared measure than somebody below."""
    item = plan["measures"][index]
    return get(item["kind"]).rises(item["params"], plan)


def ages(plan):
    """Return ``{measure index: how many periods back its value is needed}``, 1 or more."""
    found = {}
    for index, item in enumerate(plan["measures"]):
        for needed, back in get(item["kind"]).looks_back(item["params"], index).items():
            found[needed] = max(found.get(needed, 0), back)
    return found


def going_on(plan):
    """Return the indexes of the measures that start from their own last value."""
    return [
        index
        for index, item in enumerate(plan["measures"])
        if get(item["kind"]).goes_on(item["params"])
    ]
