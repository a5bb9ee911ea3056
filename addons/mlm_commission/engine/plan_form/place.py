# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where something stands in a document, in words."""

from .describe import rule_fields
from .sections import SECTIONS


def place(path, data, lang):
    """Return ``Bonos › Binario de equipo › Paso de pago en CV`` of a path.

    :param path: keys and indexes, as a ``Problem`` has them
    :param data: the parsed document, or ``None``
    """
    path = tuple(path)
    if not path:
        return ""
    section, fields = _section(path[0])
    words = [section[lang]] if section else [str(path[0])]
    if section and section["key"] is None:
        fields, rest, value = section["fields"], path, data
    else:
        rest, value = path[1:], _get(data, path[0])
        if rest and section and section["kind"] in ("list", "map"):
            value = _get(value, rest[0])
            words.append(_entry(value, rest[0], lang))
            rest = rest[1:]
    for key in rest:
        item = next((one for one in fields if one["key"] == key), None)
        if item and item["kind"] == "params":
            fields = _params(value)
            value = _get(value, key)
            continue
        value = _get(value, key)
        words.append(item[lang] if item else _entry(value, key, lang))
        fields = (item or {}).get("fields") or []
    return " › ".join(words)


def _section(key):
    for one in SECTIONS:
        if one["key"] == key:
            return one, one["fields"]
        if one["key"] is None and any(item["key"] == key for item in one["fields"]):
            return one, one["fields"]
    return None, []


def _params(bonus):
    return rule_fields(bonus.get("rule") if isinstance(bonus, dict) else None)


def _get(data, key):
    if isinstance(data, dict):
        return data.get(key)
    if isinstance(data, list) and isinstance(key, int) and key < len(data):
        return data[key]
    return None


def _entry(value, key, lang):
    """Name of an entry of a list or map: its name, its code, or its number."""
    if isinstance(value, dict):
        name = value.get("name")
        if isinstance(name, dict):
            name = name.get(lang) or name.get("es")
        found = name or value.get("code")
        if found:
            return str(found)
    return str(key + 1) if isinstance(key, int) else str(key)
