"""Every link names the event that opened it: until now an enrolment or a placement."""


def migrate(cr, version):
    # the guard lets a link be superseded only; this fills a column that was not there
    cr.execute("ALTER TABLE mlm_link DISABLE TRIGGER mlm_link_guard")
    cr.execute(
        """UPDATE mlm_link link SET event_id = event.id
             FROM mlm_genealogy_event event
            WHERE link.event_id IS NULL
              AND event.distributor_id = link.distributor_id
              AND event.position_id IS NOT DISTINCT FROM link.position_id
              AND event.kind = CASE WHEN link.tree_id IS NULL THEN 'enrolled' ELSE 'placed' END"""
    )
    cr.execute("ALTER TABLE mlm_link ENABLE ALWAYS TRIGGER mlm_link_guard")
