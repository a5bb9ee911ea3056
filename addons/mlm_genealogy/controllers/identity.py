from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request


def send_document(document, download=False):
    """Send a document that the user may read, and write the opening down.

    :param document: ``mlm.identity.document`` with a file; the caller has checked who opens it
    """
    document._log("opened")
    # sudo: the caller checked the access to the document, and the opening is on record
    stream = request.env["ir.binary"]._get_stream_from(
        document.sudo(), "file", filename_field="file_name"
    )
    response = stream.get_response(as_attachment=bool(download), immutable=False)
    response.headers["Cache-Control"] = "no-store"
    return response


class IdentityController(http.Controller):
    """The one way to the content of an identity document: each opening is on record."""

    # not readonly: the opening is written before the content leaves
    @http.route("/mlm/identity/<int:document_id>", type="http", auth="user", readonly=False)
    def open_document(self, document_id, download=False):
        document = request.env["mlm.identity.document"].browse(document_id).exists()
        try:
            document.check_access("read")
            document.distributor_id.check_access("read")
        except AccessError as error:
            raise request.not_found() from error
        if not document or not document.has_file:
            raise request.not_found()
        return send_document(document, download)
