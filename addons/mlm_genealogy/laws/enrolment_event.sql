-- The history of everybody begins with exactly one enrolment.
SELECT node.code AS subject, count(event.id) || ' enrolments on record' AS detail
  FROM mlm_distributor node
  LEFT JOIN mlm_genealogy_event event
         ON event.distributor_id = node.id AND event.kind = 'enrolled'
 GROUP BY node.id, node.code
HAVING count(event.id) != 1
