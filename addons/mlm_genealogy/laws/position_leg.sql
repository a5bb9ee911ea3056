-- A position below another stands on its left or right leg in the same tree; the head has no leg.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN parent.tree_id != node.tree_id THEN 'stands below a position of another tree'
            ELSE 'stands on no valid leg' END AS detail
  FROM mlm_position node
  LEFT JOIN mlm_position parent ON parent.id = node.parent_id
 WHERE parent.tree_id != node.tree_id
    OR (node.parent_id IS NULL AND node.leg IS NOT NULL)
    OR (node.parent_id IS NOT NULL AND (node.leg IS NULL OR node.leg NOT IN ('left', 'right')))
