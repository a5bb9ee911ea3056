# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Where something stands in a document, in words."""

from ..telling.language import tell
from .parts import entry_fields
from .sections import SECTIONS


def place(path, data, lang):
    """Return ``Bonos › Binario de equipo › Paso de pago en CV`` of a path.

    :param path: keys and indexes, as a ``Finding`` has them
    :param data: the parsed document, or ``None``
    """
    return " › ".join(
        tell(field["label"], lang) if field else _entry(value, key, lang)
        for field, value, key in _steps(tuple(path), data)
    )


def field_at(path, data):
    """Return the field, or section, that a path leads to, ``None`` where it is neither.

    :return: a dict as ``form/parts.py`` makes it; the key that says what an entry is of
        (the rule of a bonus) is a field of kind ``variant``
    """
    path = tuple(path)
    section = _section(path[0]) if path else None
    if section and path[2:] == ((section.get("variant") or {}).get("key"),):
        return {"kind": "variant", "key": path[2], "section": section["key"], "label": ""}
    steps = _steps(path, data)
    return steps[-1][0] if steps else None


def _steps(path, data):
    """Return ``[(field or None, value, key)]`` from the section of a path to its end."""
    if not path:
        return []
    section = _section(path[0])
    if not section:
        return [(None, None, part) for part in path]
    steps, fields = [(section, _get(data, path[0]), path[0])], section["fields"]
    value, rest = data, path
    if section["key"] is not None:
        value, rest = _get(data, path[0]), path[1:]
        if rest and section["kind"] in ("list", "map"):
            value = _get(value, rest[0])
            steps.append((None, value, rest[0]))
            fields, rest = entry_fields(section, value), rest[1:]
    inside = None
    for key in rest:
        if inside is None and any(item.get("in") == key for item in fields):
            inside, value = key, _get(value, key)
            fields = [item for item in fields if item.get("in") == key]
            continue
        item = next((one for one in fields if one["key"] == key), None)
        value = _get(value, key)
        steps.append((item, value, key))
        fields = (item or {}).get("fields") or []
    return steps


def value_at(path, data):
    """Return the value that stands at a path, ``None`` where nothing does."""
    for key in path:
        data = _get(data, key)
    return data


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
        if isinstance(name, dict):
            name = name.get(lang) or next(filter(None, name.values()), None)
        found = name or value.get("code")
        if found:
            return str(found)
    return str(key + 1) if isinstance(key, int) else str(key)
