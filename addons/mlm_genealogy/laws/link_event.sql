-- Every link was opened by an event of the same person and position that says the same.
-- model: mlm.link
SELECT 'mlm.link ' || link.id AS subject, link.id AS record_id,
       CASE WHEN event.id IS NULL THEN 'not opened by any event'
            WHEN event.distributor_id != link.distributor_id
            THEN 'opened by an event of somebody else'
            WHEN event.position_id IS DISTINCT FROM link.position_id
            THEN 'opened by an event of another position'
            ELSE 'the event that opened it names somebody else above' END AS detail
  FROM mlm_link link
  LEFT JOIN mlm_genealogy_event event ON event.id = link.event_id
 WHERE event.id IS NULL
    OR event.distributor_id != link.distributor_id
    OR (link.tree_id IS NOT NULL AND event.position_id IS DISTINCT FROM link.position_id)
    OR (link.tree_id IS NULL
        AND jsonb_exists(event.after, 'sponsor_id')
        AND CASE WHEN jsonb_typeof(event.after -> 'sponsor_id') = 'number'
                 THEN (event.after ->> 'sponsor_id')::int END
            IS DISTINCT FROM link.parent_distributor_id)
    OR (link.tree_id IS NOT NULL
        AND jsonb_exists(event.after, 'parent_id')
        AND CASE WHEN jsonb_typeof(event.after -> 'parent_id') = 'number'
                 THEN (event.after ->> 'parent_id')::int END
            IS DISTINCT FROM link.parent_position_id)
