# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Orders, invoices and payments, many at a time."""

from odoo.fields import Command

from odoo.addons.mlm_base.internal import as_internal

from ..moment import keep_date
from .catalogue import BARE_PRICE_E4, bare_key

#: Documents of one batch: large enough to be fast, small enough for progress.
BATCH = 60


def play(session, sales):
    """Sell: order → confirm → invoice → post → pay, each on its day, by each company."""
    for code, shop in session.shops.items():
        own = [sale for sale in sales if sale.company == code]
        if not own:
            continue
        orders = confirm(shop, own)
        invoices = invoice(shop, orders, [sale.paid for sale in own])
        pay(shop, invoices)
        for sale, order, move in zip(own, orders, invoices, strict=True):
            session.orders[sale.id] = order
            session.invoices[sale.id] = move


def quote(session, sales):
    """Create one quotation per sale."""
    return session.env["sale.order"].create([_order_values(session, sale) for sale in sales])


def confirm(session, sales):
    """Create and confirm one order per sale."""
    orders = quote(session, sales)
    keep_date(orders).action_confirm()
    return orders


def _order_values(session, sale):
    buyer = session.members[sale.buyer]
    return {
        "partner_id": buyer.partner_id.id,
        "company_id": session.company.id,
        "pricelist_id": session.pricelists[sale.price_list].id,
        "date_order": session.utc(sale.paid),
        "client_order_ref": sale.id,
        "user_id": session.roles["support"].id if "support" in session.roles else False,
        "mlm_distributor_id": session.members[sale.credited].id,
        "order_line": [
            Command.create(
                {
                    "product_id": product_of(session, line).id,
                    "product_uom_qty": line.qty,
                    "price_unit": price_e4(line) / 10_000,
                    "sequence": number,
                }
            )
            for number, line in enumerate(sale.lines, 1)
        ],
    }


def product_of(session, line):
    if line.product is None:
        return session.bare[bare_key(line)]
    return session.products[line.product]


def price_e4(line):
    if line.product is None:
        return line.unit_price_e4 or BARE_PRICE_E4
    return line.unit_price_e4


def invoice(session, orders, moments):
    """One posted invoice per order, of these moments."""
    moves = orders._create_invoices(grouped=True)
    by_order = {move.invoice_line_ids.sale_line_ids.order_id: move for move in moves}
    moves = moves.union(*(by_order[order] for order in orders)).browse(
        [by_order[order].id for order in orders]
    )
    for move, moment in zip(moves, moments, strict=True):
        as_internal(move).write(
            {"invoice_date": session.day(moment), "mlm_played_at": session.utc(moment)}
        )
    moves._post(soft=False)
    return moves


def pay(session, moves, days=None):
    """Register one payment per invoice or credit note that owes something, on its day."""
    days = days or moves.mapped("invoice_date")
    due = [(move, day) for move, day in zip(moves, days, strict=True) if move.amount_residual]
    refunds = moves[:1].move_type == "out_refund"
    methods = (
        session.journal.outbound_payment_method_line_ids
        if refunds
        else session.journal.inbound_payment_method_line_ids
    )
    payments = session.env["account.payment"].create(
        [
            {
                "payment_type": "outbound" if refunds else "inbound",
                "partner_type": "customer",
                "partner_id": move.commercial_partner_id.id,
                "amount": move.amount_residual,
                "currency_id": move.currency_id.id,
                "date": day,
                "memo": move.name,
                "journal_id": session.journal.id,
                "payment_method_line_id": methods[:1].id,
                "company_id": session.company.id,
                "invoice_ids": [Command.set(move.ids)],
            }
            for move, day in due
        ]
    )
    payments.action_post()
    plan = []
    for (move, _day), payment in zip(due, payments, strict=True):
        lines = (move.line_ids | payment.move_id.line_ids).filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        )
        plan.append(lines)
    session.env["account.move.line"]._reconcile_plan(plan)
    return payments
