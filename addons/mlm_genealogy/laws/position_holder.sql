-- Only a distributor or a preferred customer of the tree's company holds a position.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN holder.kind = 'customer' THEN 'held by a customer'
            ELSE 'held by somebody of another company' END AS detail
  FROM mlm_position node
  JOIN mlm_distributor holder ON holder.id = node.distributor_id
  JOIN mlm_tree tree ON tree.id = node.tree_id
 WHERE holder.kind = 'customer'
    OR holder.company_id != tree.company_id
    OR node.company_id != tree.company_id
