# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import io
import tempfile
import zipfile

from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route

from odoo.addons.mlm_base.importing import writer
from odoo.addons.mlm_genealogy.controllers.downline import XLSX, send_file

from ..models.opening.mlm_opening_control import CONTROL_HEADINGS


class OpeningController(Controller):
    @route("/mlm/opening/template/<string:kind>", type="http", auth="user", readonly=True)
    def opening_template(self, kind, **kwargs):
        """The columns of one kind of file, with an example line."""
        kinds = self._get_kinds()
        if kind not in kinds:
            raise request.not_found()
        file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        self._write_template(file, kind, kinds[kind])
        file.seek(0)
        return send_file(file, f"{kinds[kind]}.xlsx", XLSX)

    @route("/mlm/opening/templates", type="http", auth="user", readonly=True)
    def opening_templates(self, **kwargs):
        """All templates, that of the control totals included."""
        file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        kinds = self._get_kinds()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for number, (kind, label) in enumerate(kinds.items(), start=1):
                buffer = io.BytesIO()
                self._write_template(buffer, kind, label)
                archive.writestr(f"{number}. {label}.xlsx", buffer.getvalue())
            buffer = io.BytesIO()
            name = request.env._("Control Totals")
            lang = request.env.lang
            rows = [
                [label, figure, ""]
                for kind, label in kinds.items()
                for figure in self._get_figures(kind, lang)
            ]
            writer.write_xlsx(
                buffer,
                [CONTROL_HEADINGS.heading(key, lang) for key in CONTROL_HEADINGS.keys],
                rows,
                ("name",),
                name,
            )
            archive.writestr(f"{len(kinds) + 1}. {name}.xlsx", buffer.getvalue())
        file.seek(0)
        return send_file(file, request.env._("opening templates") + ".zip", "application/zip")

    @route("/mlm/opening/<int:import_id>/problems", type="http", auth="user", readonly=True)
    def opening_problems(self, import_id, **kwargs):
        """Every bad line of an opening, as a workbook."""
        record = request.env["mlm.opening.import"].browse(import_id)
        try:
            record.check_access("read")
            problems = record.problem_ids
            severities = dict(problems._fields["severity"]._description_selection(request.env))
            rows = [
                [
                    one.file_id.display_name or "",
                    str(one.line or ""),
                    one.column_label or "",
                    one.value or "",
                    severities[one.severity],
                    one.message,
                ]
                for one in problems
            ]
        except (AccessError, MissingError):
            raise request.not_found() from None
        _ = request.env._
        headings = [_("File"), _("Line"), _("Column"), _("Value"), _("Severity"), _("What to Do")]
        file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        writer.write_xlsx(file, headings, rows, ("", "", "", "", "", "name"), _("Bad Lines"))
        file.seek(0)
        return send_file(file, _("bad lines") + ".xlsx", XLSX)

    def _get_kinds(self):
        """Return ``{kind: label}``; only for whoever may import."""
        if not request.env.user.has_group("mlm_base.group_manager"):
            raise request.not_found()
        kind = request.env["mlm.opening.file"]._fields["kind"]
        return dict(kind._description_selection(request.env))

    def _get_figures(self, kind, lang):
        loader = request.env[f"mlm.opening.loader.{kind}"]
        figures = [loader._headings.heading(key, lang) for key in loader._figures]
        return [request.env._("Lines"), *figures]

    def _write_template(self, target, kind, label):
        loader = request.env[f"mlm.opening.loader.{kind}"]
        headings = loader._headings
        example = loader._get_example()
        writer.write_xlsx(
            target,
            [headings.heading(key, request.env.lang) for key in headings.keys],
            [[example.get(key, "") for key in headings.keys]],
            headings.keys,
            label,
        )
