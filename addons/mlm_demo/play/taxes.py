# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What the demo company withholds by the law of Colombia, and what it knows of its people."""

import base64
from datetime import date

from dateutil.relativedelta import relativedelta

from ..company.taxes import BOGOTA, PROFILES, WAITING

_BEGIN = date(2026, 1, 1)
#: what a row of the law says that no resolution stands behind
INVENTED = "Dato de demostración, no es de una resolución: por confirmar"


def prepare(session, last):
    """The company withholds ICA in Bogotá, and every year up to a day has its UVT.

    :param date last: last day that entries are dated
    """
    ensure_uvt(session.env, last)
    session.env["mlm.co.ica.agent"].create(
        {
            "company_id": session.company.id,
            "municipality_id": _listed(session, "mlm.co.municipality", BOGOTA).id,
            "agent": True,
            "date_from": _BEGIN,
            "norm": INVENTED,
            "to_confirm": True,
        }
    )


def ensure_uvt(env, last):
    """Give the years after the last known one its value, marked as what it is: a demo made in a
    year whose UVT is not shipped has to post."""
    known = env["mlm.co.uvt"].search([], order="year desc", limit=1)
    known.create(
        [
            {"year": year, "value": known.value, "norm": INVENTED, "to_confirm": True}
            for year in range(known.year + 1, last.year + 1)
        ]
    )


def know(session, cast):
    """Tax profiles of a handful: the accountant confirms those of `PROFILES`.

    :param cast: ``{key of the cast: distributor}``
    """
    profiles = _enter(session, cast, PROFILES)
    profiles.with_user(session.roles["accountant"]).sudo(False).action_confirm()
    _enter(session, cast, WAITING)


def _enter(session, cast, told):
    rows = []
    for key, (place, activity, facts) in told.items():
        rows.append(
            {
                "partner_id": cast[key].partner_id.id,
                "company_id": session.company.id,
                "date_from": _BEGIN,
                "municipality_id": place and _listed(session, "mlm.co.municipality", place).id,
                "activity_id": activity and _listed(session, "mlm.co.activity", activity).id,
                **facts,
            }
        )
    profiles = session.env["mlm.co.profile"]
    return profiles.with_user(session.roles["support"]).sudo(False).create(rows)


def certify(session):
    """Issue the certificates of each year in which something was posted."""
    moves = session.env["mlm.statement"].search([("company_id", "=", session.company.id)]).move_id
    issues = session.env["mlm.co.certificate.issue"]
    asked = issues.with_user(session.roles["accountant"]).sudo(False)
    for year in sorted({move.date.year for move in moves}):
        issue = asked.create({"company_id": session.company.id, "year": year})
        issue.action_issue()
        if issue.state == "queued":  # much is otherwise left to the background
            # sudo: the accountant asked for it above; this is the work of the background
            issue.sudo()._issue()


def file(session, today):
    """Note the return of the month before last as filed, if something was withheld in it."""
    first = today + relativedelta(months=-2, day=1)
    last = first + relativedelta(day=31)
    posted = [
        ("company_id", "=", session.company.id),
        ("move_id.date", ">=", first),
        ("move_id.date", "<=", last),
    ]
    if session.env["mlm.statement"].search_count(posted, limit=1):
        filings = session.env["mlm.co.filing"].with_user(session.roles["accountant"]).sudo(False)
        filings.create(
            {
                "company_id": session.company.id,
                "date_from": first,
                "date_to": last,
                "filed_on": first + relativedelta(months=1, day=12),
                "number": f"DEMO-350-{first:%Y-%m}",
            }
        )


def ask_back(session, person):
    """Somebody whose municipality was not known asks for the ICA of Bogotá back."""
    lines = session.env["mlm.statement.deduction"].search(
        [("statement_id.distributor_id", "=", person.id), ("code", "=", "reteica")]
    )
    line = lines.sorted("id")[-1:]
    item = line.statement_id.move_id.line_ids.filtered(
        lambda one: one.account_id == line.account_id and one.partner_id == person.partner_id
    )
    session.env["mlm.co.excess"].with_user(session.roles["accountant"]).sudo(False).create(
        {
            "distributor_id": person.id,
            "item_id": item.id,
            "amount_input": -item.balance,
            "requested_on": session.env["mlm.period"]._today(session.network),
            "document": base64.b64encode(b"%PDF-1.4\n%%EOF\n"),
            "document_name": "Solicitud.pdf",
            "reason": "Vive y vende en Cali, según el RUT que envió después del pago.",
        }
    )


def _listed(session, model, code):
    return session.env[model].search([("code", "=", code)])
