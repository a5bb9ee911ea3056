-- In the holding tank is exactly who may hold a position, has none and has not left.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       CASE WHEN node.holding_since IS NULL THEN 'is waiting, but is not in the holding tank'
            ELSE 'is not waiting, but is in the holding tank' END AS detail
  FROM mlm_distributor node
 WHERE (node.holding_since IS NOT NULL) !=
       (node.kind != 'customer' AND node.state != 'terminated'
        AND NOT EXISTS (SELECT FROM mlm_position spot
                         WHERE spot.distributor_id = node.id AND spot.state != 'removed'))
