-- A network has one root, besides those that are roots explicitly.
-- model: mlm.distributor
SELECT string_agg(code, ', ' ORDER BY code) AS subject, min(id) AS record_id,
       'more than one root not marked as root' AS detail
  FROM mlm_distributor
 WHERE sponsor_id IS NULL AND is_root IS NOT TRUE AND state != 'terminated'
 GROUP BY network_id
HAVING count(*) > 1
