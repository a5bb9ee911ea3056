-- In a binary tree the leg says the same as the spot; in other trees there is no leg.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       'the leg is not the one of the spot' AS detail
  FROM mlm_position node
  JOIN mlm_tree tree ON tree.id = node.tree_id
 WHERE node.leg IS DISTINCT FROM
       CASE WHEN tree.kind != 'binary' THEN NULL
            WHEN node.slot = 1 THEN 'left'
            WHEN node.slot = 2 THEN 'right' END
