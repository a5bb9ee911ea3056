-- Every path of the sponsor tree is the sponsor's path and the own id: no cycle, no orphan, no hole.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       'the stored path differs from the path of the sponsor and the own id' AS detail
  FROM mlm_distributor node
  LEFT JOIN mlm_distributor sponsor ON sponsor.id = node.sponsor_id
 WHERE node.parent_path IS DISTINCT FROM
       CASE WHEN node.sponsor_id IS NULL THEN node.id || '/'
            ELSE sponsor.parent_path || node.id || '/' END
