# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The reference of everything that a plan may say, as Markdown, from the declarations.

``page`` gives ``docs/parameters.md`` and ``docs/parametros.md``: each section, rule, kind of
measure and form of condition with its parameters, their type, unit, default and meaning.
"""

from .. import rules
from ..form import describe
from ..form.parts import described, rule_fields, shared_fields, variants_of
from ..form.sections import SECTIONS
from ..kernel import codes
from ..plan.params import GIVEN
from ..plan.schema import bonuses as common
from ..plan.schema.conditions import FORMS
from . import rule_words, words
from .codes import figure_text
from .language import name_in, tell
from .parameter_words import TREES, TYPES, UNITS, WORDS

#: language → file of the page in ``docs/``
PAGES = {"en": "parameters.md", "es": "parametros.md"}
#: kinds that have no unit of their own
_NUMBERS = ("points", "money", "percent", "factor")


def page(lang):
    """Return the page in a language, ``es`` or ``en``."""
    return "\n".join(_Page(lang).lines) + "\n"


class _Page:
    def __init__(self, lang):
        self.lang, self.lines = lang, []
        self.lines += [f"# {self.word('title')}", "", self.word("intro")]
        for section in SECTIONS:
            self.section(section)
        self.conditions()

    def tell(self, text, **values):
        return tell(text, self.lang, **values)

    def word(self, key, **values):
        return self.tell(WORDS[key], **values)

    # -- parts

    def section(self, section):
        key = section["key"]
        label = self.tell(section["label"])
        name = f"`{key}` · {label}" if key else label
        self.lines += ["", f"## {name}"]
        about = [self.word(section["kind"]) if key else "", self.tell(section["help"])]
        self.paragraph(" ".join(filter(None, about)))
        fields, variant = list(section["fields"]), section.get("variant")
        if variant:
            fields = [*fields, self.own("variant", variant["key"], required=True)]
        if key == "bonuses":
            fields.append(self.own("group", "params"))
        self.table(fields)
        if key == "bonuses":
            return self.bonuses()
        for one in variants_of(section):
            name = f"`{variant['key']}: {one['value']}`"
            self.lines += ["", f"### {name} · {self.tell(one['label'])}"]
            self.paragraph(self.tell(one.get("summary", "")))
            self.table(one["fields"])

    def own(self, kind, key, **more):
        """Return the field that says which declaration the other parameters of an entry follow."""
        word = "variant" if kind == "variant" else key
        return {"kind": kind, "key": key, "label": WORDS[word], **more}

    def bonuses(self):
        self.lines += ["", f"### {self.word('shared')}", "", self.word("shared_text")]
        self.table(shared_fields())
        for name in rules.names():
            rule, said = rules.get(name), rule_words.of(name)
            self.lines += ["", f"### `rule: {name}` · {self.tell(rule.label)}"]
            if said.summary:
                self.paragraph(self.tell(said.summary))
            if said.tiny:
                self.paragraph(self.word("example") + " " + name_in(said.tiny, self.lang))
            self.paragraph(
                f"{self.word('tree')}: {self.tell(TREES[rule.tree])}. " + self.taken(rule)
            )
            self.table(rule_fields(name))

    def taken(self, rule):
        """Name the shared settings that a rule reads."""
        names = [*(["as_of"] if rule.as_of else []), *(["grain"] if rule.by_source else [])]
        names += common.allowed(rule)
        return f"{self.word('takes')}: " + ", ".join(f"`{name}`" for name in names) + "."

    def conditions(self):
        self.lines += ["", f"## {self.word('conditions')}", "", self.word("conditions_text")]
        for key in reversed(FORMS):
            form, label = FORMS[key]
            self.lines += ["", f"### `{key}` · {self.tell(label)}"]
            self.table(described(form))
        self.lines += ["", f"### {self.word('figures')}", "", self.word("figures_text"), ""]
        self.row([self.word("name"), self.word("unit"), self.word("meaning")])
        self.row(["---"] * 3)
        for name in describe.BUILT_IN:
            self.figure(f"`{name}`", name, "")
        bonus = self.word("bonus")
        for rule in map(rules.get, rules.names()):
            for name in rule.figures:
                self.figure(f"`{bonus}.{name}`", name, f" ({self.tell(rule.label)})")

    def figure(self, shown, name, of):
        code = codes.FIGURES[name]
        unit = self.tell(UNITS[codes.figure_unit(code)])
        self.row([shown, unit, figure_text(code, self.lang) + of])

    # -- Markdown

    def paragraph(self, text):
        if text:
            self.lines += ["", text]

    def row(self, cells):
        self.lines.append("| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |")

    def table(self, fields):
        if not fields:
            return
        self.lines.append("")
        self.row([self.word(key) for key in ("name", "type", "unit", "default", "meaning")])
        self.row(["---"] * 5)
        self.rows(fields, "")

    def rows(self, fields, before):
        for item in fields:
            cells = [self.type(item), self.unit(item), self.default(item), self.meaning(item)]
            name = before + item["key"]
            self.row([f"`{name}`", *cells])
            if item["kind"] == "group":
                self.rows(item.get("fields", []), f"{name}.")
            elif item["kind"] == "entries":
                self.rows(item["fields"], f"{name}[].")

    # -- cells

    def type(self, item):
        lists = item["kind"] == "grid" and item.get("lists")
        cell = self.tell(TYPES[item["cell"]]) if item.get("cell") else ""
        text = TYPES["grid of lists" if lists else item["kind"]]
        return self.tell(text, section=item.get("section", ""), cell=cell)

    def unit(self, item):
        if item.get("columns"):
            return ""
        kind = item.get("cell", item["kind"])
        name = item.get("unit") or kind
        if name == "percent" or (kind == "percent" and name == item["kind"]):
            return "%"
        if name in UNITS:
            return self.tell(UNITS[name]) if kind in _NUMBERS else ""
        return words.unit(name, self.lang) if item.get("unit") not in (None, "", kind) else ""

    def default(self, item):
        if item.get("required"):
            return self.word("required")
        value = item.get("default")
        if value in (None, "", []):
            return "—"
        if isinstance(value, list):
            return "`[" + ", ".join(map(str, value)) + "]`"
        return f"`{_yaml(value)}`"

    def meaning(self, item):
        parts = [self.tell(item["label"])]
        if item.get("help"):
            parts.append(self.tell(item["help"]))
        for value, text in item.get("options", {}).items():
            parts.append(f"`{value}`: {self.tell(text)}")
        for name, (kind, text) in item.get("columns", {}).items():
            parts.append(f"`{name}`: {self.tell(text)} ({self.tell(TYPES[kind])})")
        if item.get("only"):
            wanted = [self.wanted(*one) for one in item["only"].items()]
            parts.append(self.word("only", what=f" {self.word('and')} ".join(wanted)))
        return "<br>".join(parts)

    def wanted(self, name, values):
        if values == GIVEN:
            return f"`{name}`"
        return f" {self.word('or')} ".join(f"`{name}: {_yaml(value)}`" for value in values)


def _yaml(value):
    return str(value).lower() if isinstance(value, bool) else str(value)
