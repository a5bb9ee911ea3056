"""Runs computed until now are of the first version of the engine."""


def migrate(cr, version):
    cr.execute(
        """UPDATE mlm_run SET engine_version = 1
            WHERE coalesce(engine_version, 0) = 0 AND digest IS NOT NULL"""
    )
