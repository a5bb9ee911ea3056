-- What a run says was earned and not reached, in all, by bonus and by company, is the sum of its rows; of several companies each sum is turned into the run's currency.
WITH part AS NOT MATERIALIZED (
    SELECT run.id AS run_id, store.bonus_id, home.company_id,
           sum(store.amount_e4) AS amount_e4, coalesce(sum(store.breakage_e4), 0) AS breakage_e4
      FROM mlm_run AS run
      JOIN mlm_earning_store AS store
        ON store.id >= run.number::bigint << 32
       AND store.id < (run.number::bigint + 1) << 32
      LEFT JOIN mlm_distributor AS home
        ON home.id = store.payee_id AND run.homes IS NOT NULL
     GROUP BY run.id, store.bonus_id, home.company_id
), turned AS NOT MATERIALIZED (
    SELECT part.run_id, part.bonus_id,
           CASE WHEN rate.e6 IS NULL THEN part.amount_e4
                ELSE sign(part.amount_e4)
                     * div(2 * abs(part.amount_e4) * run.fx_e6 + rate.e6, 2 * rate.e6)
           END AS amount_e4,
           CASE WHEN rate.e6 IS NULL THEN part.breakage_e4
                ELSE sign(part.breakage_e4)
                     * div(2 * abs(part.breakage_e4) * run.fx_e6 + rate.e6, 2 * rate.e6)
           END AS breakage_e4
      FROM part
      JOIN mlm_run AS run ON run.id = part.run_id
     CROSS JOIN LATERAL (
           SELECT (run.homes -> part.company_id::text ->> 'fx_e6')::numeric AS e6) AS rate
), stored AS NOT MATERIALIZED (
    SELECT run_id, bonus_id, sum(amount_e4)::bigint AS amount_e4,
           sum(breakage_e4)::bigint AS breakage_e4
      FROM turned
     GROUP BY run_id, bonus_id
), sides AS NOT MATERIALIZED (
    SELECT run_id, bonus_id::bigint AS bonus_id, coalesce(amount_e4, 0) AS said_e4,
           coalesce(breakage_e4, 0) AS said_missed_e4, 0::bigint AS rows_e4, 0::bigint AS missed_e4
      FROM mlm_run_total
     WHERE kind = 'bonus'
    UNION ALL
    SELECT run_id, bonus_id, 0, 0, amount_e4, breakage_e4
      FROM stored
), whole AS NOT MATERIALIZED (
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
SELECT run_id, 'mlm.run ' || run_id,
       format('bonus %s: says earned %s, not reached %s; its rows sum to %s and %s (ten-thousandths)',
              bonus_id, sum(said_e4), sum(said_missed_e4), sum(rows_e4), sum(missed_e4))
  FROM sides
 GROUP BY run_id, bonus_id
HAVING sum(said_e4) <> sum(rows_e4) OR sum(said_missed_e4) <> sum(missed_e4)
UNION ALL
SELECT total.run_id, 'mlm.run ' || total.run_id,
       format('company %s: says earned %s, deductions %s, to pay %s; its rows sum to %s'
              ' (ten-thousandths)', total.company_id, total.amount_e4, total.deducted_e4,
              total.net_e4, paid.amount_e4)
  FROM mlm_run_total AS total
  JOIN mlm_run AS run ON run.id = total.run_id
 CROSS JOIN LATERAL (
       SELECT coalesce(sum(store.amount_e4), 0)::bigint AS amount_e4
         FROM mlm_earning_store AS store
         JOIN mlm_distributor AS home ON home.id = store.payee_id
        WHERE store.id >= run.number::bigint << 32
          AND store.id < (run.number::bigint + 1) << 32
          AND home.company_id = total.company_id) AS paid
 WHERE total.kind = 'company'
   AND (total.amount_e4 <> paid.amount_e4
        OR total.amount_e4 <> total.deducted_e4 + total.net_e4)
