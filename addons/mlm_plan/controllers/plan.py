# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from mlm_engine.telling.language import known

from odoo.exceptions import AccessError, MissingError, ValidationError
from odoo.http import Controller, content_disposition, request, route


class PlanController(Controller):
    @route("/mlm/plan/<int:version_id>/changes/<int:other_id>.pdf", type="http", auth="user")
    def plan_changes(self, version_id, other_id, **kwargs):
        """What changes from one version to another, as a document."""
        version, other = self._get_version(version_id), self._get_version(other_id)
        name = f"{version.plan_id.code}-v{other.version}-v{version.version}.pdf"
        return self._send(version._get_diff_pdf(other), name, "application/pdf")

    @route("/mlm/plan/<int:version_id>/<string(length=2):lang>.pdf", type="http", auth="user")
    def plan_for_people(self, version_id, lang, **kwargs):
        """The plan in plain words, as a document."""
        version = self._get_version(version_id)
        if lang not in known():
            self._missing()
        try:
            content = version._get_document_pdf(lang)
        except ValidationError:
            self._missing()
        name = f"{version.plan_id.code}-v{version.version}-{lang}.pdf"
        return self._send(content, name, "application/pdf")

    @route("/mlm/plan/<int:version_id>.yaml", type="http", auth="user")
    def plan_document(self, version_id, **kwargs):
        """The plan as it is written."""
        version = self._get_version(version_id)
        name = f"{version.plan_id.code}-v{version.version}.yaml"
        return self._send(version.document.encode(), name, "application/yaml")

    def _get_version(self, version_id):
        version = request.env["mlm.plan.version"].browse(version_id)
        try:
            version.check_access("read")
            return version.exists() or self._missing()
        except (AccessError, MissingError):
            self._missing()

    def _missing(self):
        raise request.not_found()

    def _send(self, content, name, mimetype):
        return request.make_response(
            content,
            [("Content-Type", mimetype), ("Content-Disposition", content_disposition(name))],
        )
