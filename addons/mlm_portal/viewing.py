# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""The portal as somebody else sees it, read-only.

The user stays who they are: the session keeps the row of `mlm.access.log` that says who
looks at whom, so that no view goes on without its record. Nothing but the pages under
``/my/network`` takes that person's place, each time after asking for the rights of the
user. All other pages of the portal and the shop, and whatever changes something, are
refused until the view ends; the back office goes on, in the user's own name.
"""

from werkzeug.exceptions import abort

from odoo.exceptions import AccessError
from odoo.http import SAFE_HTTP_METHODS, request

KEY = "mlm_viewing"
START = "/my/network"
END = "/my/network/view/end"
#: the texts of the scripts on each page
_PIECES = ("/website/translations",)
#: a view that was forgotten ends by itself
HOURS = 1


def begin(log):
    """Show the portal from now on in this session as a row of `mlm.access.log` says."""
    request.session[KEY] = log.id


def end():
    """Return the id of the row of the log, or None."""
    return request.session.pop(KEY, None)


def is_guarded(rule):
    """Whether a route is one of the portal, the shop or the website, while a view goes on.

    Routes that have no user (``auth="none"``) belong to nobody.
    """
    routing = rule.endpoint.routing
    return (
        KEY in request.session
        and routing["auth"] != "none"
        and rule.rule != END
        and bool(routing.get("website") or rule.rule == "/my" or rule.rule.startswith("/my/"))
    )


def is_harmless(rule, method):
    """Whether a view may ask for a route: a page of the network with its texts, or data
    that only reads."""
    routing = rule.endpoint.routing
    if rule.rule in _PIECES:
        return method in SAFE_HTTP_METHODS
    if rule.rule != START and not rule.rule.startswith(f"{START}/"):
        return False
    if routing["type"] == "http":
        return method in SAFE_HTTP_METHODS
    return routing["type"] == "jsonrpc" and routing["readonly"] is True


def guard(rule):
    """Let a request through as the person who is looked at, with a database that refuses
    every change, or refuse it.

    :raise HTTPException: a page that says so
    :raise AccessError: the same for data
    """
    viewed = request.env["mlm.distributor"]._get_viewed(request.session[KEY])
    if not viewed:
        end()
        refuse(rule, None)
    if not is_harmless(rule, request.httprequest.method):
        refuse(rule, viewed)
    request.mlm_viewed = viewed
    request.update_context(allowed_company_ids=viewed.company_id.ids)
    request.env.cr.execute("SET TRANSACTION READ ONLY")


def get_message():
    return request.env._(
        "You are viewing the portal as somebody else, so nothing can be changed. End the view first."
    )


def refuse(rule, viewed):
    """Answer that this is not for a view.

    :param viewed: `mlm.distributor`, or None if the view is over
    """
    if not (rule.endpoint.routing["type"] == "http" and rule.endpoint.routing.get("website")):
        # data and files have no page around them
        raise AccessError(get_message())
    response = request.render(
        "mlm_portal.viewing_refused",
        {
            "viewed": {"name": viewed.partner_id.name, "code": viewed.code} if viewed else None,
            "page_name": "mlm_view",
        },
    )
    response.flatten()
    response.status_code = 403
    abort(response)
