-- Every membership has one open holder, and it is the person whom the distributor shows.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN count(holder.id) = 0 THEN 'no open holder'
            WHEN count(holder.id) > 1 THEN 'more than one open holder'
            ELSE 'the open holder is another person' END AS detail
  FROM mlm_distributor node
  LEFT JOIN mlm_holder holder
         ON holder.distributor_id = node.id AND holder.role = 'holder'
        AND holder.superseded_at IS NULL AND holder.valid_to IS NULL
 GROUP BY node.id, node.code, node.partner_id
HAVING count(holder.id) != 1 OR min(holder.partner_id) IS DISTINCT FROM node.partner_id
