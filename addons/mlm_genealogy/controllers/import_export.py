import tempfile
from datetime import timedelta

from odoo import fields
from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, request, route

from odoo.addons.mlm_base.importing import writer

from ..importing import columns
from .downline import XLSX, send_file

_CSV = "text/csv; charset=utf-8"
#: how long after it was asked for, a file of everybody can be downloaded
_VALID = timedelta(minutes=10)


def send_problems(record):
    """Every bad line of an import that the user may read, as a workbook.

    :param record: of a model that inherits `mlm.file.import`
    """
    _ = request.env._
    headings = [_("Line"), _("Column"), _("Value"), _("Severity"), _("What to Do")]
    problems = record.problem_ids
    severities = dict(problems._fields["severity"]._description_selection(request.env))
    rows = (
        [str(one.line), one.column_label, one.value, severities[one.severity], one.message]
        for one in problems
    )
    file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
    writer.write_xlsx(file, headings, rows, ("", "", "", "", "name"), title=_("Bad Lines"))
    return send_table(file, _("bad lines"), "xlsx")


def send_table(file, name, kind):
    """Send a table that was written, and close it.

    :param str kind: "xlsx" or "csv"
    """
    file.seek(0)
    return send_file(file, f"{name}.{kind}", _CSV if kind == "csv" else XLSX)


class ImportExportController(Controller):
    @route("/mlm/import/template", type="http", auth="user", readonly=True)
    def import_template(self, **kwargs):
        """An empty workbook with the headings of an import, in the user's language."""
        self._require_manager()
        headings = request.env["mlm.distributor"]._export_headings()
        file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        writer.write_xlsx(file, headings, [], columns.KEYS, request.env._("Distributors"))
        return send_table(file, request.env._("distributors template"), "xlsx")

    @route("/mlm/import/<int:import_id>/problems", type="http", auth="user", readonly=True)
    def import_problems(self, import_id, **kwargs):
        """Every bad line of an import, as a workbook."""
        record = request.env["mlm.import"].browse(import_id)
        try:
            record.check_access("read")
        except (AccessError, MissingError):
            raise request.not_found() from None
        return send_problems(record)

    @route("/mlm/export/<int:log_id>", type="http", auth="user", readonly=True)
    def export(self, log_id, **kwargs):
        """The file that the user has just asked for, with what the log says about it."""
        self._require_manager()
        # sudo: compared with the user; the log itself is the auditor's to read
        log = request.env["mlm.export.log"].sudo().browse(log_id).exists()
        if (
            not log
            or log.author_id != request.env.user
            or log.company_id not in request.env.user.company_ids
            or log.recorded_at < fields.Datetime.now() - _VALID
        ):
            raise request.not_found()
        Distributor = request.env["mlm.distributor"]
        headings = Distributor._export_headings()
        rows = Distributor._get_export_rows(log.company_id, log.tree_id)
        file = tempfile.TemporaryFile()  # noqa: SIM115 the response closes it
        if log.kind == "csv":
            writer.write_csv(file, headings, rows)
        else:
            writer.write_xlsx(file, headings, rows, columns.KEYS, request.env._("Distributors"))
        return send_table(file, request.env._("distributors"), log.kind)

    def _require_manager(self):
        if not request.env.user.has_group("mlm_base.group_manager"):
            raise request.not_found()
