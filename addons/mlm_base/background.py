# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
"""Work in the background: tried again after collisions, failures kept for people."""

import contextlib
import logging

from odoo.exceptions import UserError
from odoo.modules import module
from odoo.service.model import retrying

_logger = logging.getLogger(__name__)

#: the `Keeper` of this process where it is a worker of its own (see `worker/`), else None
keeper = None


def is_together():
    """Whether work is done here: this is its own process already, or a test in one transaction."""
    return keeper is not None or bool(module.current_test)


@contextlib.contextmanager
def own_cursor(env):
    """A cursor in a transaction of its own that sees what others have just committed, and waits
    for rows that they hold. A test has one transaction for all.
    """
    with env.registry.cursor() as cr:
        if not module.current_test:
            cr.execute("SET TRANSACTION ISOLATION LEVEL READ COMMITTED")
        yield cr


def attempt(record, work, again=True):
    """Do ``work`` for a record, again when it met another transaction.

    Work that commits its own parts tries them again itself (``again=False``). What goes
    wrong is undone and told to ``record._keep_failure(text)``: a ``UserError`` by its own
    words, anything else by its name, and in the log. The same is told by others when the
    process of the work dies (`mlm.job`).
    """
    with keeper.at_work(record) if keeper else contextlib.nullcontext():
        try:
            if again:
                retrying(work, record.env)
            else:
                work()
        except UserError as error:
            record.env.cr.rollback()
            record._keep_failure(str(error.args[0]))
        except Exception as error:
            record.env.cr.rollback()
            _logger.exception("%s failed", record.display_name)
            record._keep_failure(repr(error))
