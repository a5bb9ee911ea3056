# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Documents of daily life that bring no volume: unpaid, cancelled, only quoted."""

from ..company.build import CANCELLED, QUOTATION, UNPAID
from . import sales, settlement


def play(session, what, sale):
    if what == UNPAID:
        orders = sales.confirm(session, [sale])
        sales.invoice(session, orders, [sale.paid])
    elif what == QUOTATION:
        sales.quote(session, [sale])
    elif what == CANCELLED:
        _cancelled(session, sale)


def _cancelled(session, sale):
    """Paid, counted, then the payment bounces and the invoice is cancelled."""
    sales.play(session, [sale])
    settlement.capture(session)
    invoice, order = session.invoices[sale.id], session.orders[sale.id]
    payment = invoice.matched_payment_ids
    payment.action_draft()
    payment.action_cancel()
    invoice.button_draft()
    invoice.button_cancel()
    order._action_cancel()
    settlement.capture(session)
