# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Declared measures: reader of the section ``measures``.

Canonical: ``code``, ``name``, ``kind`` (a file of ``engine/figures/``), ``volume``
(true: ten-thousandths of a point, false: a count), ``params``.
"""

from .. import figures
from .. import params as parameters
from ..document import suggestion
from .common import unique


def kinds(document):
    """Return the kind of each declared measure, for readers that come earlier."""
    items = document.get("measures") if isinstance(document, dict) else None
    items = items if isinstance(items, list) else []
    return [item.get("kind") if isinstance(item, dict) else None for item in items]


def measures(check, value, plan):
    result = []
    for path, item in check.sequence(value, ("measures",)):
        kind = item.get("kind") if isinstance(item, dict) else None
        if kind not in figures.names():
            where = (*path, "kind")
            check.wrong(where, f"unknown kind {kind!r}", suggestion(kind, figures.names()))
            continue
        module = figures.get(kind)
        data = dict(check.mapping(item, path))
        entry = {
            "code": check.code(data.pop("code", None), (*path, "code")),
            "name": check.names(data.pop("name", None), (*path, "name")),
            "kind": data.pop("kind"),
            "volume": figures.is_volume(kind),
        }
        # What a measure may refer to: the ones above it.
        above = {**plan, "measures": result}
        entry["params"] = parameters.read(module.Params, data, check, path, above)
        result.append(entry)
    unique(check, result, ("measures",))
    return result
