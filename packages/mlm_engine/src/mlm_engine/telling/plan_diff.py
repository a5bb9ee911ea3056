# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What changes from one plan document to another, in words.

Compared are documents as written, field by field as ``plan_form`` describes them;
what is not written counts as its default. Entries with a code are the same entry when
they have the same code. Nothing is left out: what no field describes is compared as it
stands.
"""

from decimal import Decimal

from ..form.parts import entry_fields, is_read, is_said, value_of
from ..form.say import anything, name_of, named, row, statement, value_text
from ..form.sections import SECTIONS
from ..kernel.text import _
from .language import tell

#: A new version always has another number.
_ALWAYS = ("version",)
_KIND = _("Kind")
_WORDS = {
    "was": _("{what} (was {before})"),
    "added": _("New: {what}"),
    "removed": _("No longer there: {what}"),
    "order": _("The order changes: {what}"),
    "none": _("none"),
    "other": _("Everything else"),
}


def diff(before, after, lang="es"):
    """Return ``[{"title": …, "changes": [{"kind", "text", "path", "details"}]}]``.

    :param before: document as parsed (or ``plan["source"]``)
    :param after: the same of the later version
    ``kind`` is ``added``, ``removed`` or ``changed``; ``details`` says what an added
    entry brings. Sections without a change are left out.
    """
    return _Diff(before, after, lang).sections()


class _Diff:
    def __init__(self, before, after, lang):
        self.before, self.after, self.lang = before, after, lang

    def tell(self, text, **values):
        return tell(text, self.lang, **values)

    def sections(self):
        found, known = [], set()
        for section in SECTIONS:
            key = section["key"]
            if key is None:
                known |= {item["key"] for item in section["fields"]}
                changes = self.fields(section["fields"], self.before, self.after, ())
            else:
                known.add(key)
                changes = self.section(section, self.before.get(key), self.after.get(key))
            found.append({"title": self.tell(section["label"]), "changes": changes})
        rest = _unknown([{"key": key} for key in known], self.before, self.after)
        changes = self.fields(rest, self.before, self.after, ())
        found.append({"title": self.tell(_WORDS["other"]), "changes": changes})
        return [part for part in found if part["changes"]]

    def section(self, section, old, new):
        path = (section["key"],)
        if section["kind"] == "map":
            return self.entries(section, dict(old or {}), dict(new or {}), path)
        if section["kind"] == "list":
            return self.entries(section, _by_code(old), _by_code(new), path)
        if not old and not new:
            return []
        fields = section["fields"]
        return self.fields(fields + _unknown(fields, old, new), old or {}, new or {}, path)

    def entries(self, section, old, new, path):
        changes = []
        for code in {**old, **new}:
            here = (*path, code)
            if code not in old:
                name = named(new[code], code, self.lang)
                details = self.statements(section, new[code])
                text = self.tell(_WORDS["added"], what=name)
                changes.append({"kind": "added", "text": text, "path": here, "details": details})
            elif code not in new:
                text = self.tell(_WORDS["removed"], what=named(old[code], code, self.lang))
                changes.append({"kind": "removed", "text": text, "path": here, "details": []})
            else:
                name = named(new[code], code, self.lang)
                fields = _of(section, old[code], new[code])
                for change in self.fields(fields, old[code], new[code], here):
                    changes.append({**change, "text": f"{name}: {change['text']}"})
        if section["kind"] == "list":
            changes += self.order(old, new, path)
        return changes

    def order(self, old, new, path):
        if [code for code in old if code in new] == [code for code in new if code in old]:
            return []
        names = " › ".join(named(new[code], code, self.lang) for code in new)
        return [self.changed(self.tell(_WORDS["order"], what=names), path)]

    def fields(self, fields, old, new, path):
        changes = []
        for item in fields:
            if item["key"] in _ALWAYS and not path:
                continue
            where = (*path, *filter(None, (item.get("in"),)), item["key"])
            was, now = value_of(item, old), value_of(item, new)
            if _same(was, now):
                continue
            if item["kind"] == "group" and item.get("fields"):
                parts = item["fields"] + _unknown(item["fields"], was, now)
                nested = self.fields(parts, was or {}, now or {}, where)
                changes += [
                    {**one, "text": f"{self.tell(item['label'])} · {one['text']}"} for one in nested
                ]
            elif isinstance(was, dict) and isinstance(now, dict) and item["kind"] != "names":
                changes += self.rows(item, was, now, where)
            else:
                text = statement(item, now, self.lang, self.after)
                said = value_text(item, was, self.lang, self.before)
                changes.append(
                    self.changed(self.tell(_WORDS["was"], what=text, before=said), where)
                )
        return changes

    def rows(self, item, was, now, path):
        """Of a table with rows, one sentence for each row that differs."""
        return [
            self.changed(
                f"{self.tell(item['label'])} · {self.row_name(item, key)}: "
                + self.tell(
                    _WORDS["was"],
                    what=self.row(item, now, key, self.after),
                    before=self.row(item, was, key, self.before),
                ),
                (*path, key),
            )
            for key in {**was, **now}
            if not _same(was.get(key), now.get(key))
        ]

    def row_name(self, item, key):
        if item["kind"] != "grid":
            return key
        return name_of(item["section"], key, self.lang, self.after)

    def row(self, item, rows, key, data):
        if key not in rows:
            return self.tell(_WORDS["none"])
        if item["kind"] == "grid":
            return row(item, rows[key], self.lang, data)
        if item["kind"] == "level_steps":
            return value_text({**item, "kind": "steps"}, rows[key], self.lang, data)
        return anything(rows[key], self.lang)

    def statements(self, section, entry):
        if not isinstance(entry, dict):
            return []
        fields = _of(section, entry)
        return [
            statement(item, value_of(item, entry), self.lang, self.after)
            for item in fields
            if item["key"] not in ("code", "name", "rule")
            and is_said(item, value_of(item, entry))
            and is_read(item, fields, entry)
        ]

    @staticmethod
    def changed(text, path):
        return {"kind": "changed", "text": text, "path": path, "details": []}


def _of(section, *entries):
    """Fields of an entry, with those of its kind and those that nobody describes."""
    found = entry_fields(section, entries[-1])
    if section.get("variant"):
        found = [{"kind": "any", "key": section["variant"]["key"], "label": _KIND}, *found]
    beside = [item for item in found if not item.get("in")]
    result = found + _unknown([*beside, {"key": "params"}], *entries)
    written = [entry.get("params") for entry in entries if isinstance(entry, dict)]
    inside = [item for item in found if item.get("in")]
    return result + _unknown(inside, *written, scope="params")


def _unknown(fields, *entries, scope=None):
    """Fields for the keys that nobody describes: they are compared all the same."""
    known = {item["key"] for item in fields}
    found = {key: None for entry in entries if isinstance(entry, dict) for key in entry}
    return [
        {"kind": "any", "key": key, "label": key, "in": scope} for key in found if key not in known
    ]


def _by_code(entries):
    entries = entries if isinstance(entries, list) else []
    # a bare word in a list of entries is an entry with that code
    entries = [item if isinstance(item, dict) else {"code": item} for item in entries]
    return {str(item.get("code", number)): item for number, item in enumerate(entries)}


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
