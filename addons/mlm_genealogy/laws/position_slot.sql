-- A position below another stands on a spot that the same tree has; the head and removed ones have none.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN parent.tree_id != node.tree_id THEN 'is below a position of another tree'
            WHEN parent.state = 'removed' THEN 'is below a position that is no longer in the tree'
            ELSE 'is not on a valid spot' END AS detail
  FROM mlm_position node
  JOIN mlm_tree tree ON tree.id = node.tree_id
  LEFT JOIN mlm_position parent ON parent.id = node.parent_id
 WHERE parent.tree_id != node.tree_id
    OR parent.state = 'removed'
    OR (node.parent_id IS NULL) != (node.slot = 0)
    OR (node.state = 'removed' AND node.parent_id IS NOT NULL)
    OR node.slot < 0
    OR (tree.kind = 'binary' AND node.slot > 2)
    OR (tree.kind = 'matrix' AND node.slot > tree.width)
