-- Everybody in the network has one open sponsor link, and it names the sponsor that the distributor shows; who has left has none.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN node.state = 'terminated' THEN 'left, with a sponsor or an open sponsor link'
            WHEN count(link.id) = 0 THEN 'no open sponsor link'
            WHEN count(link.id) > 1 THEN 'more than one open sponsor link'
            ELSE 'the open link names another sponsor' END AS detail
  FROM mlm_distributor node
  LEFT JOIN mlm_link link
         ON link.distributor_id = node.id AND link.tree_id IS NULL
        AND link.superseded_at IS NULL AND link.valid_to IS NULL
 GROUP BY node.id, node.code, node.sponsor_id, node.state
HAVING count(link.id) != CASE node.state WHEN 'terminated' THEN 0 ELSE 1 END
    OR min(link.parent_distributor_id) IS DISTINCT FROM node.sponsor_id
