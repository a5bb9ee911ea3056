-- An event names as its cause an earlier one of the same network; nobody is linked again without a cause.
-- model: mlm.genealogy.event
SELECT event.kind || ' ' || event.id AS subject, event.id AS record_id,
       CASE WHEN cause.id IS NULL THEN 'relinked without a cause'
            WHEN cause.id >= event.id THEN 'the cause was recorded later'
            ELSE 'the cause belongs to another network' END AS detail
  FROM mlm_genealogy_event event
  LEFT JOIN mlm_genealogy_event cause ON cause.id = event.cause_id
 WHERE (cause.id IS NULL AND event.kind = 'relinked')
    OR cause.id >= event.id
    OR cause.network_id != event.network_id
