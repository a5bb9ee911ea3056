# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Declared measures: reader of the section ``measures``.

Canonical: ``code``, ``name``, ``kind`` (a file of ``measures/``), ``volume``
(true: ten-thousandths of a point, false: a count), ``params``.
"""

from ... import measures as kinds
from ...kernel.text import _
from ...measures.base import Kind
from ..document import shown, suggestion
from ..read_params import read, values
from .common import MOST_MEASURES, Named, unique


def volumes(document):
    """Tell of each declared measure whether it is a volume, for readers that come
    earlier: one that is accumulated has the unit of what it sums."""
    items = document.get("measures") if isinstance(document, dict) else None
    found, known = [], {}
    for item in items if isinstance(items, list) else []:
        item = item if isinstance(item, dict) else {}
        kind = kinds.get(item["kind"]) if item.get("kind") in kinds.names() else Kind()
        volume = known.get(str(item.get(kind.unit_of)), True) if kind.unit_of else kind.volume
        known.setdefault(str(item.get("code")), volume)
        found.append(volume)
    return found


def measures(check, value, plan):
    result = []
    for path, item in check.sequence(value, ("measures",), MOST_MEASURES):
        if not isinstance(item, dict):
            check.mapping(item, path)
            continue
        kind = item.get("kind")
        if kind not in kinds.names():
            text = (
                _("'kind' is missing")
                if kind is None
                else _("unknown kind {kind}", kind=shown(kind))
            )
            check.wrong((*path, "kind"), text, suggestion(kind, kinds.names()))
            continue
        entry = {**values(Named, item, check, path, plan), "kind": kind}
        own = {key: one for key, one in item.items() if key not in entry}
        entry["volume"] = plan["measure_volumes"][path[-1]]
        entry["params"] = read(kinds.get(kind).Params, own, check, path, plan)
        kinds.get(kind).check(check, entry["params"], path, plan)
        result.append(entry)
    unique(check, result, ("measures",))
    return result
