"""A published version that a run used is active from now on."""


def migrate(cr, version):
    cr.execute(
        """UPDATE mlm_plan_version v SET state = 'active'
            WHERE v.state = 'published'
              AND EXISTS (SELECT 1 FROM mlm_run r WHERE r.version_id = v.id)"""
    )
    # who wrote it is not known: the last who touched it
    cr.execute(
        """UPDATE mlm_plan_version SET author_id = coalesce(write_uid, create_uid)
            WHERE author_id IS NULL"""
    )
