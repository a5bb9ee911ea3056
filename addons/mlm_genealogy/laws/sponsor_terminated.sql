-- Nobody is sponsored by somebody who has left: the tree closed over the person.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id, 'sponsored by somebody who has left' AS detail
  FROM mlm_distributor node
  JOIN mlm_distributor sponsor ON sponsor.id = node.sponsor_id
 WHERE sponsor.state = 'terminated'
