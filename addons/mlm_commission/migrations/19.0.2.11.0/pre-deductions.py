# Copyright 2026 MLM back office contributors
# License AGPL-3.0 or later (https://www.gnu.org/licenses/agpl).


def migrate(cr, version):
    """Columns of append-only tables come by DDL, which their triggers let pass."""
    for table, column, kind in (
        ("mlm_statement_deduction", "basis", "jsonb"),
        ("mlm_statement_deduction", "tax_repartition_line_id", "int4"),
        ("mlm_adjustment_deduction", "basis", "jsonb"),
    ):
        cr.execute(f"ALTER TABLE IF EXISTS {table} ADD COLUMN IF NOT EXISTS {column} {kind}")
