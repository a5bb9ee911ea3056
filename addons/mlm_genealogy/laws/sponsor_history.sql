-- The sponsor links of a person follow each other without hole or overlap since the enrolment; a time without one lies between a termination and the readmission.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN link.before IS NULL THEN 'the first sponsor link does not begin at the enrolment'
            WHEN link.before > link.valid_from THEN 'two sponsor links overlap'
            ELSE 'a time without a sponsor link' END AS detail
  FROM (
        SELECT distributor_id, valid_from,
               lag(COALESCE(valid_to, 'infinity')) OVER (
                   PARTITION BY distributor_id
                       ORDER BY valid_from, COALESCE(valid_to, 'infinity')
               ) AS before
          FROM mlm_link
         WHERE tree_id IS NULL AND superseded_at IS NULL
       ) link
  JOIN mlm_distributor node ON node.id = link.distributor_id
 WHERE COALESCE(link.before, node.joined_at) != link.valid_from
   AND NOT (link.before < link.valid_from
            AND EXISTS (SELECT 1 FROM mlm_genealogy_event event
                         WHERE event.distributor_id = node.id AND event.kind = 'terminated'
                           AND event.effective_at = link.before)
            AND EXISTS (SELECT 1 FROM mlm_genealogy_event event
                         WHERE event.distributor_id = node.id AND event.kind = 'readmitted'
                           AND event.effective_at = link.valid_from))
