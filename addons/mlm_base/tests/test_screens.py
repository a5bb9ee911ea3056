import re
from pathlib import Path

from lxml import etree

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, new_test_user, tagged
from odoo.tools.safe_eval import datetime, safe_eval

from .test_role import ROLES

_ROWS = 3
_DEPENDENCIES = re.compile(r"fieldDependencies:\s*\[(.*?)\]", re.DOTALL)


@tagged("post_install", "-at_install")
class TestScreens(TransactionCase):
    """Each screen of the suite is asked for as the web client asks for it, as each role.

    The client reads what the view names and what its widgets say that they need; one
    name that the model lacks, or that the role may not read, and the screen stays shut.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        modules = cls.env["ir.module.module"].search([("state", "=", "installed")])
        base = modules.filtered(lambda one: one.name == "mlm_base")
        cls.suite = set((base | base.downstream_dependencies()).mapped("name"))
        cls.needs = {}
        for module in cls.suite:
            cls._read_widgets(Path(get_module_path(module)) / "static" / "src")
        actions = cls.env["ir.actions.act_window"].search([])
        names = actions.get_external_id()
        cls.actions = actions.filtered(
            lambda one: (
                names[one.id].split(".")[0] in cls.suite
                or (one.res_model in cls.env and cls._is_ours(cls.env[one.res_model]))
            )
        )

    @classmethod
    def _read_widgets(cls, folder):
        """Gather ``{widget: names}`` of what the widgets say that they need."""
        for file in folder.rglob("*.js"):
            text = file.read_text()
            needed = [name for part in _DEPENDENCIES.findall(text) for name in _names(part)]
            if needed:
                for widget in re.findall(r"\.add\(\s*\"(\w+)\"", text):
                    cls.needs[widget] = needed

    @classmethod
    def _is_ours(cls, model):
        return model._original_module in cls.suite and not model._abstract

    def _user(self, role):
        groups = f"base.group_user,mlm_base.group_{role}"
        return new_test_user(self.env, f"screen_{role}", groups)

    def test_widgets_are_known(self):
        self.assertIn("progress_stage", self.needs["mlm_progress"])

    def test_every_action_opens(self):
        for role in ROLES:
            user = self._user(role)
            for action in self.actions:
                model = self.env[action.res_model].with_user(user)
                if action.group_ids and not action.group_ids & user.all_group_ids:
                    continue
                if model._abstract or not model.has_access("read"):
                    continue
                with self.subTest(role=role, action=action.xml_id or action.name):
                    place = {
                        "uid": user.id,
                        "active_id": False,
                        "active_ids": [],
                        "active_model": model._name,
                        "allowed_company_ids": user.company_ids.ids,
                        "context": {},
                        "context_today": datetime.datetime.now,
                        "datetime": datetime,
                    }
                    context = safe_eval(action.context or "{}", dict(place))
                    domain = safe_eval(action.domain or "[]", {**place, **context})
                    views = [(view, kind) for view, kind in action.views if kind != "search"]
                    views.append((action.search_view_id.id, "search"))
                    self._open(model.with_context(**context), views, domain)

    def test_every_model_opens(self):
        for role in ROLES:
            user = self._user(role)
            for name in sorted(self.env.registry):
                model = self.env[name].with_user(user)
                if not self._is_ours(model) or not model.has_access("read"):
                    continue
                kinds = set(
                    self.env["ir.ui.view"]
                    .search([("model", "=", name), ("mode", "=", "primary")])
                    .mapped("type")
                )
                views = [(False, kind) for kind in ("list", "kanban", "form") if kind in kinds]
                if views:
                    with self.subTest(role=role, model=name):
                        self._open(model, views, [])

    def _open(self, model, views, domain):
        found = model.get_views(views, {"load_filters": True, "toolbar": True})
        for kind, view in found["views"].items():
            arch = etree.fromstring(view["arch"])
            if kind == "search":
                self._check_search(model, arch)
            elif kind in ("list", "kanban", "form"):
                spec = self._specification(model, arch)
                self._read(model, kind, arch, spec, domain)

    def _read(self, model, kind, arch, spec, domain):
        if kind == "form":
            closed = arch.get("create") in ("0", "false")
            if model.has_access("create") and not closed and not self._needs_record(model):
                model.onchange({}, [], spec)
            records = model if model._transient else model.search(domain, limit=_ROWS)
            records.web_read(spec)
        elif not model._transient:
            model.web_search_read(domain, spec, limit=_ROWS)

    def _needs_record(self, model):
        """Return whether a wizard is opened on a record only, which gives its defaults."""
        return model._transient and any(
            field.type == "many2one" and field.required and self._is_ours(self.env[comodel])
            for field in model._fields.values()
            if (comodel := field.comodel_name)
        )

    def _specification(self, model, arch):
        """Return what the client reads for a view, subviews in it included."""
        spec = {}
        for node in arch.iterchildren(etree.Element):
            names = []
            if node.tag == "field":
                names.append(node.get("name"))
            if node.tag in ("field", "widget"):
                widget = node.get("widget") if node.tag == "field" else node.get("name")
                names += self.needs.get(widget, [])
            for name in names:
                spec.setdefault(name, {}).update(self._field(model, name, node))
            if node.tag != "field":
                for name, below in self._specification(model, node).items():
                    spec.setdefault(name, {}).update(below)
        return spec

    def _field(self, model, name, node):
        field = model._fields.get(name)
        self.assertTrue(field, f"{model._name} has no field {name}")
        self.assertTrue(
            model._has_field_access(field, "read"),
            f"{model.env.user.login} does not read {model._name}.{name}",
        )
        if not field.relational:
            return {}
        if field.type == "many2one" or not len(node):
            return {"fields": {"display_name": {}}}
        comodel = model.env[field.comodel_name]
        below = {}
        for view in node:
            below.update(self._specification(comodel, view))
        return {"fields": below, "limit": 40}

    def _check_search(self, model, arch):
        for node in arch.iter("field"):
            self._field(model, node.get("name"), node)
        for node in arch.iter("filter"):
            context = node.get("context") or ""
            for name in re.findall(r"group_by['\"]\s*:\s*['\"](\w+)", context):
                self._field(model, name, node)


def _names(part):
    return re.findall(r"name:\s*\"(\w+)\"", part)
