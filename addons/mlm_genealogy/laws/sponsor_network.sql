-- A sponsor belongs to the same network, and is no customer.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN sponsor.kind = 'customer' THEN 'sponsored by a customer'
            ELSE 'sponsored from another network' END AS detail
  FROM mlm_distributor node
  JOIN mlm_distributor sponsor ON sponsor.id = node.sponsor_id
 WHERE sponsor.kind = 'customer' OR sponsor.network_id != node.network_id
