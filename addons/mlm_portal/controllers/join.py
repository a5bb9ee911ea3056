# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from uuid import uuid4

from odoo.http import Controller, request, route

from ..models.application.mlm_form_limit import TooOften
from ..models.application.mlm_referral import REFERRAL_URL

COOKIE = "mlm_referral"
_URL = "/mlm/join"


class Join(Controller):
    """The way in for a visitor: a link that names the sponsor, and a form."""

    @route(
        [REFERRAL_URL, f"{REFERRAL_URL}/<string:code>"],
        type="http",
        auth="public",
        website=True,
        sitemap=False,
    )
    def referral(self, code="", **kwargs):
        """Remember by whose link the visitor came."""
        try:
            # sudo: the limits of the company
            request.env["mlm.form.limit"]._ensure_lookup(
                request.env.company.sudo(), request.httprequest.remote_addr
            )
        except TooOften:
            # the same whether the code is good or not
            return self._render("mlm_portal.join_too_often", status=429)
        referrer = request.env["mlm.distributor"]._find_referrer(code.strip())
        if not referrer:
            # the same page whether nobody has the code or somebody who left
            return self._render("mlm_portal.referral_unknown", status=404)
        response = request.redirect(_URL)
        response.set_cookie(
            COOKIE,
            referrer._get_referral_token(),
            max_age=24 * 3600 * referrer.company_id.mlm_referral_days,
            httponly=True,
            samesite="Lax",
            secure=request.httprequest.scheme == "https",
        )
        return response

    @route(_URL, type="http", auth="public", website=True, methods=["GET", "POST"], sitemap=False)
    def join(self, **post):
        """The form of whoever wants to join."""
        people = request.env["mlm.distributor"]
        referrer = people._from_referral_token(request.cookies.get(COOKIE))
        if not referrer:
            return self._render("mlm_portal.referral_missing")
        applications = request.env["mlm.application"]
        form = applications._get_form(applications._get_joined_company(referrer))
        error = ""
        if form and request.httprequest.method == "POST":
            if post.get("website"):
                # no person sees that field: a program filled it, and is told nothing
                return request.redirect(f"{_URL}/thanks")
            ip = request.httprequest.remote_addr
            try:
                __, error = applications._take(referrer, post, "referral", ip)
            except TooOften:
                return self._render("mlm_portal.join_too_often", status=429)
            if not error:
                return request.redirect(f"{_URL}/thanks")
        return self._render(
            "mlm_portal.join",
            referrer=referrer._get_public_name(),
            form=form,
            post=post,
            error=error,
            submission=post.get("submission") or uuid4().hex,
        )

    @route(f"{_URL}/thanks", type="http", auth="public", website=True, sitemap=False)
    def thanks(self, **kwargs):
        """The same words for everybody, whoever is known already."""
        # sudo: a setting of the company
        company = request.env.company.sudo()
        by_mail = company.mlm_application_confirm and request.env["mlm.application"]._can_mail()
        return self._render("mlm_portal.join_thanks", by_mail=by_mail)

    @route(
        "/mlm/confirm/<string:token>",
        type="http",
        auth="public",
        website=True,
        methods=["GET", "POST"],
        sitemap=False,
    )
    def confirm(self, token, **post):
        """The link of the e-mail: shows a button, since programs that check mail open links."""
        # sudo record: the signed link says that it is the person whom the message went to
        application = request.env["mlm.application"]._from_confirmation(token)
        if not application:
            # the same page whether it is forged, too old or used
            return self._render("mlm_portal.confirm_unknown", status=404)
        if request.httprequest.method != "POST":
            return self._render("mlm_portal.confirm", token=token, name=application.name)
        application._confirm("person")
        return self._render("mlm_portal.confirmed", code=application.distributor_id.code or "")

    def _render(self, template, status=200, **values):
        # sudo: visitors read the name of the company that they join
        company = request.env.company.sudo()
        response = request.render(template, {**values, "company_name": company.name})
        response.status_code = status
        # a page with somebody's own data or referral is nobody else's
        response.headers["Cache-Control"] = "no-store"
        return response
