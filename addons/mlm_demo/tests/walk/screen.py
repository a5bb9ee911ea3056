# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""A view as a user gets it: what it reads, and which buttons it shows of a record."""

from dataclasses import dataclass, field

from lxml import etree

from odoo import fields, models
from odoo.tests.form import Dotter
from odoo.tools.safe_eval import safe_eval


def _level(node):
    """How many fields with views of their own are above."""
    return sum(1 for one in node.iterancestors("field"))


def _flat(value):
    """A value as expressions of views see it: ids, and days as text."""
    if isinstance(value, dict):
        return value.get("id")
    if isinstance(value, list):
        return [_flat(one) for one in value]
    return (
        fields.Datetime.to_string(value)
        if hasattr(value, "hour")
        else (fields.Date.to_string(value) if hasattr(value, "year") else value)
    )


@dataclass
class Button:
    """A button shown of a record."""

    node: etree._Element
    record: models.BaseModel
    values: dict

    @property
    def name(self):
        return self.node.get("name")

    @property
    def kind(self):
        return self.node.get("type")

    @property
    def context(self):
        return safe_eval(self.node.get("context") or "{}", self.values)


@dataclass
class Screen:
    """A view as ``get_views`` gives it to a user: groups are applied, conditions are not."""

    model: models.BaseModel
    kind: str
    view_id: int | bool
    arch: etree._Element
    domain: list = field(default_factory=list)
    opened: models.BaseModel = None

    def specification(self, node=None, model=None):
        """What the client asks `web_read` for."""
        node = self.arch if node is None else node
        model = self.model if model is None else model
        known = model.fields_get()
        spec, level = {}, _level(node) + (node.tag == "field")
        for one in node.iter("field"):
            name = one.get("name")
            if one is node or _level(one) != level or name not in known:
                continue
            spec[name] = {}
            if known[name]["type"] == "many2one":
                spec[name] = {"fields": {"display_name": {}}}
            elif known[name]["type"] in ("one2many", "many2many"):
                lines = {"display_name": {}}
                if one.xpath("./list | ./kanban"):
                    lines |= self.specification(one, model.env[known[name]["relation"]])
                spec[name] = {"fields": lines, "limit": 40}
        return spec

    def rows(self, limit=10):
        """The rows of a list."""
        spec = self.specification()
        return self.model.web_search_read(self.domain, spec, limit=limit)["records"]

    def values(self, record):
        """``{field: value}`` of a record, for the conditions of the view."""
        [told] = record.web_read(self.specification())
        return told

    def buttons(self, record):
        """`Button` of each that the view shows of a record, and of the first line of its lists."""
        told = self.values(record)
        parent = {name: _flat(value) for name, value in told.items()}
        found = self._shown(self.arch, record, parent, 0)
        for node in self.arch.iter("field"):
            rows = told.get(node.get("name"))
            if _level(node) or not isinstance(rows, list) or not rows:
                continue
            if not self._visible(node, self._context(record, parent)):
                continue
            for view in node.xpath("./list | ./kanban"):
                line = record[node.get("name")].browse(rows[0]["id"])
                values = {name: _flat(value) for name, value in rows[0].items()}
                found += self._shown(view, line, {**values, "parent": Dotter(parent)}, 1)
        return found

    def _context(self, record, values):
        context = dict(record.env.context)
        return {
            "context": context,
            **context,
            "uid": record.env.uid,
            "id": record.id,
            "active_id": record.id,
            "active_ids": record.ids,
            "active_model": record._name,
            "current_date": str(fields.Date.context_today(record)),
            **values,
        }

    def _shown(self, arch, record, values, level):
        context = self._context(record, values)
        return [
            Button(node, record, context)
            for node in arch.iter("button", "a")
            if node.get("type") in ("object", "action") and _level(node) == level
            if self._visible(node, context)
        ]

    def _visible(self, node, values):
        """Whether neither the node nor what it stands in is hidden."""
        level = _level(node)
        for one in (node, *node.iterancestors()):
            if _level(one) != level:
                break
            for name in ("invisible", "column_invisible"):
                condition = one.get(name)
                if condition and safe_eval(condition, dict(values)):
                    return False
        return True
