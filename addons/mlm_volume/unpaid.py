# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Which documents wait for the money of a buyer."""

INVOICE, ORDER = "account.move", "sale.order"
#: domains of what waits for money: invoices, and orders without one
UNPAID = {
    INVOICE: [
        ("move_type", "=", "out_invoice"),
        ("state", "=", "posted"),
        ("payment_state", "in", ("not_paid", "partial")),
    ],
    ORDER: [
        ("state", "=", "sale"),
        ("invoice_status", "=", "to invoice"),
        ("invoice_ids", "=", False),
    ],
}
#: the field that says how much is still to be paid
DUE = {INVOICE: "amount_residual", ORDER: "amount_total"}


def get_due(document):
    return document[DUE[document._name]]


def find_unpaid(env, domain, amounts=None, **options):
    """Return a list of the unpaid invoices, then of the orders without one, of a domain.

    :param domain: of fields that invoices and orders share
    :param amounts: only those of which so much is still to be paid
    :param options: ``order`` and ``limit`` of the search of each
    """
    found = []
    for model, unpaid in UNPAID.items():
        wanted = [] if amounts is None else [(DUE[model], "in", list(amounts))]
        found += env[model].search([*domain, *unpaid, *wanted], **options)
    return found
