# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Performance measures: one file per kind, found by its file name.

A module offers ``Params`` (makers of ``engine/params.py``), ``LABEL``, ``VOLUME``
(true: ten-thousandths of a point, false: a count) and either

``compute(ctx, params)``
    an int64 array over members, when it needs nobody's rank of this period; or
``DYNAMIC = True`` and ``start(ctx, params)``
    an object that the bottom-up pass of ``ranks.py`` feeds, see there.

Definitions: ``docs/contracts/rules.md`` §3.
"""

from importlib import import_module
from pkgutil import iter_modules


def names():
    """Return the sorted names of all kinds."""
    return sorted(item.name for item in iter_modules(__path__))


def get(name):
    """Return the module of a kind. Raises ``KeyError`` for an unknown one."""
    if name not in names():
        raise KeyError(f"no measure {name!r}; known: {', '.join(names())}")
    return import_module(f".{name}", __name__)


def is_volume(name):
    """Tell whether a kind counts points; of an unknown kind, yes."""
    return name not in names() or get(name).VOLUME
