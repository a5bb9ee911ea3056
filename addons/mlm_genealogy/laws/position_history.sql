-- At no time does a position stand below one that is not in the tree then.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       'is below a position at a time when that one is not in the tree' AS detail
  FROM mlm_link link
  JOIN mlm_position node ON node.id = link.position_id
 WHERE link.superseded_at IS NULL AND link.parent_position_id IS NOT NULL
   AND (link.valid_to IS NULL OR link.valid_to > link.valid_from)
   AND NOT tsmultirange(tsrange(link.valid_from, link.valid_to)) <@ (
       SELECT range_agg(tsrange(above.valid_from, above.valid_to))
         FROM mlm_link above
        WHERE above.position_id = link.parent_position_id AND above.superseded_at IS NULL)
