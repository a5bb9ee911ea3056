-- Every paid row stands on sales: on a volume row, on a position's volume, or on volume that figures of persons sum up.
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
)
SELECT store.run_id, 'mlm.earning ' || store.id AS subject,
       format('payee %s, bonus %s', store.payee_id, bonus.code) AS detail
  FROM mlm_earning_store AS store
  JOIN mlm_plan_bonus AS bonus ON bonus.id = store.bonus_id
 WHERE store.amount_e4 <> 0 AND store.entry_id = 0 AND store.position_id = 0
   AND (bonus.rule NOT IN ('personal_rebate', 'stairstep', 'breakaway', 'equal_rank',
                           'matching', 'pool', 'award', 'contest')
        OR store.run_id IN (SELECT id FROM bare))
