# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from urllib.parse import quote
from uuid import uuid4

from odoo.exceptions import UserError
from odoo.http import request, route

from odoo.addons.mlm_base.documents.qr import qr_svg

from ..models.application.mlm_form_limit import TooOften
from ..models.application.mlm_referral import REFERRAL_URL
from .network import NetworkPortal

_URL = "/my/network/enrol"


class NetworkEnrol(NetworkPortal):
    """A distributor enrols somebody, and finds the own referral link."""

    @route(_URL, type="http", auth="user", website=True, methods=["GET", "POST"])
    def network_enrol(self, sent="", **post):
        """The form, the link, and what became of earlier applications."""
        # sudo record, but the reader's own enrolment only: whoever the form names as
        # sponsor, it is the reader
        distributor = self._network_distributor()
        values = {"page_name": "mlm_enrol"}
        if not distributor:
            return self._network_render("mlm_portal.enrol", distributor, **values)
        applications = request.env["mlm.application"]
        error = ""
        if request.httprequest.method == "POST":
            ip = request.httprequest.remote_addr
            try:
                found, error = applications._take(distributor, post, "portal", ip)
            except TooOften as too_often:
                error = too_often.args[0]
            if not error:
                return request.redirect(f"{_URL}?sent={found.id or 'now'}")
        host = request.httprequest.host_url.rstrip("/")
        link = f"{host}{REFERRAL_URL}/{quote(distributor.code, safe='')}"
        listed = applications._list_of(distributor)
        values.update(
            can_refer=distributor._can_refer(),
            form=applications._get_form(applications._get_joined_company(distributor)),
            applications=listed,
            sent=next((one for one in listed if str(one["id"]) == sent), None),
            was_sent=sent,
            by_mail=applications._can_mail(),
            post=post,
            error=error,
            submission=post.get("submission") or uuid4().hex,
            placed=bool(distributor.position_ids),
            link=link,
            qr=qr_svg(link, request.env._("QR code of your referral link")),
        )
        return self._network_render("mlm_portal.enrol", distributor, **values)

    @route(f"{_URL}/<int:application_id>", type="http", auth="user", website=True, methods=["POST"])
    def network_enrol_confirm(self, application_id, what="", **post):
        """The sponsor confirms somebody who came by the own link, or has the e-mail sent again."""
        # sudo: under the reader's own enrolment only, which the method checks
        application = request.env["mlm.application"].sudo().browse(application_id).exists()
        try:
            application._sponsor_decides(self._network_distributor(), what)
        except UserError:
            return request.redirect(f"{_URL}?sent=refused")
        return request.redirect(f"{_URL}?sent={application_id if what == 'confirm' else 'again'}")
