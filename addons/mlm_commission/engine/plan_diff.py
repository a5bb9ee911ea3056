# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What changes from one plan document to another, in words.

Compared are documents as written, field by field as ``plan_form`` describes them;
what is not written counts as its default. Entries with a code are the same entry when
they have the same code. Nothing is left out: what no field describes is compared as it
stands.
"""

from decimal import Decimal

from . import words_of
from .plan_form.parts import entry_fields, fields_of
from .plan_form.say import anything, say
from .plan_form.sections import SECTIONS

#: A new version always has another number and another date.
_ALWAYS = ("version",)
_KIND = {"es": "Clase", "en": "Kind"}
_WORDS = {
    "es": {
        "was": "{} (antes {})",
        "added": "Nuevo: {}",
        "removed": "Ya no está: {}",
        "order": "Cambia el orden: {}",
        "none": "ninguno",
    },
    "en": {
        "was": "{} (was {})",
        "added": "New: {}",
        "removed": "No longer there: {}",
        "order": "The order changes: {}",
        "none": "none",
    },
}


def diff(before, after, lang="es"):
    """Return ``[{"title": …, "changes": [{"kind", "text", "path", "details"}]}]``.

    :param before: document as parsed (or ``plan["source"]``)
    :param after: the same of the later version
    ``kind`` is ``added``, ``removed`` or ``changed``; ``details`` says what an added
    entry brings. Sections without a change are left out.
    """
    found = []
    known = set()
    for section in SECTIONS:
        if section["key"] is None:
            known |= {item["key"] for item in section["fields"]}
            changes = _fields(section["fields"], before, after, (), lang)
        else:
            known.add(section["key"])
            old, new = before.get(section["key"]), after.get(section["key"])
            changes = _section(section, old, new, (section["key"],), lang)
        found.append({"title": section[lang], "changes": changes})
    rest = _unknown([{"key": key} for key in known], before, after)
    found.append({"title": "…", "changes": _fields(rest, before, after, (), lang)})
    return [part for part in found if part["changes"]]


def _section(section, old, new, path, lang):
    if section["kind"] == "group":
        return _group(section, old, new, path, lang)
    if section["kind"] == "map":
        return _entries(section, dict(old or {}), dict(new or {}), path, lang)
    return _entries(section, _by_code(old), _by_code(new), path, lang)


def _group(section, old, new, path, lang):
    if not old and not new:
        return []
    fields = fields_of(section)
    fields = fields + _unknown(fields, old, new)
    return _fields(fields, old or {}, new or {}, path, lang)


def _entries(section, old, new, path, lang):
    words, changes = _WORDS[lang], []
    for code in {**old, **new}:
        here = (*path, code)
        if code not in old:
            changes.append(
                {
                    "kind": "added",
                    "text": words["added"].format(_named(new[code], code, lang)),
                    "path": here,
                    "details": _statements(section, new[code], lang),
                }
            )
        elif code not in new:
            text = words["removed"].format(_named(old[code], code, lang))
            changes.append({"kind": "removed", "text": text, "path": here, "details": []})
        else:
            name = _named(new[code], code, lang)
            for change in _fields(
                _of(section, old[code], new[code]), old[code], new[code], here, lang
            ):
                changes.append({**change, "text": f"{name}: {change['text']}"})
    kept_old = [code for code in old if code in new]
    kept_new = [code for code in new if code in old]
    if kept_old != kept_new and section["kind"] == "list":
        names = " › ".join(_named(new[code], code, lang) for code in new)
        text = words["order"].format(names)
        changes.append({"kind": "changed", "text": text, "path": path, "details": []})
    return changes


def _of(section, *entries):
    """Fields of an entry, with those of its kind and those that nobody describes."""
    found = entry_fields(section, entries[-1])
    if section.get("variant"):
        key = section["variant"]["key"]
        found = [{"kind": "any", "key": key, **_KIND}, *found]
    beside = [item for item in found if not item.get("in")]
    result = found + _unknown([*beside, {"key": "params"}], *entries)
    inside = [item for item in found if item.get("in")]
    if inside or any(isinstance(one, dict) and "params" in one for one in entries):
        written = [entry.get("params") for entry in entries if isinstance(entry, dict)]
        result += _unknown(inside, *written, scope="params")
    return result


def _fields(fields, old, new, path, lang):
    changes = []
    for item in fields:
        if item["key"] in _ALWAYS and not path:
            continue
        where = (*path, *filter(None, (item.get("in"),)), item["key"])
        was, now = (_value(item, one) for one in (old, new))
        if _same(was, now):
            continue
        if item["kind"] == "group" and item.get("fields"):
            parts = item["fields"] + _unknown(item["fields"], was, now)
            nested = _fields(parts, was or {}, now or {}, where, lang)
            changes += [{**one, "text": f"{item[lang]} · {one['text']}"} for one in nested]
            continue
        changes += _change(item, was, now, where, lang)
    return changes


def _unknown(fields, *entries, scope=None):
    """Fields for the keys that nobody describes: they are compared all the same."""
    known = {item["key"] for item in fields}
    found = {key: None for entry in entries if isinstance(entry, dict) for key in entry}
    return [
        {"kind": "any", "key": key, "es": key, "en": key, "in": scope}
        for key in found
        if key not in known
    ]


def _change(item, was, now, path, lang):
    """One sentence; of a table with rows, one for each row that differs."""
    words = _WORDS[lang]
    if isinstance(was, dict) and isinstance(now, dict) and item["kind"] != "names":
        return [
            {
                "kind": "changed",
                "text": f"{item[lang]} · {key}: "
                + words["was"].format(_part(now, key, words, lang), _part(was, key, words, lang)),
                "path": (*path, key),
                "details": [],
            }
            for key in {**was, **now}
            if not _same(was.get(key), now.get(key))
        ]
    text = statement(item, now, lang)
    text = words["was"].format(text, say(item, was, lang))
    return [{"kind": "changed", "text": text, "path": path, "details": []}]


def statement(item, value, lang):
    """Return a parameter with its value as a sentence, the rule's own if it has one."""
    said = say(item, value, lang)
    phrase = words_of.phrase(item["rule"], item["key"], lang) if item.get("rule") else ""
    return phrase.format(said) if phrase else f"{item[lang]}: {said}"


def _statements(section, entry, lang):
    if not isinstance(entry, dict):
        return []
    return [
        statement(item, _value(item, entry), lang)
        for item in _of(section, entry)
        if item["key"] not in ("code", "name", "rule") and _value(item, entry) not in (None, [], {})
    ]


def _value(item, entry):
    entry = entry if isinstance(entry, dict) else {}
    if item.get("in"):
        entry = entry.get(item["in"]) or {}
    value = entry.get(item["key"])
    return item.get("default") if value is None else value


def _part(value, key, words, lang):
    return anything(value[key], lang) if key in value else words["none"]


def _named(entry, code, lang):
    name = entry.get("name") if isinstance(entry, dict) else None
    if isinstance(name, dict):
        name = name.get(lang) or name.get("es")
    return str(name or code)


def _by_code(entries):
    entries = entries if isinstance(entries, list) else []
    return {
        str(item.get("code", number) if isinstance(item, dict) else number): item
        for number, item in enumerate(entries)
    }


def _same(one, other):
    return _plain(one) == _plain(other)


def _plain(value):
    """The value without what is only a way of writing it: 100, 100.0 and '100'."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, bool) or value is None:
        return value
    try:
        return Decimal(str(value)).normalize()
    except ArithmeticError:
        return str(value)
