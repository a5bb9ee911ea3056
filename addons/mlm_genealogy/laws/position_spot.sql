-- Nobody shares a spot: one position below each leg of a position, one at the head of a tree.
-- model: mlm.position
SELECT string_agg(code, ', ' ORDER BY code) AS subject, min(id) AS record_id,
       CASE WHEN parent_id IS NULL THEN 'share the head of a tree'
            ELSE 'share one spot' END AS detail
  FROM mlm_position
 GROUP BY tree_id, parent_id, leg
HAVING count(*) > 1
