-- What somebody wrote about an event is what was recorded, or its erasure is logged.
-- model: mlm.genealogy.event
SELECT event.kind || ' ' || event.id AS subject, event.id AS record_id,
       CASE WHEN found.id IS NULL THEN 'the reason is missing without a recorded erasure'
            WHEN event.reason_hash IS NULL THEN 'a reason was added afterwards'
            ELSE 'the reason was changed afterwards' END AS detail
  FROM mlm_genealogy_event event
  LEFT JOIN mlm_event_text found ON found.event_id = event.id
  LEFT JOIN mlm_event_erasure erasure ON erasure.event_id = event.id
 WHERE (event.reason_hash IS NOT NULL AND found.id IS NULL AND erasure.id IS NULL)
    OR (found.id IS NOT NULL AND event.reason_hash IS DISTINCT FROM
        encode(sha256(convert_to(found.salt || found.text, 'UTF8')), 'hex'))
