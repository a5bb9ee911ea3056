# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.exceptions import UserError
from odoo.http import Controller, content_disposition, request, route

from ..models.certificate.mlm_co_certificate_public import URL


def send_certificate(certificate):
    """Send the document of a certificate.

    :param certificate: with sudo; the caller has checked who asks
    """
    content = certificate._get_pdf()
    headers = [
        ("Content-Type", "application/pdf"),
        ("Content-Length", len(content)),
        ("Content-Disposition", content_disposition(certificate._get_file_name())),
        ("Cache-Control", "no-store"),
    ]
    return request.make_response(content, headers)


class CertificateController(Controller):
    # not readonly: the document is kept when it is made
    @route("/mlm/co/certificate/<int:certificate_id>", type="http", auth="user", readonly=False)
    def certificate_pdf(self, certificate_id, **kwargs):
        """The document of a certificate that the user may read."""
        certificate = request.env["mlm.co.certificate"].browse(certificate_id).exists()
        if not certificate or not certificate.has_access("read"):
            raise request.not_found()
        # sudo: the right to read it was checked; the document is the system's
        return send_certificate(certificate.sudo())

    @route(f"{URL}/<string:code>", type="http", auth="public", website=True, sitemap=False)
    def certificate_public(self, code, **kwargs):
        """Whether a certificate is valid, for whoever has it in hand."""
        certificates = request.env["mlm.co.certificate"]
        shown, status = certificates._get_public(code), 200
        too_often = False
        if not shown:
            status = 404
            try:
                certificates._ensure_lookup(request.httprequest.remote_addr)
            except UserError:
                too_often, status = True, 429
        response = request.render(
            "l10n_co_mlm.certificate_public", {"shown": shown, "too_often": too_often}
        )
        response.status_code = status
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Robots-Tag"] = "noindex, nofollow"
        return response
