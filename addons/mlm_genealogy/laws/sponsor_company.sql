-- A sponsor belongs to the same company, and is no customer.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN sponsor.kind = 'customer' THEN 'sponsored by a customer'
            ELSE 'sponsored from another company' END AS detail
  FROM mlm_distributor node
  JOIN mlm_distributor sponsor ON sponsor.id = node.sponsor_id
 WHERE sponsor.kind = 'customer' OR sponsor.company_id != node.company_id
