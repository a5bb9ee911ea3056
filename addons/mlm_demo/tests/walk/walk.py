# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""All menus and all buttons of a user, each undone before the next."""

from contextlib import contextmanager
from dataclasses import dataclass, field

from lxml import etree
from psycopg2 import IntegrityError

from odoo import fields
from odoo.exceptions import AccessDenied, AccessError, MissingError, RedirectWarning, UserError
from odoo.tests import Form

from odoo.addons.mlm_base.models.today.mlm_today import ROOMS

from .client import Client
from .screen import Screen

#: Models of Odoo whose screens have buttons of ours: the records on which they are shown.
EXTENDED = {
    "sale.order": [("mlm_distributor_id", "!=", False)],
    "account.move": [("line_ids.sale_line_ids.order_id.mlm_distributor_id", "!=", False)],
    "res.partner": [("mlm_distributor_ids", "!=", False)],
    "product.template": [("mlm_volume_ids", "!=", False)],
}
#: One record is looked at for each value of these.
STATES = ("state", "kind", "audit_state", "holding_state")
PRESSABLE = ("form", "list", "kanban")


@dataclass(frozen=True)
class Failure:
    """Something that does not open, and to whom."""

    role: str
    place: str
    name: str
    error: str = field(compare=False)

    def __str__(self):
        return f"{self.role}: {self.place}: {self.name}: {self.error}"


class Walk:
    """:param role: for messages
    :param env: environment of a user
    :param ours: ``f(model name, button) -> bool``, whether a button is one of ours
    """

    def __init__(self, role, env, ours):
        self.role = role
        self.env = env
        self.client = Client(env)
        self.ours = ours
        self.failures = []
        #: what was answered with a refusal in words: ``{(model, button): text}``
        self.refusals = {}
        self.pressed = set()
        self.opened = 0
        #: models with buttons of which there was something, or nothing, to see
        self.seen, self.empty = set(), set()

    @contextmanager
    def undone(self, place, name):
        """Note what fails, and take back whatever was done."""
        cr = self.env.cr
        self.env.flush_all()
        savepoint = cr.savepoint(flush=False)
        broken = None
        try:
            yield
            self.env.flush_all()
        except RedirectWarning as error:
            self.refused(place, name, error)
        except (AccessError, AccessDenied, MissingError) as error:
            self.failed(place, name, error)
        except UserError as error:
            self.refused(place, name, error)
        except IntegrityError as error:
            broken = error
        except Exception as error:
            self.failed(place, name, error)
        finally:
            for hooks in (cr.precommit, cr.postcommit):
                hooks.clear()
            self.env.clear()
            savepoint.close(rollback=True)
        if broken:
            self.refused(place, name, self.in_words(broken))

    def in_words(self, error):
        """What the server makes of a constraint of the database."""
        tables = {model._table: name for name, model in self.env.registry.items()}
        model = self.env[tables.get(error.diag.table_name, "base")]
        return UserError(model._sql_error_to_message(error))

    def failed(self, place, name, error):
        self.failures.append(
            Failure(self.role, place, name, f"{type(error).__name__}: {str(error)[:400]}")
        )

    def refused(self, place, name, error):
        """A refusal is a sentence for a reader."""
        text = str(error.args[0] if error.args else "").strip()
        if len(text.split()) < 3 or "Traceback" in text or "Error:" in text:
            self.failed(place, name, error)
        self.refusals[place, name] = text

    def menus(self):
        """Open every menu, with each filter where it is ours; the screens behind them."""
        screens = {}
        for name, action in self.client.menus():
            with self.undone("menu", name):
                found = self.client.load(action)
                name_of = (found and found.get("res_model")) or ""
                whole = name_of in EXTENDED or name_of.startswith("mlm.")
                for screen in self.client.open(found, whole=whole):
                    screens[screen.model._name, screen.kind, screen.view_id] = screen
            self.opened += 1
        return screens

    def views(self, names):
        """The views of models, whether a menu leads there or not."""
        screens = {}
        views = self.env["ir.ui.view"].sudo()
        for name in names:
            model = self.env[name]
            if model._transient or not model.has_access("read"):
                continue
            domain = [("model", "=", name), ("mode", "=", "primary"), ("type", "in", PRESSABLE)]
            for view in views.search(domain):
                with self.undone(name, f"view {view.name}"):
                    got = model.get_view(view.id, view.type)
                    screens[name, view.type, view.id] = Screen(
                        model, view.type, view.id, etree.fromstring(got["arch"])
                    )
        return screens

    def records(self, model):
        """A record for each state of a model."""
        if not model.has_access("read"):
            return model
        domain = EXTENDED.get(model._name, [])
        found = model.search(domain, order="id desc", limit=1)
        for name in STATES:
            known = model._fields.get(name)
            if not known or known.type != "selection" or not (known.store or known.search):
                continue
            for value, _label in known._description_selection(model.env):
                found |= model.search([*domain, (name, "=", value)], order="id desc", limit=1)
        return found

    def press_all(self, screens, records=None):
        """Press every button of ours on screens of records.

        :param records: ``{model: records}``; else one of each state
        """
        for (name, kind, _view), screen in screens.items():
            if kind not in PRESSABLE or not self.has_buttons(screen):
                continue
            if screen.model._transient:
                with self.undone(name, "dialog"):
                    self.press_dialog(screen, depth=1)
                continue
            found = records.get(name, ()) if records else self.records(screen.model)
            (self.seen if found else self.empty).add(name)
            for record in found:
                record = screen.model.browse(record.id)
                shown = []
                with self.undone(name, f"{kind} of {record}"):
                    shown = screen.buttons(record)
                for button in shown:
                    self.press(button)
                self.press_steps(record)

    def press_boards(self):
        """Every card of *Hoy* and its button, as its script opens them."""
        for room in ROOMS:
            cards, starts = [], []
            with self.undone("mlm.today", room):
                board = self.client.call_model("mlm.today", "get_board", room)
                cards, starts = board["cards"], board["starts"]
            for said, button in (
                *((card["code"], card.get("button")) for card in cards),
                *((card["code"], {"open": card.get("open")}) for card in cards),
                *((button["label"], button) for button in starts),
            ):
                if button:
                    self.pressed.add(("mlm.today", said, str(button)))
                    with self.undone("mlm.today", said):
                        self.press_card(button)

    def press_card(self, button):
        told = button.get("open") or {}
        if told.get("id"):
            window = {"type": "ir.actions.act_window", "res_model": told["model"]}
            self.client.open({**window, "res_id": told["id"], "views": [[False, "form"]]})
        elif told.get("action") or button.get("action"):
            action = self.client.load(self.action(told.get("action") or button["action"]))
            if told:
                action["domain"] = told["domain"]
            self.client.open(action)
        elif button.get("method"):
            records = self.env[button["model"]].browse(button["ids"])
            self.client.open(self.client.call(records, button["method"]), records)

    def press_steps(self, record):
        """What the present step of a cycle or a run offers, and what stands in its way."""
        known = record._fields.get("path")
        if not known or known.type != "json":
            return
        path = []
        with self.undone(record._name, "path"):
            path = record.path or []
        for step in path:
            for action in (step["action"], *(one["action"] for one in step["blockers"])):
                key = (record._name, step["code"], str(action))
                if action and key not in self.pressed:
                    self.pressed.add(key)
                    with self.undone(record._name, f"step {step['code']}"):
                        if "model" in action:
                            one = self.env[action["model"]].browse(action["id"])
                            action = self.client.call(one, action["name"])
                        self.client.open(action, record)

    def has_buttons(self, screen):
        return any(
            node.get("type") in ("object", "action") and self.ours(node)
            for node in screen.arch.iter("button", "a")
        )

    def press(self, button, depth=1):
        """Press a button and look at what it opens; the buttons of a dialog, too."""
        record = button.record
        said = f"{button.kind} {button.name}"
        state = next((str(record[name]) for name in STATES if name in record._fields), "")
        key = (record._name, said, record.id, str(button.node.get("context")))
        if key in self.pressed or not self.ours(button.node):
            return
        self.pressed.add(key)
        with self.undone(f"{record._name} {state}".strip(), said):
            if button.kind == "object":
                action = self.client.call(record, button.name, button.context)
            else:
                action = self.client.load(self.action(button.name), record)
                action["context"] = {
                    **self.client.evaluated(action.get("context"), button.values, {}),
                    **button.context,
                }
            screens = self.client.open(action, record)
            if depth and action and action.get("target") == "new":
                for screen in screens:
                    self.press_dialog(screen)

    def action(self, name):
        actions = self.env["ir.actions.actions"].sudo()
        action = actions.browse(int(name)) if name.isdigit() else self.env.ref(name).sudo()
        return self.env[action.type].browse(action.id)

    def press_dialog(self, screen, depth=0):
        """Fill in what a dialog asks for and press its buttons."""
        if screen.kind != "form":
            return
        record = screen.opened.exists()
        if not record:
            form = Form(screen.model, screen.view_id or None)
            self.fill_in(form)
            record = form.save()
        for button in screen.buttons(record):
            self.press(button, depth=depth)

    def fill_in(self, form):
        """Something in each field that must not be empty."""
        for name in list(form._view["fields"]):
            known = form._record._fields.get(name)
            if not known or name == "id" or form._values.get(name):
                continue
            if form._get_modifier(name, "invisible") or form._get_modifier(name, "readonly"):
                continue
            if form._get_modifier(name, "required"):
                form[name] = self.something(form._record, known)

    def something(self, record, known):
        """A value for a field."""
        if known.type == "many2one":
            domain = known.domain if isinstance(known.domain, list) else []
            return record.env[known.comodel_name].search(domain, limit=1)
        if known.type == "selection":
            return known._description_selection(record.env)[0][0]
        return {
            "date": fields.Date.context_today(self.env.user),
            "datetime": fields.Datetime.now(),
            "integer": 1,
            "float": 1.0,
            "boolean": True,
        }.get(known.type, "Por una prueba de pantallas")
