-- What was not paid in full has a reason, what was paid has none; a cap only takes.
SELECT 'mlm.earning ' || id AS subject,
       format('not reached %s, reason %s, capped %s', coalesce(breakage_e4, 0),
              coalesce(reason, 0), coalesce(cap_e4, 0)) AS detail
  FROM mlm_earning_store
 WHERE (breakage_e4 IS NULL) <> (reason IS NULL) OR breakage_e4 = 0 OR reason = 0 OR cap_e4 < 0
