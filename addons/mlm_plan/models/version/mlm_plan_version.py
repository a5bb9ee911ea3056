# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import hashlib
import re
from datetime import date

import numpy as np
from mlm_engine import plans as engine_plan
from mlm_engine.plan.document import DocumentError
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.telling import problem_words
from mlm_engine.telling.language import nearest

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import ormcache

from odoo.addons.mlm_base.internal import as_internal

# What a version says: written while it is a draft, never after.
LOCKED = {"document", "plan_id", "version", "valid_from", "document_hash"}


class MlmPlanVersion(models.Model):
    """A plan from a date on. The document is the plan: data, not code.

    draft → validated → published → active → retired; see the files beside this one:
    ``_lifecycle`` (who takes which step), ``_findings`` (what the validator says),
    ``_crossing`` (what crosses from the version before), ``_read`` (words, diff,
    document) and ``_editor`` (the form).
    """

    _name = "mlm.plan.version"
    _description = "Plan Version"
    _inherit = ["mlm.guarded", "mlm.seen", "mail.thread"]
    _order = "valid_from desc, version desc"
    _free = ("plan_id", "document")

    plan_id = fields.Many2one("mlm.plan", required=True, index=True, ondelete="cascade")
    network_id = fields.Many2one(related="plan_id.network_id", store=True, index=True)
    version = fields.Integer(compute="_compute_from_document", store=True, aggregator=None)
    valid_from = fields.Date(compute="_compute_from_document", store=True)
    document = fields.Text(required=True, help="The plan as YAML; see docs/contracts/plan.md.")
    document_hash = fields.Char(compute="_compute_document_hash", store=True)
    bonus_ids = fields.One2many("mlm.plan.bonus", "version_id")
    rank_ids = fields.One2many("mlm.plan.rank", "version_id")
    measure_ids = fields.One2many("mlm.plan.measure", "version_id")

    _version_uniq = models.Constraint(
        "UNIQUE(plan_id, version)", "The plan already has this version."
    )

    @api.depends("plan_id", "version")
    def _compute_display_name(self):
        for version in self:
            version.display_name = f"{version.plan_id.name} · v{version.version}"

    @api.depends("document")
    def _compute_document_hash(self):
        for version in self:
            version.document_hash = hashlib.sha256((version.document or "").encode()).hexdigest()

    def _get_seen(self):
        return self.document_hash

    @api.depends("document")
    def _compute_from_document(self):
        """A draft may be unfinished: what cannot be read yet has a stand-in."""
        for version in self:
            data = version._document_data()
            number, day = data.get("version"), data.get("valid_from")
            version.version = number if isinstance(number, int) and number > 0 else 1
            try:
                version.valid_from = date.fromisoformat(day)
            except (TypeError, ValueError):
                version.valid_from = date(2000, 1, 1)

    # -- document --------------------------------------------------------

    @ormcache("self.id", "self.document_hash")
    def _plan_cached(self):
        return self._read_plan(self.document)

    @api.model
    def _read_plan(self, text):
        """Canonical plan of a YAML text; DocumentError lists its problems."""
        return engine_plan.load_plan(read_yaml(text or "", "plan"))

    def _plan(self):
        """The canonical plan document of the engine."""
        self.ensure_one()
        return self._plan_cached()

    @api.model
    def _import_document(self, text, network=None):
        """Create a draft version from a YAML document.

        Packages, bonuses and ranks named by it are created. Raises
        ValidationError that lists every problem of the document with its line.
        """
        network = network or self.env.company.mlm_network_id
        plan = self._parse(text)
        record = self.env["mlm.plan"].search(
            [("code", "=", plan["code"]), ("network_id", "=", network.id)]
        ) or self.env["mlm.plan"].create(
            {
                "code": plan["code"],
                "name": plan["name"]["en"],
                "network_id": network.id,
            }
        )
        self._translate(record, "name", plan["name"])
        version = self.create(
            {
                "plan_id": record.id,
                "document": text,
            }
        )
        return version

    @api.model
    def _shipped(self, name):
        """Text of a plan that comes with the add-on."""
        path = engine_plan.FOLDER / f"{name}.yaml"
        if not path.is_file():
            raise UserError(
                self.env._(
                    "There is no plan “%(name)s”. Known: %(known)s.",
                    name=name,
                    known=", ".join(engine_plan.plan_names()),
                )
            )
        return path.read_text(encoding="utf-8")

    def _parse(self, text):
        try:
            return self._read_plan(text)
        except DocumentError as error:
            raise self._refused(error) from error

    @api.model
    def _refused(self, error):
        """Return the ValidationError of a DocumentError: its problems in the user's
        language."""
        problems = problem_words.of_error(error, self._short_lang())
        return ValidationError(
            self.env._("The plan has problems:\n%(problems)s", problems=problems)
        )

    def _document_data(self):
        """The document as parsed, ``{}`` where that is not (yet) possible."""
        try:
            data = read_yaml(self.document or "", "plan").data
        except ValueError:
            return {}
        return data if isinstance(data, dict) else {}

    @api.constrains("document")
    def _check_document(self):
        """An unfinished draft is kept, so that a plan can be built step by step; what
        is no document at all is refused."""
        for version in self:
            try:
                data = read_yaml(version.document or "", "plan").data
            except DocumentError as error:
                raise version._refused(error) from error
            if not isinstance(data, dict):
                raise ValidationError(self.env._("The document is not a plan: it has no sections."))

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        for version in versions:
            # sudo: the right to write the plan was checked; its lines follow from the text alone
            version.sudo()._sync_children()
        return versions

    def write(self, vals):
        if LOCKED & set(vals):
            for version in self:
                version._ensure_draft()
        result = super().write(vals)
        if "document" in vals:
            for version in self:
                # sudo: as for a new plan
                version.sudo()._sync_children()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_only_draft(self):
        if any(version.state != "draft" for version in self):
            raise UserError(self.env._("Only drafts of a plan can be deleted."))

    def _sync_children(self):
        """Bonuses, ranks and measures as records, so that rows can name them.

        They follow from the document; nobody has the right to edit them (sudo). An
        unfinished draft has none yet.
        """
        self.ensure_one()
        self.bonus_ids.unlink()
        self.rank_ids.unlink()
        self.measure_ids.unlink()
        try:
            plan = self._plan()
        except ValueError:
            return
        for number, bonus in enumerate(plan["bonuses"]):
            record = as_internal(self.env["mlm.plan.bonus"]).create(
                {
                    "version_id": self.id,
                    "sequence": number,
                    "code": bonus["code"],
                    "rule": bonus["rule"],
                    "name": bonus["name"]["en"],
                }
            )
            self._translate(record, "name", bonus["name"])
        for number, rank in enumerate(plan["ranks"]):
            record = as_internal(self.env["mlm.plan.rank"]).create(
                {
                    "version_id": self.id,
                    "sequence": number,
                    "code": rank["code"],
                    "name": rank["name"]["en"],
                    "minimum_e4": rank.get("min_e4", 0),
                }
            )
            self._translate(record, "name", rank["name"])
        self.env["mlm.plan.measure"]._create_from_plan(self, plan)

    def _sync_packages(self):
        """Packages that the plan names and nobody has sold yet."""
        packages = self.env["mlm.package"].sudo()  # sudo: who writes plans may add packages
        known = set(packages._of_network(self.network_id).mapped("code"))
        for number, package in enumerate(self._plan()["packages"]):
            if package["code"] in known:
                continue
            record = packages.create(
                {
                    "code": package["code"],
                    "name": package["name"]["en"],
                    "sequence": 10 * (number + 1),
                    "network_id": self.network_id.id,
                }
            )
            self._translate(record, "name", package["name"])

    @api.model
    def _translate(self, record, field, texts):
        for code, _name in self.env["res.lang"].get_installed():
            text = texts.get(code[:2]) or texts["en"]
            as_internal(record.with_context(lang=code)).write({field: text})

    def _package_index(self):
        """Function from package ids (array) to indexes of the plan's packages."""
        numbers = {
            package["code"]: number for number, package in enumerate(self._plan()["packages"])
        }
        codes = {old: numbers[code] for old, code in self._carried_packages().items() if code}
        known = {
            package.id: codes[package.code]
            # sudo: whoever computes need not sell
            for package in self.env["mlm.package"].sudo()._of_network(self.network_id)
            if package.code in codes
        }

        def index(ids):
            found, place = np.unique(ids, return_inverse=True)
            return np.array([known.get(one, -1) for one in found.tolist()], dtype=np.int64)[place]

        return index

    # -- people ----------------------------------------------------------

    def action_new_version(self):
        """Clone into a draft: the way to change a published plan. It begins on the next day
        on which it can."""
        self.ensure_one()
        versions = self.plan_id.version_ids
        number = max(versions.mapped("version")) + 1
        used = versions.filtered(lambda one: one.state != "draft") | self
        last = max(used.mapped("valid_from"))
        start = self._next_start(self.network_id, self._plan(), last)
        text = re.sub(r"(?m)^version:.*$", f"version: {number}", self.document)
        text = re.sub(r"(?m)^valid_from:.*$", f"valid_from: {start}", text)
        copy = self.create({"plan_id": self.plan_id.id, "document": text})
        return copy._action_form()

    def _action_form(self):
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
        }

    @api.model
    def _short_lang(self):
        """The language nearest to the reader's in which plans and reasons are worded."""
        return nearest(self.env.lang)
