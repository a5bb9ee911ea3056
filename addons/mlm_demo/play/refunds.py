# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Goods taken back: a credit note for the units, paid out the same day."""

from odoo.addons.mlm_base.internal import as_internal

from .sales import pay


def play(session, refund):
    """Credit the refunded units of a sale's invoice and pay them out."""
    invoice = session.invoices[refund.sale]
    shop = next(one for one in session.shops.values() if one.company == invoice.company_id)
    day = session.day(refund.at)
    credit = invoice._reverse_moves(
        [{"date": day, "invoice_date": day, "journal_id": invoice.journal_id.id}],
        cancel=False,
    )
    lines = credit.invoice_line_ids.filtered(lambda line: line.display_type == "product")
    for line, units in zip(lines.sorted("sequence"), refund.quantities, strict=True):
        if units:
            line.quantity = units
        else:
            line.unlink()
    as_internal(credit).write({"mlm_played_at": session.utc(refund.at)})
    credit._post(soft=False)
    pay(shop, credit)
    return credit
