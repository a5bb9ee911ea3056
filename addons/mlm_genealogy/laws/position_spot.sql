-- Nobody shares a spot: one position on each spot below a position, one at the head of a tree.
-- model: mlm.position
SELECT string_agg(code, ', ' ORDER BY code) AS subject, min(id) AS record_id,
       CASE WHEN parent_id IS NULL THEN 'share the head of a tree'
            ELSE 'share one spot' END AS detail
  FROM mlm_position
 WHERE state != 'removed'
 GROUP BY tree_id, parent_id, slot
HAVING count(*) > 1
