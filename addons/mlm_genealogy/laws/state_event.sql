-- The state of a person is the one that the last event which says it gave.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       'the history shows another state' AS detail
  FROM mlm_distributor node
  LEFT JOIN LATERAL (
       SELECT after ->> 'state' AS state
         FROM mlm_genealogy_event event
        WHERE event.distributor_id = node.id AND event.position_id IS NULL
          AND jsonb_exists(event.after, 'state')
        ORDER BY event.id DESC LIMIT 1) said ON true
 WHERE node.state != coalesce(said.state, 'active')
