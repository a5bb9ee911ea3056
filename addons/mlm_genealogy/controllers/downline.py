from werkzeug.wsgi import wrap_file

from odoo.exceptions import AccessError, MissingError
from odoo.http import Controller, Response, content_disposition, request, route

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def send_file(file, name, mimetype):
    """Return a response that sends an open file piece by piece, and closes it."""
    response = Response(
        wrap_file(request.httprequest.environ, file),
        mimetype=mimetype,
        direct_passthrough=True,
        headers={"Content-Disposition": content_disposition(name)},
    )
    response.call_on_close(file.close)
    return response


class DownlineController(Controller):
    @route("/mlm/downline/<int:wizard_id>.<string:kind>", type="http", auth="user")
    def downline_file(self, wizard_id, kind, **kwargs):
        """The report that one's own wizard asks for, as a file."""
        wizard = request.env["mlm.downline.wizard"].browse(wizard_id)
        if kind not in ("xlsx", "pdf"):
            raise request.not_found()
        try:
            # of a transient record the creator alone may read it
            wizard.check_access("read")
            question = wizard._get_question()
        except (AccessError, MissingError):
            raise request.not_found() from None
        report = request.env["mlm.downline.report"]
        name = report._get_file_name(question, kind)
        if kind == "pdf":
            return request.make_response(
                report._get_pdf(question),
                [
                    ("Content-Type", "application/pdf"),
                    ("Content-Disposition", content_disposition(name)),
                ],
            )
        return send_file(report._write_xlsx(question), name, XLSX)
