# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request, route

from odoo.addons.l10n_co_mlm.controllers.certificate import send_certificate
from odoo.addons.mlm_portal.controllers.network import NetworkPortal

_URL = "/my/network/earnings/certificates"


class NetworkCertificates(NetworkPortal):
    """A distributor downloads the own withholding certificates."""

    @route(_URL, type="http", auth="user", website=True, readonly=True)
    def network_certificates(self, **kwargs):
        """All that are issued, by year."""
        # sudo record, but the reader's own enrolment only
        distributor = self._network_distributor()
        values = {"page_name": "mlm_certificates"}
        if distributor:
            values["years"] = request.env["mlm.co.certificate"]._list_own(distributor)
        return self._network_render("l10n_co_mlm_portal.certificates", distributor, **values)

    # not readonly: the document is kept when it is made
    @route(f"{_URL}/<int:certificate_id>", type="http", auth="user", website=True)
    def network_certificate(self, certificate_id, **kwargs):
        """The document of an own certificate."""
        distributor = self._network_distributor()
        certificates = request.env["mlm.co.certificate"]
        # checked before anything is read: issued, and to the reader
        own = distributor and certificates._own(distributor).filtered(
            lambda one: one.id == certificate_id
        )
        if not own:
            raise request.not_found()
        return send_certificate(own)
