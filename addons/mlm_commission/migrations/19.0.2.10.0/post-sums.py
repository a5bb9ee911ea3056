# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
from odoo import SUPERUSER_ID, api

from odoo.addons.mlm_base.triggers import seal_table


def migrate(cr, version):
    """Add up the rows of the runs that are there."""
    env = api.Environment(cr, SUPERUSER_ID, {})
    sums = env["mlm.run.sum"]
    cr.execute(
        "SELECT relname FROM pg_class WHERE relname ~ '^mlm_earning_store_[0-9]+$'"
        " AND relkind = 'r' AND relnamespace = current_schema::regnamespace"
    )
    numbers = [int(name.rsplit("_", 1)[1]) for (name,) in cr.fetchall()]
    for run in env["mlm.run"].search([("number", "in", numbers)], order="number"):
        sums._keep(run)
        if run.state == "posted":
            seal_table(cr, sums._partition_name(run.number))
