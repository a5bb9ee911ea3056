-- At no time does a position stand below one that is not in the tree then.
-- model: mlm.position
SELECT node.code AS subject, node.id AS record_id,
       'stands below a position at a time when that one is not in the tree' AS detail
  FROM mlm_link link
  JOIN mlm_position node ON node.id = link.position_id
  JOIN mlm_position parent ON parent.id = link.parent_position_id
  JOIN (
        SELECT position_id, min(valid_from) AS since,
               max(COALESCE(valid_to, 'infinity')) AS until
          FROM mlm_link
         WHERE superseded_at IS NULL AND position_id IS NOT NULL
         GROUP BY position_id
       ) above ON above.position_id = link.parent_position_id
 WHERE link.superseded_at IS NULL
   AND (link.valid_to IS NULL OR link.valid_to > link.valid_from)
   AND (link.valid_from < above.since OR COALESCE(link.valid_to, 'infinity') > above.until)
