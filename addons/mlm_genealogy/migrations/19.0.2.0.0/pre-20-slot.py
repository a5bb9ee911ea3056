"""The spots that people have already get a number: 1 is left, 2 is right, 0 the head."""

SLOT = "CASE leg WHEN 'left' THEN 1 WHEN 'right' THEN 2 ELSE 0 END"


def migrate(cr, version):
    cr.execute(
        """ALTER TABLE mlm_position
             ADD COLUMN IF NOT EXISTS slot int4 NOT NULL DEFAULT 0,
             ADD COLUMN IF NOT EXISTS state varchar NOT NULL DEFAULT 'open'"""
    )
    cr.execute(
        "ALTER TABLE mlm_position ALTER COLUMN slot DROP DEFAULT, ALTER COLUMN state DROP DEFAULT"
    )
    cr.execute(f"UPDATE mlm_position SET slot = {SLOT} WHERE slot = 0 AND leg IS NOT NULL")
    cr.execute("ALTER TABLE mlm_link ADD COLUMN IF NOT EXISTS slot int4")
    # the guard lets a link be superseded only; this fills a column that was not there
    cr.execute("ALTER TABLE mlm_link DISABLE TRIGGER mlm_link_guard")
    cr.execute(
        f"UPDATE mlm_link SET slot = {SLOT} WHERE slot IS NULL AND parent_position_id IS NOT NULL"
    )
    cr.execute("ALTER TABLE mlm_link ENABLE ALWAYS TRIGGER mlm_link_guard")
    # nobody has more positions than the tree allows
    cr.execute("ALTER TABLE mlm_tree ADD COLUMN IF NOT EXISTS max_positions int4")
    cr.execute(
        """UPDATE mlm_tree
              SET max_positions = COALESCE((
                  SELECT max(held) FROM (
                      SELECT count(*) AS held FROM mlm_position
                       WHERE tree_id = mlm_tree.id GROUP BY distributor_id) holder), 1)
            WHERE max_positions IS NULL"""
    )
