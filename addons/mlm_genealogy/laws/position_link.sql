-- Every position in a tree has one open link, and it names the spot and the person that the position shows.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN node.state = 'removed' THEN 'removed, with an open link'
            WHEN count(link.id) = 0 THEN 'no open link'
            WHEN count(link.id) > 1 THEN 'more than one open link'
            ELSE 'the open link names another spot or person' END AS detail
  FROM mlm_position node
  LEFT JOIN mlm_link link
         ON link.position_id = node.id
        AND link.superseded_at IS NULL AND link.valid_to IS NULL
 GROUP BY node.id, node.code, node.parent_id, node.slot, node.leg, node.tree_id,
          node.distributor_id, node.state
HAVING (node.state = 'removed' AND count(link.id) > 0)
    OR (node.state != 'removed'
        AND (count(link.id) != 1
             OR min(link.parent_position_id) IS DISTINCT FROM node.parent_id
             OR COALESCE(min(link.slot), 0) != node.slot
             OR min(link.leg) IS DISTINCT FROM node.leg
             OR min(link.tree_id) != node.tree_id
             OR min(link.distributor_id) != node.distributor_id))
