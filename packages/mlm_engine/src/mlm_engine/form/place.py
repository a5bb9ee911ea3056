# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where something stands in a document, in words."""

from ..telling.language import name_in, tell
from .parts import entry_fields
from .sections import SECTIONS


def place(path, data, lang):
    """Return ``Bonos › Binario de equipo › Paso de pago en CV`` of a path.

    :param path: keys and indexes, as a ``Finding`` has them
    :param data: the parsed document, or ``None``
    """
    path = tuple(path)
    if not path:
        return ""
    section = _section(path[0])
    if not section:
        return " › ".join(str(part) for part in path)
    words, fields = [tell(section["label"], lang)], section["fields"]
    value, rest = data, path
    if section["key"] is not None:
        value, rest = _get(data, path[0]), path[1:]
        if rest and section["kind"] in ("list", "map"):
            value = _get(value, rest[0])
            words.append(_entry(value, rest[0], lang))
            fields, rest = entry_fields(section, value), rest[1:]
    inside = None
    for key in rest:
        if inside is None and any(item.get("in") == key for item in fields):
            inside, value = key, _get(value, key)
            fields = [item for item in fields if item.get("in") == key]
            continue
        item = next((one for one in fields if one["key"] == key), None)
        value = _get(value, key)
        words.append(tell(item["label"], lang) if item else _entry(value, key, lang))
        fields = (item or {}).get("fields") or []
    return " › ".join(words)


def _section(key):
    for one in SECTIONS:
        own = [item["key"] for item in one["fields"]] if one["key"] is None else [one["key"]]
        if key in own:
            return one
    return None


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
        found = (name_in(name, lang) if isinstance(name, dict) else name) or value.get("code")
        if found:
            return str(found)
    return str(key + 1) if isinstance(key, int) else str(key)
