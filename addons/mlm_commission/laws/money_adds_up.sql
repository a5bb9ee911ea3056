-- Earnings of a run = gross of its statements = net + deductions, per payee and home company; another law compares statements and entries.
WITH paid AS (
    SELECT run.id AS run_id, store.payee_id::int AS payee_id,
           sum(store.amount_e4)::bigint AS amount_e4
      FROM mlm_run AS run
      JOIN mlm_earning_store AS store
        ON store.id >= run.number::bigint << 32
       AND store.id < (run.number::bigint + 1) << 32
     WHERE run.state IN ('posting', 'posted') AND store.payee_id IS NOT NULL
     GROUP BY run.id, store.payee_id
    HAVING sum(store.amount_e4) <> 0
), earned AS (
    SELECT paid.*, person.company_id
      FROM paid
      LEFT JOIN mlm_distributor AS person ON person.id = paid.payee_id
), stated AS (
    SELECT run_id, distributor_id AS payee_id, company_id, gross_e4,
           net_e4 + deducted_e4 AS parts_e4
      FROM mlm_statement
)
SELECT coalesce(earned.run_id, stated.run_id) AS run_id,
       'distributor ' || coalesce(earned.payee_id, stated.payee_id) AS subject,
       format('earned %s, statement %s, net and deductions %s (ten-thousandths)',
              earned.amount_e4, stated.gross_e4, stated.parts_e4) AS detail
  FROM earned
  FULL JOIN stated USING (run_id, payee_id, company_id)
 WHERE (earned.amount_e4 IS DISTINCT FROM stated.gross_e4
        OR stated.parts_e4 IS DISTINCT FROM stated.gross_e4)
   AND NOT EXISTS (
       SELECT FROM mlm_run_chunk AS waiting
        WHERE waiting.run_id = coalesce(earned.run_id, stated.run_id)
          AND waiting.move_id IS NULL)
