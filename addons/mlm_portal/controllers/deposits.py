# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo.http import request, route

from ..models.deposit.mlm_portal_deposit import LARGEST
from .network import NetworkPortal

_URL = "/my/network/payments"


class NetworkDeposits(NetworkPortal):
    """A distributor sends the proof of a payment, and sees what became of earlier ones."""

    @route(_URL, type="http", auth="user", website=True, methods=["GET", "POST"])
    def network_payments(self, sent="", **post):
        # sudo record, but the reader's own enrolment only
        distributor = self._network_member()
        values = {"page_name": "mlm_payments"}
        if distributor:
            deposits = request.env["mlm.portal.deposit"]
            error = ""
            if request.httprequest.method == "POST":
                upload = post.get("file")
                content = upload.read(LARGEST + 1) if hasattr(upload, "read") else b""
                name = getattr(upload, "filename", "")
                error = deposits._take(distributor, post, content, name)
                if not error:
                    return request.redirect(f"{_URL}?sent=1")
            values.update(
                unpaid=deposits._get_unpaid(distributor),
                proofs=deposits._list_of(distributor),
                error=error,
                sent=sent,
                post=post,
            )
        return self._network_render("mlm_portal.payments", distributor, **values)
