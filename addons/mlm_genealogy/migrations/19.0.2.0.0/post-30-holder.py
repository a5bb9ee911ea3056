"""Whoever is enrolled holds the membership since the enrolment."""


def migrate(cr, version):
    cr.execute(
        """INSERT INTO mlm_holder (company_id, distributor_id, partner_id, role, event_id,
                                   valid_from, recorded_at)
           SELECT node.company_id, node.id, node.partner_id, 'holder', event.id,
                  node.joined_at, now() AT TIME ZONE 'UTC'
             FROM mlm_distributor node
             LEFT JOIN mlm_genealogy_event event
                    ON event.distributor_id = node.id AND event.kind = 'enrolled'
            WHERE NOT EXISTS (
                  SELECT FROM mlm_holder holder WHERE holder.distributor_id = node.id)"""
    )
