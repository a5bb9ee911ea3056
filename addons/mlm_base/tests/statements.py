# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from contextlib import contextmanager
from unittest.mock import patch

from odoo.sql_db import Cursor
from odoo.tools import SQL


@contextmanager
def recorded():
    """Yield a list that takes the text of every SQL statement of this process meanwhile."""
    said, execute = [], Cursor.execute

    def record(cursor, query, *args, **kwargs):
        said.append(query.code if isinstance(query, SQL) else query)
        return execute(cursor, query, *args, **kwargs)

    with patch.object(Cursor, "execute", record):
        yield said
