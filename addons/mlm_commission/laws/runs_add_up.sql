-- What a run says was earned and not reached, in all and by bonus, is the sum of its rows.
WITH stored AS (
    SELECT run_id, bonus_id, sum(amount_e4)::bigint AS amount_e4,
           sum(breakage_e4)::bigint AS breakage_e4
      FROM mlm_earning_store
     GROUP BY run_id, bonus_id
), said AS (
    SELECT run_id, bonus_id::bigint AS bonus_id, coalesce(amount_e4, 0) AS amount_e4,
           coalesce(breakage_e4, 0) AS breakage_e4
      FROM mlm_run_total
     WHERE kind = 'bonus'
), whole AS (
    SELECT run.id AS run_id, coalesce(run.amount_e4, 0) AS amount_e4,
           coalesce(run.breakage_e4, 0) AS breakage_e4,
           coalesce(sum(stored.amount_e4), 0)::bigint AS rows_e4,
           coalesce(sum(stored.breakage_e4), 0)::bigint AS missed_e4
      FROM mlm_run AS run
      LEFT JOIN stored ON stored.run_id = run.id
     WHERE run.state IN ('preview', 'submitted', 'approved', 'posting', 'posted')
     GROUP BY run.id
)
SELECT run_id, 'mlm.run ' || run_id AS subject,
       format('says earned %s, not reached %s; its rows sum to %s and %s (ten-thousandths)',
              amount_e4, breakage_e4, rows_e4, missed_e4) AS detail
  FROM whole
 WHERE amount_e4 <> rows_e4 OR breakage_e4 <> missed_e4
UNION ALL
SELECT coalesce(said.run_id, stored.run_id), 'mlm.run ' || coalesce(said.run_id, stored.run_id),
       format('bonus %s: says earned %s, not reached %s; its rows sum to %s and %s (ten-thousandths)',
              coalesce(said.bonus_id, stored.bonus_id), said.amount_e4, said.breakage_e4,
              stored.amount_e4, stored.breakage_e4)
  FROM said
  FULL JOIN stored ON stored.run_id = said.run_id AND stored.bonus_id = said.bonus_id
 WHERE coalesce(said.amount_e4, 0) <> coalesce(stored.amount_e4, 0)
    OR coalesce(said.breakage_e4, 0) <> coalesce(stored.breakage_e4, 0)
