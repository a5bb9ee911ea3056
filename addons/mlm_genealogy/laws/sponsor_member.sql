-- Nobody is sponsored at a time when the sponsor did not belong to the network.
-- model: mlm.distributor
SELECT node.code AS subject, node.id AS record_id,
       'sponsored at a time when the sponsor did not belong to the network' AS detail
  FROM mlm_link link
  JOIN mlm_distributor node ON node.id = link.distributor_id
 WHERE link.tree_id IS NULL AND link.superseded_at IS NULL
   AND link.parent_distributor_id IS NOT NULL
   AND (link.valid_to IS NULL OR link.valid_to > link.valid_from)
   AND NOT tsmultirange(tsrange(link.valid_from, link.valid_to)) <@ (
       SELECT range_agg(tsrange(above.valid_from, above.valid_to))
         FROM mlm_link above
        WHERE above.distributor_id = link.parent_distributor_id
          AND above.tree_id IS NULL AND above.superseded_at IS NULL)
