"""Who waits in the holding tank is written down, so that a page of it reads a page."""


def migrate(cr, version):
    cr.execute("ALTER TABLE mlm_distributor ADD COLUMN IF NOT EXISTS holding_since timestamp")
    cr.execute(
        """UPDATE mlm_distributor SET holding_since = joined_at
            WHERE holding_since IS NULL AND kind != 'customer' AND state != 'terminated'
              AND NOT EXISTS (SELECT FROM mlm_position spot
                               WHERE spot.distributor_id = mlm_distributor.id)"""
    )
