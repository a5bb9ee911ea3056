"""What becomes of the earnings follows from the state that people already have."""


def migrate(cr, version):
    cr.execute("ALTER TABLE mlm_distributor ADD COLUMN IF NOT EXISTS treatment varchar")
    cr.execute(
        """UPDATE mlm_distributor
              SET treatment = CASE state WHEN 'active' THEN 'earn' ELSE 'compress' END
            WHERE treatment IS NULL"""
    )
