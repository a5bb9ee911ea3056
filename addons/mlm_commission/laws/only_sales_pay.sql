-- Every paid row stands on sales: on a volume row, on a position's volume, on purchases of whom it comes from, or on volume that figures of persons sum up.
WITH bare AS (
    SELECT run.id
      FROM mlm_run AS run
      JOIN mlm_period AS period ON period.id = run.period_id
     WHERE NOT EXISTS (
           SELECT FROM mlm_volume_entry AS entry
             JOIN mlm_period AS cycle ON cycle.id = entry.period_id
            WHERE entry.network_id = run.network_id
              AND cycle.date_end <= period.date_end
              AND (entry.pv_e4 <> 0 OR entry.cv_e4 <> 0 OR entry.retail_e4 <> 0))
), loose AS NOT MATERIALIZED (
    SELECT run.id AS run_id, store.id, store.payee_id, store.source_id, bonus.code, bonus.rule
      FROM mlm_run AS run
      JOIN mlm_earning_store AS store
        ON store.id >= run.number::bigint << 32
       AND store.id < (run.number::bigint + 1) << 32
      JOIN mlm_plan_bonus AS bonus ON bonus.id = store.bonus_id
     WHERE store.amount_e4 <> 0 AND store.entry_id IS NULL AND store.position_id IS NULL
), bought AS NOT MATERIALIZED (
    SELECT DISTINCT run.id AS run_id, coalesce(entry.buyer_id, 0) AS buyer_id
      FROM mlm_run AS run
      JOIN mlm_period AS period ON period.id = run.period_id
      JOIN mlm_period AS cycle
        ON cycle.network_id = run.network_id
       AND cycle.date_start >= period.date_start AND cycle.date_end <= period.date_end
      JOIN mlm_volume_entry AS entry ON entry.period_id = cycle.id
     WHERE entry.pv_e4 > 0 OR entry.cv_e4 > 0
), wrong AS NOT MATERIALIZED (
    SELECT loose.*
      FROM loose
     WHERE rule NOT IN ('unilevel', 'matrix', 'fast_start', 'infinity', 'differential_order')
       AND (rule NOT IN ('personal_rebate', 'stairstep', 'breakaway', 'equal_rank',
                         'matching', 'pool', 'award', 'contest')
            OR run_id IN (SELECT id FROM bare))
     UNION ALL
    SELECT loose.*
      FROM loose
      LEFT JOIN bought
        ON bought.run_id = loose.run_id AND bought.buyer_id = coalesce(loose.source_id, 0)
     WHERE rule IN ('unilevel', 'matrix', 'fast_start', 'infinity', 'differential_order')
       AND bought.run_id IS NULL
)
SELECT run_id, 'mlm.earning ' || id AS subject,
       format('payee %s, bonus %s', payee_id, code) AS detail
  FROM wrong
