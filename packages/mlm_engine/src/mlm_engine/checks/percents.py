# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Percentages below one percent: ``0.10`` written where 10 was meant.

One question per parameter, asked when all that it names are below one percent; parameters
that may well be so small say it (``params.small``).
"""

from ..kernel.text import Number, _
from ..plan.document import unscaled
from ..plan.finding import warning
from ..plan.schema.common import PERCENT
from .declared import parameters

#: section → its percentages: key, canonical key, label
_PLAIN = {
    "ranks": (("pct", "rate_e6", _("Percentage")),),
    "packages": (
        ("pct", "rate_e6", _("Percentage")),
        ("repeat_pct", "repeat_rate_e6", _("When repeated")),
    ),
    "promotions": (("pct", "rate_e6", _("Percentage")),),
    "catalog": (("iva", "iva_e6", _("VAT")),),
}


def check(plan):
    """Return a warning for each parameter whose percentages are all below one."""
    found = []
    for item in parameters(plan):
        if not item.item.metadata.get("small") and item.key in item.written:
            found += _asked(item.path, item.key, item.label(), _percents(item))
    for section, keys in _PLAIN.items():
        for key, canonical, label in keys:
            values = [one[canonical] or 0 for one in plan[section]]
            if any(values):
                first = next(place for place, value in enumerate(values) if value)
                found += _asked((section, first, key), key, label, values)
    return found


def _percents(item):
    """Return the percentages of a parameter, millionths."""
    meta, value = item.item.metadata, item.value
    kind, columns = meta["kind"], meta.get("columns")
    if kind == "table" and meta["form"] and meta["form"]["kind"] == "level_steps":
        columns = meta["form"]["columns"]
        value = [row for rows in (value or {}).values() for row in rows]
    if columns:
        places = [place for place, one in enumerate(columns.values()) if one[0] == "percent"]
        return [row[place] for row in value or () for place in places]
    if meta.get("cell", kind) != "percent":
        return []
    if kind == "percent":
        return [value]
    rows = [one if isinstance(one, list) else [one or 0] for one in value or ()]
    return [one for row in rows for one in row]


def _asked(path, key, label, values):
    most = max(values, default=0)
    if not 0 < most < PERCENT:
        return []
    low, high = unscaled(most, PERCENT), unscaled(most, PERCENT // 100)
    text = _(
        "`{key}` says {low} %, less than one percent: was {high} % meant?",
        key=key,
        label=label,
        low=Number(low),
        high=Number(high),
    )
    remedy = _("Write {high}, or leave it if {low} % is right", high=Number(high), low=Number(low))
    return [warning(text, remedy, path)]
