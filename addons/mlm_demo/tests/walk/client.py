# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the browser of a user asks the server."""

import re
from functools import cache
from pathlib import Path

from dateutil.relativedelta import relativedelta
from lxml import etree
from werkzeug.exceptions import HTTPException
from werkzeug.urls import url_parse

from odoo import fields
from odoo.modules import get_module_path
from odoo.service.model import call_kw
from odoo.tests import Form
from odoo.tools.safe_eval import datetime, safe_eval, time

from odoo.addons.web.controllers.utils import clean_action

from .screen import Screen

#: What the web client does by itself.
TAGS = re.compile(r'registry\s*\.category\("actions"\)\s*\.add\(\s*"([^"]+)"')
_CONTENT = re.compile(r"/web/(?:content|image)/(\d+)")


class Dead(Exception):
    """Something on a screen that leads nowhere."""


@cache
def client_actions(modules):
    """Tags of the client actions that the scripts of some add-ons define."""
    return {
        tag
        for module in modules
        for path in Path(get_module_path(module), "static/src").glob("**/*.js")
        for tag in TAGS.findall(path.read_text())
    }


class Client:
    """Opens menus and actions as one user; whatever the server refuses is raised.

    :param env: environment of the user
    """

    def __init__(self, env):
        self.env = env

    def menus(self):
        """``[(external id, action)]``: the menus of the user that open something."""
        menus = self.env["ir.ui.menu"]
        shown = menus.browse(one for one in menus.load_menus(False) if one != "root")
        names = shown.get_external_id()
        return [(names[menu.id], menu.action) for menu in shown if menu.action]

    def load(self, action, record=None):
        """The action as the web client gets it.

        :param action: record of an action
        :param record: the record whose button leads there
        """
        context = {**self.env.context}
        if record:
            context |= {
                "active_id": record.id,
                "active_ids": record.ids,
                "active_model": record._name,
            }
        found = action.with_env(self.env).with_context(**context)
        if action._name == "ir.actions.server":
            found = found.run()
        elif action._name == "ir.actions.act_window":
            found = found.sudo()._get_action_dict()
        else:
            found = found.sudo().read()[0]
        return found and self.clean(found)

    def clean(self, action):
        return clean_action(dict(action), env=self.env)

    def call(self, record, method, context=None):
        """Press a button that calls a method."""
        context = {**self.env.context, **(context or {})}
        found = call_kw(record.browse(), method, [record.ids], {"context": context})
        return found if isinstance(found, dict) and "type" in found else None

    def call_model(self, model, method, *arguments):
        """What a script of the web client asks a model."""
        return call_kw(self.env[model], method, list(arguments), {"context": self.env.context})

    def values(self, context, **more):
        """What expressions of actions and filters may ask for."""
        return {
            **context,
            **more,
            "uid": self.env.uid,
            "context": context,
            "time": time,
            "datetime": datetime,
            "relativedelta": relativedelta,
            "current_date": str(fields.Date.context_today(self.env.user)),
            "context_today": lambda: fields.Date.context_today(self.env.user),
        }

    def evaluated(self, told, context, empty):
        """Domain or context of an action."""
        return safe_eval(told, self.values(context)) if isinstance(told, str) else told or empty

    def open(self, action, record=None, whole=False):
        """Open what a button or a menu returned.

        :param record: the record whose button it was
        :param whole: every filter and group of the search, too
        :return: the screens that it shows
        """
        if not action:
            return []
        opened = getattr(self, "_open_" + action["type"].rpartition(".")[2], None)
        if not opened:
            raise Dead(f"no action of the web client: {action['type']}")
        return opened(self.clean(action), record, whole) or []

    def _open_act_window(self, action, record, whole):
        context = {**self.env.context}
        if record:
            context |= {
                "active_id": record.id,
                "active_ids": record.ids,
                "active_model": record._name,
            }
        context |= self.evaluated(action.get("context"), context, {})
        domain = self.evaluated(action.get("domain"), context, [])
        model = self.env[action["res_model"]].with_context(**context)
        search = action.get("search_view_id") or False
        views = [[one or False, kind] for one, kind in action["views"]]
        views.append([search[0] if isinstance(search, list | tuple) else search, "search"])
        options = {"toolbar": action.get("target") != "new", "load_filters": True}
        got = model.get_views(views, {**options, "action_id": action.get("id", False)})["views"]
        if whole:
            self._search(model, domain, etree.fromstring(got["search"]["arch"]))
        screens = []
        for view_id, kind in views[:-1]:
            arch = etree.fromstring(got[kind]["arch"])
            screen = Screen(model, kind, got[kind].get("id") or view_id, arch, domain)
            screen.opened = model.browse(action.get("res_id") or [])
            self._show(screen, first=kind == views[0][1])
            screens.append(screen)
        return screens

    def _show(self, screen, first):
        """Read what a view reads when it is opened."""
        model = screen.model
        if screen.opened and not screen.opened.exists():
            raise Dead(f"there is no {screen.opened}")
        if screen.kind == "form":
            if screen.opened or first:
                Form(screen.opened, screen.view_id or None)
        elif screen.opened:
            return
        elif screen.kind in ("pivot", "graph"):
            self._group(model, screen.domain, screen.arch)
        else:
            screen.rows(limit=10)

    def _group(self, model, domain, arch):
        known = model.fields_get()
        groups, sums = [], ["__count"]
        for node in arch.iter("field"):
            name = node.get("name")
            if known[name]["type"] in ("integer", "float", "monetary"):
                if known[name].get("aggregator"):
                    sums.append(f"{name}:{known[name]['aggregator']}")
            elif node.get("invisible") not in ("1", "True"):
                groups.append(self._granular(known, name, node.get("interval")))
        model.formatted_read_group(domain, groups, sums)

    @staticmethod
    def _granular(known, group, interval=None):
        """Days are grouped by month unless the view says otherwise."""
        dated = known[group.partition(":")[0]]["type"] in ("date", "datetime")
        return f"{group}:{interval or 'month'}" if dated and ":" not in group else group

    def _search(self, model, domain, arch):
        """Every filter and every group that the search offers."""
        known = model.fields_get()
        for node in arch.iter("filter"):
            if node.get("domain"):
                found = safe_eval(node.get("domain"), self.values(self.env.context))
                model.search([*domain, *found], limit=1)
            group = self.evaluated(node.get("context"), {}, {}).get("group_by")
            if isinstance(group, str) and known[group.partition(":")[0]]["type"] != "properties":
                model.formatted_read_group(domain, [self._granular(known, group)], ["__count"])

    def _open_act_window_close(self, action, record, whole):
        return []

    def _open_client(self, action, record, whole):
        installed = self.env["ir.module.module"].sudo().search([("state", "=", "installed")])
        if action["tag"] not in client_actions(tuple(installed.mapped("name"))):
            raise Dead(f"no client action {action['tag']}")
        following = (action.get("params") or {}).get("next")
        return self.open(following, record)

    def _open_act_url(self, action, record, whole):
        """Addresses of our own lead to a route, files to a file that may be read."""
        address = url_parse(action["url"])
        if address.netloc:
            return
        attachment = _CONTENT.match(address.path)
        if attachment:
            self.env["ir.attachment"].browse(int(attachment[1])).read(["name"])
        try:
            self.env["ir.http"].routing_map().bind("localhost").match(address.path, method="GET")
        except HTTPException as error:
            raise Dead(f"{error.code}: {action['url']}") from error

    def _open_report(self, action, record, whole):
        self.env[action["model"]].browse(record.ids).check_access("read")
        self.env["ir.actions.report"]._render_qweb_html(action["report_name"], record.ids)
