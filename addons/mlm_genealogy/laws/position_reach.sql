-- Every position in a tree hangs from its head: no cycle, no orphan.
-- model: mlm.position
WITH RECURSIVE reached(id) AS (
    SELECT id FROM mlm_position WHERE parent_id IS NULL
    UNION ALL
    SELECT node.id FROM reached JOIN mlm_position node ON node.parent_id = reached.id
)
SELECT node.code AS subject, node.id AS record_id, 'cannot be reached from the head of the tree' AS detail
  FROM mlm_position node
  LEFT JOIN reached ON reached.id = node.id
 WHERE reached.id IS NULL
