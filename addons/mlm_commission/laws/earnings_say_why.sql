-- What was not paid in full has a reason, what was paid has none; a cap only takes.
SELECT 'mlm.earning ' || id AS subject,
       format('not reached %s, reason %s, capped %s', breakage_e4, reason, cap_e4) AS detail
  FROM mlm_earning_store
 WHERE (breakage_e4 = 0) <> (reason = 0) OR cap_e4 < 0
