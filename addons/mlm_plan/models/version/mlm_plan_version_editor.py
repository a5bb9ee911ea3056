# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.form import describe_plan
from mlm_engine.form.plan_text import from_json, patched, plain_json
from mlm_engine.plan.document import DocumentError
from mlm_engine.plan.yaml_text import read_yaml
from mlm_engine.telling import plan_findings
from mlm_engine.telling.form_words import in_form

from odoo import api, models


class MlmPlanVersion(models.Model):
    """What the form of a plan asks the server. Nothing here writes: the form hands the
    document to the record like any other field."""

    _inherit = "mlm.plan.version"

    @api.model
    @api.readonly
    def get_plan_form(self):
        """Sections, rules, parameters and measures as fields, in the user's language."""
        self.check_access("read")
        return describe_plan(self._short_lang())

    @api.model
    @api.readonly
    def read_plan_form(self, text):
        """``{"data", "findings"}`` of a document; ``data`` is ``None`` if it is none."""
        self.check_access("read")
        try:
            data = read_yaml(text or "", "plan").data
        except DocumentError:
            data = None
        if not isinstance(data, dict):
            return {"data": None, "findings": self._told(plan_findings.findings(text, in_form)[1])}
        return {"data": plain_json(data), "findings": self._told_of(data)}

    @api.model
    @api.readonly
    def write_plan_form(self, text, data):
        """``{"text", "findings"}``: the document with the form's data laid over it."""
        self.check_access("read")
        try:
            data = from_json(data)
            return {"text": patched(text or "", data), "findings": self._told_of(data)}
        except DocumentError as error:
            raise self._refused(error) from error

    def _told_of(self, data):
        return self._told(plan_findings.findings_of(data, in_form)[1])

    def _told(self, findings):
        """Findings in the user's language."""
        lang = self._short_lang()
        return [
            {
                "severity": one["severity"],
                "path": list(one["path"]),
                "place": one["place"][lang],
                "text": one["text"][lang],
                "remedy": one["remedy"][lang],
            }
            for one in findings
        ]
