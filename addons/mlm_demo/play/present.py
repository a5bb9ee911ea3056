# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""What waits and what runs in the present week, so that nobody begins the day before empty lists."""

from datetime import timedelta

from odoo.fields import Command

from . import taxes

_LASTS = timedelta(days=27)
APPLICANT = {
    "name": "Mariana Castaño Rueda",
    "document_type": "cc",
    "vat": "1020304050",
    "email": "mariana@example.com",
    "phone": "3000000900",
    "city": "Medellín",
    "kind": "distributor",
}


def play(session, members, contracts):
    """A contest that runs, a correction and a refund of ICA to approve, somebody who wants to
    join, money that nobody has identified.

    :param members: ``{key of the cast: distributor}``
    :param contracts: the texts in force
    """
    _contest(session)
    _correction(session, members["andres"])
    taxes.ask_back(session, members["jorge"])
    _application(session, members["maria"], contracts)
    _deposits(session)


def _as_manager(session, model):
    return session.env[model].with_user(session.roles["manager"]).sudo(False)


def _contest(session):
    periods = session.env["mlm.period"]
    running = periods.search([("network_id", "=", session.network.id), ("state", "=", "open")])
    last = max(running.date_end, periods._today(session.network)) + _LASTS
    contest = _as_manager(session, "mlm.contest").create(
        {
            "name": "Reto de nuevos clientes",
            "company_id": session.company.id,
            "text": "Cuenta lo que compran sus clientes. Ganan los tres primeros.",
            "date_start": running.date_start - timedelta(days=21),
            "date_end": last,
            "measure": "customer_pv",
            "minimum": 20,
            "prize_ids": [
                Command.create({"place": place, "name": name, "given_as": given, "amount": amount})
                for place, name, given, amount in (
                    (1, "Viaje a Cartagena para dos personas", "trip", 3_200_000),
                    (2, "Bono de 500.000 pesos", "cash", 500_000),
                    (3, "Caja de café con Ganoderma", "goods", 180_000),
                )
            ],
        }
    )
    contest.action_start()


def _correction(session, member):
    _as_manager(session, "mlm.adjustment").create(
        {
            "distributor_id": member.id,
            "amount_input": 45_000,
            "reason": "Flete cobrado dos veces en un pedido de la semana pasada.",
        }
    )


def _application(session, sponsor, contracts):
    state = session.env.ref("base.state_co_01").id
    accepted = {f"contract_{text.id}": "on" for text in contracts}
    session.env["mlm.application"]._take(
        sponsor, {**APPLICANT, "state_id": state, **accepted}, "referral", None
    )


def _deposits(session):
    """Two lines of the bank: one names the unpaid invoice it pays, the other only a name."""
    session.journal.mlm_deposits = True
    unpaid = session.env["account.move"].search(
        [
            ("company_id", "=", session.company.id),
            ("move_type", "=", "out_invoice"),
            ("state", "=", "posted"),
            ("payment_state", "=", "not_paid"),
        ],
        order="invoice_date desc, id desc",
        limit=1,
    )
    session.env["account.bank.statement.line"].create(
        [
            {
                "journal_id": session.journal.id,
                "date": unpaid.invoice_date,
                "payment_ref": reference,
                "amount": amount,
            }
            for reference, amount in (
                (f"Consignación {unpaid.name}", unpaid.amount_residual),
                ("Consignación en efectivo, oficina Chapinero", 152_000),
            )
        ]
    )


def try_plan(session):
    """One more percent without a rank and as Bronze: a draft, and what it would have cost."""
    version = session.env["mlm.plan"]._version_at(session.network, session.env.cr.now().date())
    action = version.with_user(session.roles["manager"]).sudo(False).action_new_version()
    draft = _as_manager(session, "mlm.plan.version").browse(action["res_id"])
    # Bronze first: it is what the other one becomes
    text = draft.document.replace("pct: 11}", "pct: 12}")
    draft.document = text.replace("min: 0, pct: 10}", "min: 0, pct: 11}")
    what_if = _as_manager(session, "mlm.what.if").create(
        {"name": "Un punto más hasta Bronce", "version_id": draft.id}
    )
    what_if.action_compute()
