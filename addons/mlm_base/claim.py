# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""One person at a time, without a lock on the row that everybody else reads and refers to."""

from odoo.tools import SQL


def claim(record, purpose):
    """Claim a record for a purpose until the end of the transaction.

    :param str purpose: others ask for the same one
    :return: bool, False when another transaction has it
    """
    query = SQL("SELECT pg_try_advisory_xact_lock(%s)", _key(record, purpose))
    return record.env.execute_query(query)[0][0]


def wait_for(cr, record, purpose):
    """Wait, in a transaction of its own, until whoever has claimed a record is done."""
    cr.execute(SQL("SELECT pg_advisory_xact_lock(%s)", _key(record, purpose)))


def _key(record, purpose):
    return SQL("hashtext(%s), %s", f"{record._name} {purpose}", record.id)
