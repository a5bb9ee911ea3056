# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import base64
import re

from mlm_engine.form.plan_text import dump, patched, plain_json
from mlm_engine.plan.document import DocumentError
from mlm_engine.plan.text_file import decode
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.plans import PlanError, load_plan, plan_names
from mlm_engine.telling import problem_words
from mlm_engine.telling.language import name_in
from mlm_engine.telling.plan_document import document

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

# More of a plan than this is nobody's choice of a template.
PREVIEW_BLOCKS = 3


class MlmPlanStart(models.TransientModel):
    """A new plan: from one that comes with the system, from a file, or from nothing."""

    _name = "mlm.plan.start"
    _description = "New Plan"

    source = fields.Selection(
        [
            ("template", "A plan that comes with the system"),
            ("file", "A file (YAML)"),
            ("empty", "Nothing"),
        ],
        default="template",
        required=True,
        string="Start from",
    )
    template = fields.Selection(selection="_select_template", string="Plan")
    preview_html = fields.Html(compute="_compute_preview_html", sanitize=False)
    file = fields.Binary()
    file_name = fields.Char()
    name = fields.Char(
        compute="_compute_name", store=True, readonly=False, help="The way distributors read it."
    )
    code = fields.Char(
        compute="_compute_code",
        store=True,
        readonly=False,
        help="Letters, digits and underscores; the same for all versions.",
    )
    valid_from = fields.Date(
        string="Valid from",
        compute="_compute_valid_from",
        store=True,
        readonly=False,
        help="The first day of a cycle, and of each longer period of the plan.",
    )

    @api.depends("source", "template")
    def _compute_valid_from(self):
        """The next day on which the plan can begin (RULES 11)."""
        network = self.env.company.mlm_network_id
        for start in self:
            if start.source == "template" and start.template:
                plan = load_plan(start.template)
                start.valid_from = self.env["mlm.plan.version"]._next_start(network, plan)
            else:
                start.valid_from = self._next_cycle(network)

    @api.model
    def _next_cycle(self, network):
        """First day of the network's next cycle."""
        periods = self.env["mlm.period"]
        number = periods._number_on(network, periods._today(network)) + 1
        return periods._calendar_values(network, number)["date_start"]

    @api.model
    def _select_template(self):
        """Plans of the gallery by name, the ones that can be read."""
        lang = self.env["mlm.plan.version"]._short_lang()
        return [(name, name_in(plan["name"], lang)) for name, plan in self._templates().items()]

    @api.model
    def _templates(self):
        found = {}
        for name in plan_names():
            try:
                found[name] = load_plan(name)
            except PlanError:
                continue  # a test of the gallery says so
        return found

    @api.depends("source", "template")
    @api.depends_context("lang")
    def _compute_preview_html(self):
        lang = self.env["mlm.plan.version"]._short_lang()
        for start in self:
            if start.source != "template" or not start.template:
                start.preview_html = False
                continue
            blocks = document(load_plan(start.template), lang)
            start.preview_html = self.env["ir.qweb"]._render(
                "mlm_plan.plan_document", {"blocks": blocks[: PREVIEW_BLOCKS + 1]}
            )

    @api.depends("source", "template")
    def _compute_name(self):
        for start in self:
            if start.source == "template" and start.template:
                start.name = dict(self._select_template())[start.template]
            elif start.source == "empty":
                start.name = False

    @api.depends("source", "template", "name")
    def _compute_code(self):
        for start in self:
            if start.source == "template" and start.template:
                start.code = start.template
            elif start.source == "empty":
                start.code = self._slug(start.name)

    @api.model
    def _slug(self, name):
        plain = self.env["ir.http"]._slugify(name or "")
        return re.sub(r"\W+", "_", plain).strip("_") or False

    def action_start(self):
        """Create the draft and open it."""
        self.ensure_one()
        versions = self.env["mlm.plan.version"]
        if self.source == "file":
            version = versions._import_document(self._get_file())
        else:
            version = self._create_named(
                versions._shipped(self.template) if self.source == "template" else ""
            )
        return version._action_form()

    def _get_file(self):
        if not self.file:
            raise UserError(self.env._("Choose the file of the plan first."))
        name = self.file_name or self.env._("plan")
        try:
            return decode(base64.b64decode(self.file), name)
        except DocumentError as error:
            problems = problem_words.of_error(error, self.env["mlm.plan.version"]._short_lang())
            raise UserError(
                self.env._("%(name)s cannot be read: %(problems)s", name=name, problems=problems)
            ) from error

    def _create_named(self, text):
        """A draft with the name, code and day chosen here."""
        if self.source == "template" and not text:
            raise UserError(self.env._("Choose one of the plans."))
        if not (self.name and self.code):
            raise UserError(self.env._("A new plan needs a name and a code."))
        if not re.fullmatch(r"\w+", self.code, re.ASCII):
            raise ValidationError(
                self.env._("The code takes letters, digits and underscores only.")
            )
        data = self._read(text) if text else self._empty()
        data["plan"] = self.code
        known = data.get("name") or {}
        lang = self.env["mlm.plan.version"]._short_lang()
        if known.get(lang) != self.name:
            data["name"] = {"es": self.name, "en": self.name}
        data["version"] = self._next_version()
        data["valid_from"] = self.valid_from.isoformat()
        text = patched(text, data) if text else dump(data)
        plan = self.env["mlm.plan"].search(
            [("code", "=", self.code), ("network_id", "=", self.env.company.mlm_network_id.id)]
        )
        versions = self.env["mlm.plan.version"]
        if not plan:
            plan = self.env["mlm.plan"].create({"code": self.code, "name": self.name})
            versions._translate(plan, "name", data["name"])
        return versions.create({"plan_id": plan.id, "document": text})

    def _read(self, text):
        try:
            return plain_json(read_yaml(text, "plan").data)
        except DocumentError as error:
            raise self.env["mlm.plan.version"]._refused(error) from error

    def _next_version(self):
        """The plan may be there already: then this is its next version."""
        versions = self.env["mlm.plan.version"].search(
            [
                ("plan_id.code", "=", self.code),
                ("network_id", "=", self.env.company.mlm_network_id.id),
            ]
        )
        return max(versions.mapped("version"), default=0) + 1

    def _empty(self):
        """The least that a plan says, with the network's own cycle."""
        network = self.env.company.mlm_network_id
        currency = network.money_currency_id
        # companies that share a network count in the same points already
        base = network.currency_id.name if network._is_shared() else "USD"
        return {
            "plan": self.code,
            "name": {},
            "version": 1,
            "valid_from": None,
            "currency": {"base": base, "company": currency.name},
            "rounding": {"mode": "half_up", "unit": currency.rounding},
            "trees": ["sponsor", {"code": "placement", "kind": "binary"}],
            "periods": {network.cycle_kind: self._cycle(network)},
            "bonuses": [],
        }

    def _cycle(self, network):
        """The network's cycles as a kind of period."""
        known = {
            "kind": network.cycle_calendar,
            "anchor_number": network.cycle_anchor_number,
            "anchor_start": network.cycle_anchor_date.isoformat(),
        }
        if network.cycle_calendar == "month":
            return {**known, "pay_day": network.cycle_pay_day}
        return {
            **known,
            "days": network.cycle_days or 7,
            "pay_after_start": network.cycle_pay_after,
        }
