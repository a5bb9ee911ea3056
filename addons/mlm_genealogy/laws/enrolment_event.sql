-- The history of everybody begins with exactly one enrolment.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN count(event.id) = 0 THEN 'no enrolment on record'
            ELSE 'more than one enrolment on record' END AS detail
  FROM mlm_distributor node
  LEFT JOIN mlm_genealogy_event event
         ON event.distributor_id = node.id AND event.kind = 'enrolled'
 GROUP BY node.id, node.code
HAVING count(event.id) != 1
