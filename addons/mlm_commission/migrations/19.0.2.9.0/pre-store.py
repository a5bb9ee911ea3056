# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).
import re

STORES = ("mlm_earning_store", "mlm_measure_store")


def migrate(cr, version):
    """Rows of runs get a narrower form. The old tables step aside under another name; the new
    ones are made with the models and filled after that (`post-store.py`)."""
    # changes of amounts keep their form but for the run, which the id says
    cr.execute("DROP VIEW IF EXISTS mlm_run_change, mlm_earning, mlm_measure CASCADE")
    cr.execute("ALTER TABLE IF EXISTS mlm_run_change_store DROP COLUMN IF EXISTS run_id")
    for store in STORES:
        cr.execute(
            """SELECT relname FROM pg_class
                WHERE relname ~ %s AND relkind IN ('r', 'p')
                  AND relnamespace = current_schema::regnamespace""",
            [f"^{store}(_[0-9]+)?$"],
        )
        for (name,) in cr.fetchall():
            before = re.sub("_store", "_before", name, count=1)
            cr.execute(f'ALTER TABLE "{name}" RENAME TO "{before}"')
