-- The kept volume of a posted cycle is that of its ledger.
-- model: mlm.period
SELECT period.id AS record_id, 'mlm.period ' || period.number AS subject,
       format('%s rows, PV %s, CV %s kept; %s rows, PV %s, CV %s in the ledger',
              kept.rows, kept.pv, kept.cv, ledger.rows, ledger.pv, ledger.cv) AS detail
  FROM mlm_period AS period
  CROSS JOIN LATERAL (SELECT coalesce(sum(entry_count), 0) AS rows, coalesce(sum(pv_e4), 0) AS pv,
                             coalesce(sum(cv_e4), 0) AS cv
                        FROM mlm_period_sum WHERE period_id = period.id) AS kept
  CROSS JOIN LATERAL (SELECT count(*) AS rows, coalesce(sum(pv_e4), 0) AS pv,
                             coalesce(sum(cv_e4), 0) AS cv
                        FROM mlm_volume_entry WHERE period_id = period.id) AS ledger
 WHERE period.state = 'posted'
   AND (kept.rows, kept.pv, kept.cv) IS DISTINCT FROM (ledger.rows, ledger.pv, ledger.cv)
