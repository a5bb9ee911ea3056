# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import api, fields, models

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal

from .mlm_period import ACCEPTING


class MlmPeriod(models.Model):
    """The way of a cycle: its steps in order, the present one, and what blocks it.

    Each add-on contributes its steps to `_get_steps` and what blocks them to
    `_get_blockers`; the screen draws what `_get_path` returns and knows none of them.
    """

    _inherit = "mlm.period"

    closed_by_id = fields.Many2one("res.users", readonly=True, copy=False)
    closed_at = fields.Datetime(readonly=True, copy=False)
    path = fields.Json(compute="_compute_path", string="Steps")

    @api.depends("state")
    @api.depends_context("uid", "lang")
    def _compute_path(self):
        for period in self:
            period.path = period._get_path() if period.id and period.state != "history" else False

    def _get_path(self, run=None):
        """Steps of this period in order, as plain dicts.

        :param run: the commission run that the later steps are about; by default the
            one of this period that came furthest
        :return: list of ``{"code", "name", "state", "who", "when", "note", "action",
            "blockers"}``. ``state`` is ``done``, ``present`` or ``coming``; ``who`` and
            ``when`` are texts, of what is done. ``action`` is ``{"name", "model", "id",
            "label", "confirm"}``, a method of a record, or False: blocked, or not for this
            user. Only the present step has it and ``blockers``: ``{"code", "text", "count",
            "stops", "action"}``, where ``stops`` says that nothing goes on before it is
            settled and ``action`` is what the text opens, or False.
        """
        self.ensure_one()
        steps = sorted(self._get_steps(run), key=lambda step: step["sequence"])
        present = next((step for step in steps if not step["done"]), None)
        return [self._finish_step(step, step is present, run) for step in steps]

    def _finish_step(self, step, is_present, run):
        blockers = self._get_blockers(step["code"], run) if is_present else []
        action = step["action"] if is_present else False
        if any(blocker["stops"] for blocker in blockers):
            action = False
        state = "done" if step["done"] else "present" if is_present else "coming"
        who, when = (step["who"], step["when"]) if step["done"] else (None, False)
        return {
            "code": step["code"],
            "name": step["name"],
            "state": state,
            # sudo: the name of a colleague, also of one in another company
            "who": (who and who.sudo().name) or "",
            "when": Formats(self.env).moment(when) if when else "",
            "note": step["note"],
            "action": action,
            "blockers": blockers,
        }

    def _get_steps(self, run):
        """Steps of this period, in any order, each made by `_step`; add-ons add theirs."""
        closing = self.state in ACCEPTING
        return [
            self._step(
                "close",
                10,
                self.env._("Close"),
                done=not closing,
                who=self.closed_by_id,
                when=self.closed_at,
                action=self._get_close_action() if closing else False,
            )
        ]

    def _get_close_action(self):
        return self.has_access("write") and self._step_action(
            self,
            "action_close",
            self.env._("Close the cycle"),
            self.env._(
                "Once closed the cycle takes no more volume: later payments count in the next one."
            ),
        )

    def _step(self, code, sequence, name, done, who=None, when=False, note="", action=False):
        """A step of `_get_steps`: ``who`` did it (a user) and ``when`` (naive UTC)."""
        return {
            "code": code,
            "sequence": sequence,
            "name": name,
            "done": bool(done),
            "who": who if who is not None else self.env["res.users"],
            "when": when,
            "note": note or "",
            "action": action,
        }

    def _step_action(self, record, method, label, confirm=""):
        """What the button of a step calls."""
        return {
            "name": method,
            "model": record._name,
            "id": record.id,
            "label": label,
            "confirm": confirm,
        }

    def _blocker(self, code, text, count=0, stops=False, action=False):
        return {"code": code, "text": text, "count": count, "stops": stops, "action": action}

    def _open_record(self, record):
        """Action that opens a record, for whom it may be read."""
        return record.has_access("read") and {
            "type": "ir.actions.act_window",
            "res_model": record._name,
            "res_id": record.id,
            "views": [(False, "form")],
        }

    def _open_records(self, model, domain, name):
        """Action that lists records, for whom they may be read."""
        return self.env[model].has_access("read") and {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "views": [(False, "list"), (False, "form")],
            "domain": domain,
        }

    def _keep_closed(self):
        """Note who closed the periods; the moment is that of the transaction."""
        as_internal(self).write({"closed_by_id": self.env.uid, "closed_at": self.env.cr.now()})
