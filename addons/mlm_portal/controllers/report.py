# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from werkzeug.urls import url_encode

from odoo.exceptions import UserError
from odoo.http import content_disposition, request, route

from odoo.addons.mlm_base.internal import as_internal
from odoo.addons.mlm_genealogy.controllers.downline import XLSX, send_file
from odoo.addons.portal.controllers.portal import pager as portal_pager

from ..models.team.mlm_portal_report import PAGE
from .network import NetworkPortal

_URL = "/my/network/report"


class NetworkReport(NetworkPortal):
    @route(
        [_URL, f"{_URL}/page/<int:page>"],
        type="http",
        auth="user",
        website=True,
        readonly=True,
    )
    def network_report(self, page=1, **params):
        """The reader's own downline: totals, a chart, people, and the files."""
        # sudo record, but the reader's own enrolment only; the report starts from it
        distributor = self._network_member()
        values = {"page_name": "mlm_report"}
        if distributor:
            reports = distributor.env["mlm.portal.report"]
            asked = reports._clean(params)
            found = reports._get(distributor, asked, page)
            query = {name: value for name, value in asked.items() if value}
            values.update(
                report=found,
                asked=asked,
                today=distributor.env["mlm.period"]._today(distributor.network_id),
                query=url_encode(query),
                too_many=params.get("too_many"),
                shares_name=distributor.shares_name,
                all_named=distributor.company_id.mlm_portal_names == "downline",
                pager=portal_pager(
                    url=_URL, url_args=query, total=found["people"], page=page, step=PAGE
                ),
            )
        return self._network_render("mlm_portal.report", distributor, **values)

    @route(f"{_URL}.<string:kind>", type="http", auth="user", website=True, readonly=True)
    def network_report_file(self, kind, **params):
        """The same as a file."""
        distributor = self._network_member()
        if not distributor or kind not in ("xlsx", "pdf"):
            raise request.not_found()
        reports = distributor.env["mlm.portal.report"]
        asked = reports._clean(params)
        if kind == "xlsx":
            name, file = reports._write_xlsx(distributor, asked)
            return send_file(file, name, XLSX)
        try:
            name, content = reports._get_pdf(distributor, asked)
        except UserError:
            query = {name: value for name, value in asked.items() if value}
            return request.redirect(f"{_URL}?{url_encode({**query, 'too_many': 1})}")
        return request.make_response(
            content,
            [
                ("Content-Type", "application/pdf"),
                ("Content-Disposition", content_disposition(name)),
            ],
        )

    @route(f"{_URL}/name", type="http", auth="user", website=True, methods=["POST"])
    def network_report_name(self, shares_name="", **kwargs):
        """The reader agrees to be named above, or withdraws it."""
        distributor = self._network_distributor()
        if not distributor:
            raise request.not_found()
        as_internal(distributor).write({"shares_name": shares_name == "1"})
        return request.redirect(f"{_URL}#mlm_consent")
