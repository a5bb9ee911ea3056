def migrate(cr, version):
    """Packages get a company: the one that has cycles, or none where several shared them.

    The column is made here, because Odoo would fill it with the company of whoever upgrades.
    """
    cr.execute("ALTER TABLE mlm_package ADD COLUMN IF NOT EXISTS company_id int4")
    cr.execute("ALTER TABLE mlm_package DROP CONSTRAINT IF EXISTS mlm_package_code_uniq")
    cr.execute(
        """UPDATE mlm_package
              SET company_id = (SELECT min(company_id) FROM mlm_period)
            WHERE 1 = (SELECT count(DISTINCT company_id) FROM mlm_period)"""
    )
