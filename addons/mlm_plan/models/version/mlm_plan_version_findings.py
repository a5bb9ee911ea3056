# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from datetime import date

from mlm_engine.kernel.periods import starts_period
from mlm_engine.telling import plan_findings
from mlm_engine.telling.form_words import in_form
from mlm_engine.telling.language import known

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.mlm_base.formats import Formats
from odoo.addons.mlm_base.internal import as_internal


class MlmPlanVersion(models.Model):
    """What the validator says about a version, and what people answer."""

    _inherit = "mlm.plan.version"

    finding_ids = fields.One2many("mlm.plan.finding", "version_id", string="Findings")
    error_count = fields.Integer(compute="_compute_finding_counts", string="Errors")
    warning_count = fields.Integer(compute="_compute_finding_counts", string="Open warnings")

    @api.depends("finding_ids.severity", "finding_ids.reason")
    def _compute_finding_counts(self):
        for version in self:
            errors = version.finding_ids.filtered(lambda one: one.severity == "error")
            version.error_count = len(errors)
            version.warning_count = len(
                (version.finding_ids - errors).filtered(lambda one: not one.reason)
            )

    @api.model_create_multi
    def create(self, vals_list):
        versions = super().create(vals_list)
        versions._refresh_findings()
        return versions

    def write(self, vals):
        result = super().write(vals)
        if "document" in vals:
            self._refresh_findings()
        return result

    def action_check(self):
        """Ask the validator again."""
        self.check_access("write")
        for version in self:
            version._ensure_draft()
            version._refresh_findings()

    def _refresh_findings(self):
        """Ask the validator; a warning that stands as before keeps its answer."""
        for version in self:
            answers = {
                (one.path, one.wording): {
                    "reason": one.reason,
                    "acknowledged_by_id": one.acknowledged_by_id.id,
                    "acknowledged_at": one.acknowledged_at,
                }
                for one in version.finding_ids
                if one.reason
            }
            # sudo: findings are the validator's, whoever asks it
            version.sudo().finding_ids.unlink()
            for number, found in enumerate(version._find()):
                path = ".".join(str(part) for part in found["path"])
                texts = {name: found[name] for name in ("place", "text", "remedy")}
                # sudo: as for those before
                finding = as_internal(version.env["mlm.plan.finding"].sudo()).create(
                    {
                        "version_id": version.id,
                        "sequence": number,
                        "severity": found["severity"],
                        "path": path,
                        "wording": found["text"]["en"],
                        **{name: text["en"] for name, text in texts.items()},
                        **answers.get((path, found["text"]["en"]), {}),
                    }
                )
                for name, text in texts.items():
                    self._translate(finding, name, text)

    def _find(self):
        """Findings about the document, and about its place among the versions."""
        self.ensure_one()
        plan, found = plan_findings.findings(self.document, in_form)
        if not plan:
            return found
        if plan["code"] != self.plan_id.code:
            found.append(self._found(("plan",), "_say_other_plan", plan["code"]))
        return found + self._find_start(plan)

    def _find_start(self, plan):
        """A version that follows another begins where each of its periods does
        (RULES 11): no period is computed under two versions."""
        if not self._find_previous():
            return []
        return [
            self._found(("valid_from",), "_say_start", plan["valid_from"], code, start)
            for code, start in starts_period(plan)
        ]

    def _found(self, path, say, *values):
        """Return an error as the validator's are: in each language that people read.

        :param say: name of the method that returns text and remedy in one language
        """
        found = plan_findings.finding("error", path, "")
        installed = [code for code, _name in self.env["res.lang"].get_installed()]
        for lang in known():
            code = next((one for one in installed if one.startswith(lang)), "en_US")
            told = getattr(self.with_context(lang=code), say)(*values)
            found["text"][lang], found["remedy"][lang] = told
        return found

    def _say_other_plan(self, code):
        mine = self.plan_id.code
        return (
            self.env._(
                "This is a version of plan %(plan)s, not of %(other)s", plan=mine, other=code
            ),
            self.env._("Write `plan: %s`", mine),
        )

    def _say_start(self, valid_from, code, start):
        first, other = (Formats(self.env).day(date.fromordinal(day)) for day in (valid_from, start))
        return (
            self.env._(
                "%(day)s is not the first day of a period “%(period)s”", day=first, period=code
            ),
            self.env._("Start on %s", other),
        )

    def _ensure_sound(self):
        """No errors and no unanswered warning, by the validator of today."""
        self.ensure_one()
        self._refresh_findings()
        errors = self.finding_ids.filtered(lambda one: one.severity == "error")
        if errors:
            raise UserError(
                self.env._(
                    "The plan has problems:\n%(problems)s",
                    problems="\n".join(
                        "– " + " ".join(filter(None, (f"{one.place}: {one.text}.", one.remedy)))
                        for one in errors
                    ),
                )
            )
        if self.warning_count:
            raise UserError(
                self.env._(
                    "Say why each warning is acceptable, on the “Findings” page: %(count)s left.",
                    count=self.warning_count,
                )
            )

    def _acknowledge_all(self):
        """The system itself takes a plan as it is delivered."""
        # sudo: only the setup of the demo comes here, where nobody else is there to answer
        for finding in self.sudo().finding_ids:
            if finding.severity == "warning" and not finding.reason:
                as_internal(finding).write(
                    {
                        "reason": self.env._("Used as supplied with the system"),
                        "acknowledged_by_id": self.env.uid,
                        "acknowledged_at": self.env.cr.now(),
                    }
                )
