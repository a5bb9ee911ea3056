-- Every paid row of a bonus stands on a volume row or on a position's volume.
SELECT 'mlm.earning ' || store.id AS subject,
       format('payee %s, bonus %s', store.payee_id, store.bonus_id) AS detail
  FROM mlm_earning_store AS store
 WHERE store.amount_e4 <> 0 AND store.entry_id = 0 AND store.position_id = 0
