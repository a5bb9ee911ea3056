-- Only a distributor or a preferred customer of the tree's network holds a position.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN holder.kind = 'customer' THEN 'held by a customer'
            ELSE 'held by somebody of another network' END AS detail
  FROM mlm_position node
  JOIN mlm_distributor holder ON holder.id = node.distributor_id
  JOIN mlm_tree tree ON tree.id = node.tree_id
 WHERE holder.kind = 'customer'
    OR holder.network_id != tree.network_id
    OR node.network_id != tree.network_id
