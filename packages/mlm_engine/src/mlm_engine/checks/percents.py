# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Percentages below one percent: ``0.10`` written where 10 was meant.

One question per parameter, asked when all that it names are below one percent; parameters
that may well be so small say it (``params.small``).
"""

from ..plan.document import unscaled
from ..plan.finding import warning
from ..plan.schema.common import PERCENT
from ..telling.words import number
from .declared import parameters

#: section → its percentages: key, canonical key, Spanish
_PLAIN = {
    "ranks": (("pct", "rate_e6", "Porcentaje"),),
    "packages": (
        ("pct", "rate_e6", "Porcentaje"),
        ("repeat_pct", "repeat_rate_e6", "Al repetir"),
    ),
    "promotions": (("pct", "rate_e6", "Porcentaje"),),
    "catalog": (("iva", "iva_e6", "IVA"),),
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
    low_es, high_es = number(low, "es"), number(high, "es")
    return [
        warning(
            f"`{key}` says {low} %, less than one percent: was {high} % meant?",
            f"Write {high}, or leave it if {low} % is right",
            path,
            f"«{label}» dice {low_es} %, menos de uno por ciento: ¿quería decir {high_es} %?",
            f"Escriba {high_es}, o déjelo si {low_es} % es lo correcto",
        )
    ]
