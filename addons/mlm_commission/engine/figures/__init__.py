# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Performance measures: one file per kind, found by its file name.

A module offers ``Params`` (makers of ``engine/params.py``), ``LABEL``, ``VOLUME``
(true: ten-thousandths of a point, false: a count) and

``compute(ctx, params, index)``
    an int64 array over members; ``index`` is the place in ``plan["measures"]``.

A measure that asks for ranks of this period, itself or through another, offers also

``needs_ranks(params, plan)``
    whether it does so (``params`` is the canonical mapping), and
``start(ctx, params, index)``
    an object fed by the walk of ``rank_walk.py``: ``value(members)`` gives the figures
    of some members by the ranks decided so far, ``decided(members, rank)`` tells it
    more of them (every member once, all below before their sponsor). Somebody not
    decided yet has the first rank.

and, where it has one, ``against(ctx, params, required, index)``, the figure when a
condition asks for ``required``, and ``check(checker, params, path, plan)``, which reports
problems beyond the form of the parameters. Definitions: ``docs/contracts/rules.md`` §3.
"""

from functools import cache
from importlib import import_module
from pkgutil import iter_modules


@cache
def names():
    """Return the sorted names of all kinds, a tuple."""
    return tuple(sorted(item.name for item in iter_modules(__path__) if item.name[0] != "_"))


@cache
def get(name):
    """Return the module of a kind. Raises ``KeyError`` for an unknown one."""
    if name not in names():
        raise KeyError(f"no measure {name!r}; known: {', '.join(names())}")
    return import_module(f".{name}", __name__)


def is_volume(name):
    """Tell whether a kind counts points; of an unknown kind, yes."""
    return name not in names() or get(name).VOLUME


def of(plan, index):
    """Return ``(module, params)`` of a declared measure."""
    item = plan["measures"][index]
    module = get(item["kind"])
    return module, module.Params(**item["params"])


def needs_ranks(plan, index):
    """Tell whether a declared measure asks for ranks of this period."""
    item = plan["measures"][index]
    test = getattr(get(item["kind"]), "needs_ranks", None)
    return bool(test and test(item["params"], plan))
